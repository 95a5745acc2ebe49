// Labels that a model speaks against, until somebody has decided on them.

import type { Migration } from '../migration.ts';

export const labelSuspicions: Migration = {
  name: '0010-label-suspicions',
  sql: `
create table label_suspicion (
  id bigint generated always as identity primary key,
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  kind text not null check (kind in ('overlooked', 'misplaced', 'swapped')),
  -- 0 to 1.
  doubt float8 not null,
  -- The label; null for an object that nobody has labelled.
  annotation_id bigint,
  -- Of what the label says. When it says something else, the suspicion is of the past.
  label_digest text,
  -- How the model has it: COCO fields, the category and the box once more apart.
  opinion jsonb not null,
  category_id bigint not null,
  bbox float8[],
  -- Of the model, 0 to 1: for its own opinion, and for the category of the label at that place.
  score float8 not null,
  own_score float8 not null,
  -- \`name@version\`
  model text not null,
  -- Whether the model was trained on this picture, so that it may have learned the mistake.
  is_learned boolean not null,
  -- Not settled before all pictures were seen: what counts as confident depends on all of them.
  is_settled boolean not null,
  -- No key: a job may be forgotten.
  job_id uuid,
  created_at timestamptz not null default now(),
  dismissed_by text,
  dismissed_at timestamptz,
  check ((annotation_id is null) = (kind = 'overlooked')),
  check ((annotation_id is null) = (label_digest is null))
);
create index label_suspicion_doubt on label_suspicion (dataset_id, doubt desc, id);
create index label_suspicion_image on label_suspicion (dataset_id, image_id);
create index label_suspicion_job on label_suspicion (job_id) where not is_settled;
`,
};
