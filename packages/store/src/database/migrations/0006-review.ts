// Looking over: who has looked at an object or a picture, what was said about it, and how long people worked on it.

import type { Migration } from '../migration.ts';

export const review: Migration = {
  name: '0006-review',
  sql: `
-- Who has looked at the row as it is, when and under which revision; null: nobody yet. What a person edits, that person
-- has looked at. It is said of a row, not of an object: a change makes another row.
alter table annotation
  add column reviewed_by text,
  add column reviewed_at timestamptz,
  add column reviewed_revision bigint;

-- Who has looked at the whole picture: whether anything is missing. It counts as long as no object is left unreviewed.
alter table image
  add column reviewed_by text,
  add column reviewed_at timestamptz,
  add column reviewed_revision bigint;

-- What was said before of live annotations that were marked as reviewed, or as not reviewed, in place.
create table review_history (
  dataset_id int not null references dataset on delete cascade,
  revision bigint not null,
  annotation_id bigint not null,
  image_id bigint not null,
  -- The three columns by their names; null for what nobody had looked at.
  before jsonb,
  -- Whether somebody has looked at it since.
  is_reviewed boolean not null,
  primary key (dataset_id, revision, annotation_id)
);
create index review_history_image on review_history (dataset_id, image_id, revision);
create index review_history_annotation on review_history (dataset_id, annotation_id, revision);

-- That the status in \`before\` went on by itself, from new to in progress, with the first edit of a person.
alter table image_history add column is_begun boolean not null default false;

-- Rows are only added and retired, as those of annotations.
create table comment (
  row_id bigint generated always as identity primary key,
  dataset_id int not null references dataset on delete cascade,
  -- Made by whoever writes it, and kept when the image goes to another dataset.
  comment_id uuid not null,
  image_id bigint not null,
  -- The object that it is about, if any.
  annotation_id bigint,
  -- The first comment of the thread; null for that itself.
  reply_to uuid,
  -- Where it is pinned, pixels of the picture; null for what is said of all of it.
  x float8,
  y float8,
  text text not null,
  author text not null,
  written_at timestamptz not null default now(),
  edited_at timestamptz,
  -- Of the first comment: that the thread is settled.
  resolved_by text,
  resolved_at timestamptz,
  born bigint not null,
  retired bigint
);
create unique index comment_live on comment (dataset_id, comment_id) where retired is null;
create index comment_image on comment (dataset_id, image_id, row_id);
create index comment_open on comment (dataset_id, image_id)
  where retired is null and reply_to is null and resolved_at is null;
create index comment_born on comment (dataset_id, born);
create index comment_retired on comment (dataset_id, retired) where retired is not null;

-- Stretches of active work, as editors tell of them. Not under revisions: nothing of the dataset changes.
create table work_time (
  -- The order in which they were told.
  number bigint generated always as identity,
  dataset_id int not null references dataset on delete cascade,
  -- A session counts its stretches: one that is told twice is kept once.
  session_id uuid not null,
  counter int not null,
  image_id bigint not null,
  author text not null,
  at timestamptz not null,
  millis int not null,
  primary key (dataset_id, session_id, counter)
);
create index work_time_image on work_time (dataset_id, image_id);
create index work_time_number on work_time (dataset_id, number);

-- What of a stretch went into which objects.
create table work_time_object (
  dataset_id int not null,
  session_id uuid not null,
  counter int not null,
  annotation_id bigint not null,
  millis int not null,
  primary key (dataset_id, session_id, counter, annotation_id),
  foreign key (dataset_id, session_id, counter) references work_time on delete cascade
);
create index work_time_object_annotation on work_time_object (dataset_id, annotation_id);

-- Of the tab or program that made the change, if it said so.
alter table revision add column session_id uuid;

-- An image has a row as long as it has an annotation of any state.
alter table image_tally
  -- How many are of each state, in the order of \`annotationStates\`.
  add column state_counts int[] not null default '{}',
  -- Of those that are not rejected.
  add column unreviewed_count int not null default 0,
  -- How many of those have each shape, in the order of \`shapeNames\`.
  add column shape_counts int[] not null default '{}';
insert into image_tally (dataset_id, image_id, category_ids, category_counts, origins, origin_counts,
  score_bins, score_counts, state_counts, unreviewed_count, shape_counts)
select dataset_id, image_id, '{}', '{}', '{}', '{}', '{}', '{}',
  array[
    count(*) filter (where state = 'accepted'),
    count(*) filter (where state = 'proposed'),
    count(*) filter (where state = 'rejected')
  ]::int[],
  count(*) filter (where state <> 'rejected'),
  array[
    count(*) filter (where state <> 'rejected' and is_box and not has_outline and not has_points),
    count(*) filter (where state <> 'rejected' and is_rotated),
    count(*) filter (where state <> 'rejected' and outline = '[[' and not is_rotated),
    count(*) filter (where state <> 'rejected' and outline like '{%'),
    count(*) filter (where state <> 'rejected' and has_points),
    count(*) filter (where state <> 'rejected' and iscrowd = 1),
    count(*) filter (where state <> 'rejected' and category_id is not null and not is_box
      and not has_outline and not has_points),
    count(*) filter (where state <> 'rejected' and caption is not null)
  ]::int[]
from annotation cross join lateral (
  select bbox_width is not null as is_box, coalesce(keypoints <> '{}', false) as has_points,
    coalesce(attributes ? 'rotation', false) as is_rotated,
    coalesce(substring(segmentation::text for 2), '') as outline
) as said cross join lateral (
  select outline = '[[' or outline like '{%' as has_outline
) as outlined
where retired is null
group by dataset_id, image_id
on conflict (dataset_id, image_id) do update set
  state_counts = excluded.state_counts,
  unreviewed_count = excluded.unreviewed_count,
  shape_counts = excluded.shape_counts;
analyze image_tally;
`,
};
