// What models see in objects, and what follows of it for a dataset: which are alike, which are unlike their category.

import type { Migration } from '../migration.ts';

export const objectEmbeddings: Migration = {
  name: '0019-object-embeddings',
  sql: `
create table object_vector (
  dataset_id int not null references dataset on delete cascade,
  -- SHA-256 of the model's file, hexadecimal.
  model_hash text not null,
  annotation_id bigint not null,
  -- What was looked at: an object that was moved since is looked at again.
  picture_hash text not null,
  -- Left, top, width, height; pixels.
  box float8[] not null,
  -- float32, little-endian.
  vector bytea not null,
  primary key (dataset_id, model_hash, annotation_id)
);
-- Nothing that compression would find anything in.
alter table object_vector alter column vector set storage external;

-- By which model the objects of a dataset are seen now.
create table dataset_object_embedding (
  dataset_id int primary key references dataset on delete cascade,
  -- Another each time, for whoever keeps what followed.
  number bigint generated always as identity,
  model_hash text not null,
  -- Id, name, version; a copy, since the model may be deleted.
  model jsonb not null,
  dimensions int not null,
  object_count int not null,
  made_at timestamptz not null default now()
);

create table object_embedding (
  dataset_id int not null references dataset on delete cascade,
  annotation_id bigint not null,
  -- Mean distance (1 - cosine) to the most similar others of its category, 0 to 2.
  outlier float4 not null,
  primary key (dataset_id, annotation_id)
);
`,
};
