// How doubtful what models propose for each picture is: what the order `doubt` goes by.

import type { Migration } from '../migration.ts';

export const doubts: Migration = {
  name: '0013-doubts',
  sql: `
-- Up to which revision the doubts of a dataset were worked out, and what is usual in it. Nothing is written here by edits:
-- whoever asks for the order brings it up to date first.
create table dataset_doubt (
  dataset_id int primary key references dataset on delete cascade,
  -- Of the dataset; 0 while nothing was worked out.
  revision int not null default 0,
  -- Goes up whenever all of it was worked out anew.
  number int not null default 0,
  -- How many objects of each category a picture usually has.
  usual_counts jsonb not null default '[]'
);

-- Of images with open proposals alone.
create table image_doubt (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  -- 0 to 1.
  doubt float8 not null,
  primary key (dataset_id, image_id)
);
`,
};
