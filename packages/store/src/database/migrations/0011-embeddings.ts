// What models see in pictures, and what follows of it for a dataset: what is alike, what is like nothing else, a map.

import type { Migration } from '../migration.ts';

export const embeddings: Migration = {
  name: '0011-embeddings',
  sql: `
-- Of a picture by a model's file, whatever dataset it is in.
create table embedding (
  model_sha256 bytea not null,
  picture_sha256 bytea not null,
  -- float32, little-endian.
  vector bytea not null,
  primary key (model_sha256, picture_sha256)
);
-- Nothing that compression would find anything in.
alter table embedding alter column vector set storage external;

-- By which model a dataset is seen now.
create table dataset_embedding (
  dataset_id int primary key references dataset on delete cascade,
  -- Another each time, for whoever keeps what followed.
  number bigint generated always as identity,
  -- SHA-256 of the model's file, hexadecimal: no blob of the dataset's, and perhaps gone.
  model_hash text not null,
  -- Id, name, version; a copy, since the model may be deleted.
  model jsonb not null,
  dimensions int not null,
  image_count int not null,
  made_at timestamptz not null default now()
);

create table image_embedding (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  -- Cosine with the most similar of the others, -1 to 1.
  nearest float4 not null,
  -- Mean distance (1 - cosine) to the most similar ones, 0 to 2.
  outlier float4 not null,
  -- The image that the near-duplicates are called after; null for one that has none.
  duplicate_group bigint,
  -- How many the others of the group are.
  duplicate_count int not null,
  -- On the map, 0 to 1.
  x float4 not null,
  y float4 not null,
  primary key (dataset_id, image_id)
);
`,
};
