// Which pictures of a dataset are worth labelling next, as a model was asked.

import type { Migration } from '../migration.ts';

export const nextToLabel: Migration = {
  name: '0015-next-to-label',
  sql: `
create table next_to_label (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  -- Another each time, for whoever keeps what followed.
  number bigint generated always as identity,
  -- From 1 on, the best first.
  position int not null,
  -- Of the model, 0 to 1; null where none was asked.
  uncertainty float4,
  -- How unlike it is to what was labelled and what stands before it, 0 to 1.
  novelty float4 not null,
  primary key (dataset_id, image_id)
);
`,
};
