// What stays known of versions of models that are deleted: the rounds of a dataset go on telling of them.

import type { Migration } from '../migration.ts';

export const deletedModels: Migration = {
  name: '0020-deleted-models',
  sql: `
create table deleted_model_version (
  -- That it had.
  id int primary key,
  model_id int not null,
  -- As it was called in the end.
  name text not null,
  version int not null,
  task text not null,
  metrics jsonb not null,
  primary_metric text,
  run_id int references run on delete set null,
  dataset_id int not null references dataset on delete cascade,
  dataset jsonb not null,
  created_at timestamptz not null,
  deleted_at timestamptz not null default now()
);
create index deleted_model_version_dataset on deleted_model_version (dataset_id);
create index deleted_model_version_run on deleted_model_version (run_id);

alter table evaluation add column deleted_version_id int references deleted_model_version on delete set null;
create index evaluation_deleted_version on evaluation (deleted_version_id);
`,
};
