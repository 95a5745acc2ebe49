// Random samples of proposals that people judge before they accept the rest.

import type { Migration } from '../migration.ts';

export const proposalChecks: Migration = {
  name: '0014-proposal-checks',
  sql: `
create table proposal_check (
  id int generated always as identity primary key,
  dataset_id int not null references dataset on delete cascade,
  category_id bigint not null,
  -- Proposals from this score on.
  score float8 not null,
  -- What the sample was drawn with, and of which state of the dataset.
  seed int not null,
  revision int not null,
  -- All that it is about, and of these the sample in the order in which it is shown.
  annotation_ids bigint[] not null,
  sample_ids bigint[] not null,
  -- Of the sample: right or wrong; null while nobody has said.
  verdicts boolean[] not null,
  author text not null,
  created_at timestamptz not null default now(),
  -- Under which the rest was accepted.
  accepted_revision int
);
create index proposal_check_dataset on proposal_check (dataset_id, id);
`,
};
