// Jobs as people see them. What is due, and to whom it was handed, is pg-boss's matter, in its own schema.

import type { Migration } from '../migration.ts';

export const jobs: Migration = {
  name: '0002-jobs',
  sql: `
create table job (
  id uuid primary key,
  -- The order in which jobs were made, for pages and for people to name one by.
  number bigint generated always as identity unique,
  kind text not null,
  dataset_id int references dataset on delete set null,
  title text not null,
  state text not null default 'queued'
    check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  params jsonb not null,
  -- Work done and work in all, in \`unit\`s; \`rate\` is units per second of late.
  done float8 not null default 0,
  total float8,
  unit text not null default '',
  rate float8,
  message text not null default '',
  result jsonb,
  error jsonb,
  -- What the handler needs to go on from where it was.
  checkpoint jsonb,
  -- How often it was started since it was last queued by a person.
  attempt int not null default 0,
  -- The message of the queue that stands for this job; any other that names the job is stale.
  message_id uuid not null,
  last_log_seq bigint not null default 0,
  created_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz
);
create index job_unfinished on job (kind) where state in ('queued', 'running');
create index job_of_dataset on job (dataset_id, number);

create table job_log (
  job_id uuid not null references job on delete cascade,
  seq bigint generated always as identity,
  at timestamptz not null,
  level text not null check (level in ('info', 'warning', 'error')),
  text text not null,
  primary key (job_id, seq)
);

-- Every change of a job is announced, whoever makes it: to the workers and to who looks on.
create function announce_job() returns trigger language plpgsql as $$
begin
  perform pg_notify('migaki_job', json_build_object(
    'id', coalesce(new.id, old.id),
    'kind', coalesce(new.kind, old.kind),
    'state', case when tg_op = 'DELETE' then 'deleted' else new.state end,
    'isCancelRequested', new.cancel_requested_at is not null
  )::text);
  return null;
end
$$;
create trigger job_announced after insert or update or delete on job
  for each row execute function announce_job();
`,
};
