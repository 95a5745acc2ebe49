// Holds every count that the store keeps against the annotations themselves.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { hasShape, shapeNames } from '../annotations/shapes.ts';
import { databaseOf, openStore, type Store } from '../database/store.ts';
import { annotationStates } from '../database/tables.ts';
import { facets } from '../query/facets.ts';

/** @throws AssertionError where a kept count differs from what is there. */
export async function checkCounts(store: Store, datasetId: number): Promise<void> {
  const db = databaseOf(store);
  const live = sql`from annotation where dataset_id = ${datasetId} and retired is null and state <> 'rejected'`;
  const side = (name: string) => sql`least(greatest(${sql.ref(name)}, 1e-9), 1e9)`;
  const area = sql`case when area <> 'NaN' then area
    when bbox_width > 1e-9 and bbox_height > 1e-9 then ${side('bbox_width')} * ${side('bbox_height')}
    when bbox_width is not null then 0 end`;
  const compare = async (
    what: string,
    kept: ReturnType<typeof sql>,
    counted: ReturnType<typeof sql>,
  ) => {
    const rows = await Promise.all([kept.execute(db), counted.execute(db)]);
    assert.deepEqual(rows[0].rows, rows[1].rows, what);
  };
  await compare(
    'objects of images',
    sql`select image_id, object_count as count, least_score, least_area, greatest_area from image
      where dataset_id = ${datasetId} and object_count > 0 order by 1`,
    sql`select image_id, count(*)::int as count, min(score) as least_score,
        min(${area}) as least_area, max(${area}) as greatest_area
      ${live} group by 1 order by 1`,
  );
  await compare(
    'categories of images',
    sql`select image_id, category_id, count from image_category where dataset_id = ${datasetId} order by 1, 2`,
    sql`select image_id, category_id, count(*)::int as count ${live} and category_id is not null
      group by 1, 2 order by 1, 2`,
  );
  await compare(
    'origins of images',
    sql`select image_id, origin, count from image_origin where dataset_id = ${datasetId} order by 1, 2`,
    sql`select image_id, origin, count(*)::int as count ${live} group by 1, 2 order by 1, 2`,
  );
  const unpacked = (values: string, counts: string) => sql`
    select image_id, unnest(${sql.ref(values)}) as value, unnest(${sql.ref(counts)}) as count
    from image_tally where dataset_id = ${datasetId} order by 1, 2`;
  await compare(
    'tallies of categories',
    unpacked('category_ids', 'category_counts'),
    sql`select image_id, category_id as value, count from image_category
      where dataset_id = ${datasetId} order by 1, 2`,
  );
  await compare(
    'tallies of origins',
    unpacked('origins', 'origin_counts'),
    sql`select image_id, origin as value, count from image_origin
      where dataset_id = ${datasetId} order by 1, 2`,
  );
  await compare(
    'tallies of scores',
    unpacked('score_bins', 'score_counts'),
    sql`select image_id, least(19, floor(score * 20))::int as value, count(*)::int as count ${live}
      and score is not null group by 1, 2 order by 1, 2`,
  );
  await compare(
    'states, shapes and what is reviewed',
    sql`select image_id, state_counts, unreviewed_count, shape_counts from image_tally
      where dataset_id = ${datasetId} order by 1`,
    sql`select image_id,
        array[${sql.join(
          annotationStates.map((state) => sql`count(*) filter (where state = ${sql.lit(state)})`),
        )}]::int[] as state_counts,
        (count(*) filter (where state <> 'rejected' and reviewed_by is null))::int as unreviewed_count,
        array[${sql.join(
          shapeNames.map(
            (name) => sql`count(*) filter (where state <> 'rejected' and ${hasShape('a', name)})`,
          ),
        )}]::int[] as shape_counts
      from annotation a where dataset_id = ${datasetId} and retired is null
      group by image_id order by 1`,
  );
  const read = await facets(openStore({ pool: store.pool }), datasetId);
  assert.deepEqual(await facets(store, datasetId), read, 'facets kept up and read anew');
  await compare(
    'lives of images',
    sql`select image_id from image_life where dataset_id = ${datasetId} and retired is null order by 1`,
    sql`select image_id from image where dataset_id = ${datasetId} and not is_deleted order by 1`,
  );
}
