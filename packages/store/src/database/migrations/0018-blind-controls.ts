// Pictures that show how good looking over is: some come without proposals, in some a known mistake is slipped in.

import type { Migration } from '../migration.ts';

export const blindControls: Migration = {
  name: '0018-blind-controls',
  sql: `
create table control_picture (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  -- Of what is written last: lists that are kept go by it.
  number bigint generated always as identity,
  -- \`plain\`: with the proposals as they are, to compare with.
  role text not null check (role in ('plain', 'control', 'mistake')),
  -- As of the proposals.
  origin text not null,
  -- Of a control: what would have been proposed, a list of COCO fields.
  hidden jsonb,
  -- Of a mistake.
  kind text check (kind in ('overlooked', 'misplaced', 'swapped', 'invented')),
  -- Of the wrong proposal; null where one was left out.
  annotation_id bigint,
  -- COCO fields: as it was proposed, and as it was before; null for what was not there.
  shown jsonb,
  truth jsonb,
  assigned_at timestamptz not null default now(),
  -- When it was seen that the picture is looked over.
  settled_at timestamptz,
  -- Of a mistake then.
  verdict text check (verdict in ('caught', 'slipped')),
  -- Somebody says that it was none.
  dismissed_by text,
  dismissed_at timestamptz,
  primary key (dataset_id, image_id),
  check ((role = 'control') = (hidden is not null)),
  check ((role = 'mistake') = (kind is not null)),
  check (verdict is null or role = 'mistake'),
  check ((annotation_id is null) = (shown is null))
);
create index control_picture_open on control_picture (dataset_id) where settled_at is null and role = 'mistake';
`,
};
