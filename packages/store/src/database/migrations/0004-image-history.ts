// What images were before they were changed in place: their status, tags, metadata and what files and pictures said.

import type { Migration } from '../migration.ts';

export const imageHistory: Migration = {
  name: '0004-image-history',
  sql: `
create table image_history (
  dataset_id int not null references dataset on delete cascade,
  revision bigint not null,
  image_id bigint not null,
  -- Of the columns of \`image\` that the revision changed, by their names, what they were before it.
  before jsonb not null,
  primary key (dataset_id, revision, image_id)
);
create index image_history_image on image_history (dataset_id, image_id, revision);
-- What was on an image once.
create index annotation_image_past on annotation (dataset_id, image_id) where retired is not null;
`,
};
