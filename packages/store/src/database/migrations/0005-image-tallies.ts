// All that is counted of an image in one row: summing over many images reads that instead of a row for each value.

import type { Migration } from '../migration.ts';

export const imageTallies: Migration = {
  name: '0005-image-tallies',
  sql: `
-- Values and how often, in the order of the values. An image without objects has no row.
create table image_tally (
  dataset_id int not null references dataset on delete cascade,
  image_id bigint not null,
  category_ids bigint[] not null,
  category_counts int[] not null,
  origins text[] not null,
  origin_counts int[] not null,
  -- Scores in twenty bins: bin b counts those in [b/20, (b+1)/20), the last one also 1.
  score_bins smallint[] not null,
  score_counts int[] not null,
  primary key (dataset_id, image_id)
);
insert into image_tally
select dataset_id, image_id,
  coalesce(array_agg(category_id order by category_id) filter (where category_id is not null), '{}'),
  coalesce(array_agg(count order by category_id) filter (where category_id is not null), '{}'),
  coalesce(array_agg(origin order by origin) filter (where origin is not null), '{}'),
  coalesce(array_agg(count order by origin) filter (where origin is not null), '{}'),
  coalesce(array_agg(bin order by bin) filter (where bin is not null), '{}'),
  coalesce(array_agg(count order by bin) filter (where bin is not null), '{}')
from (
  select dataset_id, image_id, category_id, null as origin, null::smallint as bin, count
  from image_category
  union all select dataset_id, image_id, null, origin, null, count from image_origin
  union all select dataset_id, image_id, null, null, bin, count from image_score
) as counted
group by dataset_id, image_id;
drop table image_score;
analyze image_tally;
`,
};
