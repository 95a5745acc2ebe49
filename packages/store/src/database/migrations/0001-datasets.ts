// Datasets, their images and annotations under revisions, versions, blobs, saved views.

import type { Migration } from '../migration.ts';

export const datasets: Migration = {
  name: '0001-datasets',
  sql: `
create table dataset (
  id int generated always as identity primary key,
  name text not null,
  description text not null default '',
  -- Everything of a COCO file that is not records: info, licenses and sections of other tools.
  sections jsonb not null default '{}',
  -- The record sections that the imported files had, so that an empty one is written again.
  record_sections text[] not null default '{}',
  -- The latest revision. Who changes the dataset locks this row, so that revisions come one by one.
  revision bigint not null default 0,
  next_image_id bigint not null default 1,
  next_annotation_id bigint not null default 1,
  next_category_id bigint not null default 1,
  cover_image_id bigint,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index dataset_name on dataset (name) where deleted_at is null;

create table revision (
  dataset_id int not null references dataset on delete cascade,
  revision bigint not null,
  author text not null,
  at timestamptz not null default now(),
  kind text not null,
  note text not null default '',
  job_id uuid,
  idempotency_key uuid,
  -- What the change answered, to be answered again when it comes again under the same key.
  result jsonb not null,
  primary key (dataset_id, revision)
);
create unique index revision_key on revision (dataset_id, idempotency_key)
  where idempotency_key is not null;

-- Rows with \`born\` and \`retired\` are only ever added and retired: revision v sees those with
-- born <= v and (retired is null or retired > v).
create table category (
  row_id bigint generated always as identity primary key,
  dataset_id int not null references dataset on delete cascade,
  category_id bigint not null,
  name text not null,
  supercategory text,
  color text,
  keypoints text[],
  skeleton jsonb,
  -- Fields that have no column, or a value that does not fit it, as the file had them. Also below.
  extra jsonb not null default '{}',
  position int not null,
  born bigint not null,
  retired bigint
);
create unique index category_live on category (dataset_id, category_id) where retired is null;
create index category_all on category (dataset_id, category_id);

create table image (
  -- The order in which images came.
  row_id bigint generated always as identity,
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  -- With its folders. Byte order, so that prefixes can use the index.
  file_name text collate "C" not null,
  -- Null: the picture is missing and may come later.
  sha256 bytea,
  byte_size bigint,
  media_type text,
  width int,
  height int,
  captured_at timestamptz,
  metadata jsonb not null default '{}',
  extra jsonb not null default '{}',
  status text not null default 'new' check (status in ('new', 'in_progress', 'review', 'done')),
  tags text[] not null default '{}',
  source jsonb,
  is_deleted boolean not null default false,
  added_revision bigint not null,
  added_at timestamptz not null default now(),
  -- Of the live rows that are not rejected. Also in the three tables of counts below.
  object_count int not null default 0,
  least_score float8,
  primary key (dataset_id, image_id)
);
create unique index image_file_name on image (dataset_id, file_name) where not is_deleted;
create index image_name_order on image (dataset_id, file_name, row_id) where not is_deleted;
create index image_row on image (dataset_id, row_id) where not is_deleted;
create index image_status on image (dataset_id, status, row_id) where not is_deleted;
create index image_objects on image (dataset_id, object_count, row_id) where not is_deleted;
-- Two each, because what has no date or score comes last in both directions.
create index image_captured on image (dataset_id, (coalesce(captured_at, 'infinity')), row_id)
  where not is_deleted;
create index image_captured_desc on image (dataset_id, (coalesce(captured_at, '-infinity')), row_id)
  where not is_deleted;
create index image_score_asc on image (dataset_id, (coalesce(least_score, 'infinity')), row_id)
  where not is_deleted;
create index image_score_desc on image (dataset_id, (coalesce(least_score, '-infinity')), row_id)
  where not is_deleted;
create index image_tags on image using gin (tags) where not is_deleted;
create index image_deleted on image (dataset_id, row_id) where is_deleted;
create index image_missing on image (dataset_id, row_id) where sha256 is null and not is_deleted;
create index image_blob on image (sha256);

-- When an image was there: one row from each adding or restoring to the next deletion.
create table image_life (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  born bigint not null,
  retired bigint,
  primary key (dataset_id, image_id, born)
);
create index image_life_born on image_life (dataset_id, born);
create index image_life_retired on image_life (dataset_id, retired) where retired is not null;

create table annotation (
  row_id bigint generated always as identity primary key,
  dataset_id int not null references dataset on delete cascade,
  annotation_id bigint not null,
  image_id bigint not null,
  category_id bigint,
  bbox_x float8,
  bbox_y float8,
  bbox_width float8,
  bbox_height float8,
  area float8,
  iscrowd smallint,
  -- Text, not jsonb: it is only handed on, and as jsonb it would take three times the room.
  segmentation json,
  keypoints float8[],
  num_keypoints int,
  caption text,
  attributes jsonb,
  extra jsonb,
  score float8,
  section text not null default 'annotations',
  -- human, import, or model followed by name@version.
  origin text not null,
  state text not null check (state in ('accepted', 'proposed', 'rejected')),
  author text not null,
  born bigint not null,
  retired bigint
);
create unique index annotation_live on annotation (dataset_id, annotation_id) where retired is null;
create index annotation_image on annotation (dataset_id, image_id, row_id) where retired is null;
create index annotation_category on annotation (dataset_id, category_id, row_id)
  where retired is null;
create index annotation_score on annotation (dataset_id, score, image_id)
  where retired is null and score is not null;
create index annotation_proposed on annotation (dataset_id, image_id)
  where retired is null and state = 'proposed';
create index annotation_born on annotation (dataset_id, born);
create index annotation_retired on annotation (dataset_id, retired) where retired is not null;
create index annotation_past on annotation (dataset_id, annotation_id, retired)
  where retired is not null;

create table image_category (
  dataset_id int not null references dataset on delete cascade,
  category_id bigint not null,
  image_id bigint not null,
  count int not null,
  -- With the count, so that \`count(RBC)>10\` reads the index alone.
  primary key (dataset_id, category_id, image_id) include (count)
);
create index image_category_image on image_category (dataset_id, image_id);

create table image_origin (
  dataset_id int not null references dataset on delete cascade,
  origin text not null,
  image_id bigint not null,
  count int not null,
  primary key (dataset_id, origin, image_id)
);
create index image_origin_image on image_origin (dataset_id, image_id);

-- Scores in twenty bins: bin b counts those in [b/20, (b+1)/20), the last one also 1.
create table image_score (
  dataset_id int not null references dataset on delete cascade,
  bin smallint not null,
  image_id bigint not null,
  count int not null,
  primary key (dataset_id, bin, image_id)
);
create index image_score_image on image_score (dataset_id, image_id);

create table version (
  dataset_id int not null references dataset on delete cascade,
  name text not null,
  revision bigint not null,
  note text not null default '',
  author text not null,
  created_at timestamptz not null default now(),
  image_count bigint not null,
  annotation_count bigint not null,
  primary key (dataset_id, name)
);

create table blob (
  sha256 bytea primary key,
  byte_size bigint not null,
  media_type text not null,
  created_at timestamptz not null default now()
);

create table saved_view (
  dataset_id int not null references dataset on delete cascade,
  name text not null,
  query text not null,
  sort text not null,
  author text not null,
  created_at timestamptz not null default now(),
  primary key (dataset_id, name)
);
`,
};
