// Images in the order of their smallest and of their largest object.

import type { Migration } from '../migration.ts';

export const objectAreas: Migration = {
  name: '0008-object-areas',
  sql: `
-- Square pixels, of the live rows that are not rejected: what the file says, else width × height of the box.
alter table image add column least_area float8, add column greatest_area float8;
update image set least_area = measured.least, greatest_area = measured.greatest
from (
  select dataset_id, image_id, min(object_area) as least, max(object_area) as greatest
  from annotation cross join lateral (
    select coalesce(nullif(area, 'NaN'), case
      when bbox_width > 1e-9 and bbox_height > 1e-9
        then least(bbox_width, 1e9) * least(bbox_height, 1e9)
      when bbox_width is not null then 0 end) as object_area
  ) as said
  where retired is null and state <> 'rejected'
  group by dataset_id, image_id
) as measured
where image.dataset_id = measured.dataset_id and image.image_id = measured.image_id
  and measured.least is not null;
create index image_area_asc on image (dataset_id, (coalesce(least_area, 'infinity')), row_id)
  where not is_deleted;
create index image_area_desc on image (dataset_id, (coalesce(greatest_area, '-infinity')), row_id)
  where not is_deleted;
`,
};
