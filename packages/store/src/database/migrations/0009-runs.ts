// Runs and what they measured, models and the versions of them.

import type { Migration } from '../migration.ts';

export const runs: Migration = {
  name: '0009-runs',
  sql: `
create table run (
  id int generated always as identity primary key,
  name text not null,
  -- \`external\`: another program trains, and tells of it.
  kind text not null check (kind in ('training', 'external')),
  task text,
  state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  -- From 0 to 1.
  progress float8 not null default 0,
  message jsonb not null default '""',
  step bigint,
  epoch float8,
  elapsed_seconds float8,
  -- What was asked, and what was settled where nothing was.
  settings jsonb not null,
  settled jsonb not null default '{}',
  -- Of the best state so far: numbers by name, and the same for each class.
  metrics jsonb not null default '{}',
  per_class jsonb not null default '[]',
  primary_metric text,
  -- A dataset as it was: name, version, revision. The id goes with the dataset, the rest stays.
  dataset_id int references dataset on delete set null,
  dataset jsonb,
  -- The same of the pictures to validate with, where they are of another one.
  validation_id int references dataset on delete set null,
  validation jsonb,
  -- What it began from: kind and name. The version goes when that is deleted.
  init jsonb,
  init_version_id int,
  model_name text,
  -- No key: a job may be forgotten.
  job_id uuid,
  -- As that of a job.
  error jsonb,
  notes text not null,
  -- Of other programs: the same key means the same run.
  key uuid unique,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- When anything of it changed, its points and samples too, for those who look on.
  changed_at timestamptz not null default clock_timestamp()
);
create index run_dataset on run (dataset_id);
create index run_validation on run (validation_id);
create index run_init on run (init_version_id);
create index run_job on run (job_id);

create table run_point (
  run_id int not null references run on delete cascade,
  name text not null,
  step bigint not null,
  epoch float8,
  -- Of training, pauses between its parts not counted.
  seconds float8 not null,
  value float8 not null,
  at timestamptz not null default now(),
  primary key (run_id, name, step)
);

-- What the model said of some pictures at a validation.
create table run_sample (
  run_id int not null references run on delete cascade,
  step bigint not null,
  position int not null,
  epoch float8,
  image_id bigint not null,
  file_name text not null,
  predicted jsonb not null,
  primary key (run_id, step, position)
);

create table run_file (
  run_id int not null references run on delete cascade,
  path text not null,
  sha256 bytea not null,
  byte_size bigint not null,
  media_type text not null,
  created_at timestamptz not null default now(),
  primary key (run_id, path)
);
create index run_file_blob on run_file (sha256);

create table model (
  id int generated always as identity primary key,
  name text not null unique,
  notes text not null default '',
  -- A number that was given is not given again.
  next_version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default clock_timestamp()
);

create table model_version (
  id int generated always as identity primary key,
  model_id int not null references model on delete cascade,
  version int not null,
  task text not null,
  -- What the file says of itself.
  card jsonb not null,
  metrics jsonb not null,
  primary_metric text,
  -- Scores in other precisions, by precision and name.
  precisions jsonb not null default '{}',
  sha256 bytea not null,
  byte_size bigint not null,
  source text not null check (source in ('run', 'import')),
  run_id int references run on delete set null,
  -- Copies of what the run has, which may be deleted before its model.
  dataset_id int references dataset on delete set null,
  dataset jsonb,
  validation_id int references dataset on delete set null,
  validation jsonb,
  init jsonb,
  init_version_id int references model_version on delete set null,
  notes text not null,
  author text not null,
  created_at timestamptz not null default now(),
  unique (model_id, version)
);
create index model_version_run on model_version (run_id);
create index model_version_dataset on model_version (dataset_id);
create index model_version_validation on model_version (validation_id);
create index model_version_init on model_version (init_version_id);
create index model_version_blob on model_version (sha256);

alter table run add foreign key (init_version_id) references model_version on delete set null;

-- Names that point at one version of a model.
create table model_alias (
  model_id int not null references model on delete cascade,
  alias text not null,
  version int not null,
  primary key (model_id, alias),
  foreign key (model_id, version) references model_version (model_id, version)
);
create index model_alias_version on model_alias (model_id, version);
`,
};
