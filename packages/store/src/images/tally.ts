// What is counted per image (objects by category, by origin, by score, …), so that filters and facets need not look at
// the annotations. Every change of annotations recounts the images it touched, in the same transaction.
//
// `image_category` and `image_origin` are found by their value: for filters. `image_tally` has all counts of an image
// in one row, as arrays of values and of how often: summing over half of the images reads an eighth of the rows.

import { type RawBuilder, sql } from 'kysely';
import { hasShape, type ShapeName, shapeNames } from '../annotations/shapes.ts';
import type { Database } from '../database/store.ts';
import { type AnnotationState, annotationStates } from '../database/tables.ts';
import { objectArea } from '../query/box-measures.ts';

/** How many bins the scores from 0 to 1 fall into. */
export const SCORE_BINS = 20;

/** SQL: how many annotations of a state a row of `image_tally` counts. */
export const stateCount = (tally: string, state: AnnotationState): RawBuilder<number> =>
  sql`${sql.ref(`${tally}.state_counts`)}[${sql.lit(annotationStates.indexOf(state) + 1)}]`;

/** SQL: how many annotations of a shape a row of `image_tally` counts. */
export const shapeCount = (tally: string, shape: ShapeName): RawBuilder<number> =>
  sql`${sql.ref(`${tally}.shape_counts`)}[${sql.lit(shapeNames.indexOf(shape) + 1)}]`;

/** SQL of the bin of an annotation; null without a score, which needs saying: `least` and `greatest` pass over null. */
const scoreBin = sql`case when score is not null then least(floor(
  least(greatest(score, 0), 1) * ${sql.lit(SCORE_BINS)}), ${sql.lit(SCORE_BINS - 1)})::smallint end`;

const valueTables = [
  { table: 'image_category', column: 'category_id' },
  { table: 'image_origin', column: 'origin' },
] as const;

/** SQL: the columns of `image` that measure its objects, over rows `a` of `annotation`. */
export const objectMeasures = sql`count(*)::int as object_count, min(a.score) as least_score,
  min(${objectArea}) as least_area, max(${objectArea}) as greatest_area`;

/**
 * Counts the objects of some images anew.
 *
 * @param images SQL of a list of image ids, without brackets: a sub-select
 */
export async function recount(
  database: Database,
  datasetId: number,
  images: RawBuilder<unknown>,
): Promise<void> {
  const live = liveObjects(datasetId, images);
  for (const { table, column } of valueTables) {
    await sql`
      delete from ${sql.table(table)}
      where dataset_id = ${datasetId} and image_id in (${images})`.execute(database);
    await insertCounts(table, column, datasetId, live).execute(database);
  }
  await renewTallies(database, datasetId, images);
  // Set aside first, and by a list of ids: right after an import the planner knows nothing of the tables, and would go
  // through all annotations once for each image.
  await sql`
    with touched as materialized (
      select distinct image_id from (${images}) as listed (image_id)
    ), live as materialized (
      select image_id, ${objectMeasures} from annotation a
      where dataset_id = ${datasetId} and retired is null and state <> 'rejected'
        and image_id = any(array(select image_id from touched))
      group by image_id
    )
    update image set object_count = coalesce(live.object_count, 0), least_score = live.least_score,
      least_area = live.least_area, greatest_area = live.greatest_area
    from touched left join live on live.image_id = touched.image_id
    where image.dataset_id = ${datasetId} and image.image_id = touched.image_id
      and (image.object_count, image.least_score, image.least_area, image.greatest_area)
        is distinct from
          (coalesce(live.object_count, 0), live.least_score, live.least_area, live.greatest_area)`.execute(
    database,
  );
}

/**
 * Adds what a revision added to images that lost nothing by it. `image` itself is brought up to date only where
 * `images`, a sub-select, says so: an import adds new images with their counts already.
 */
export async function countAdded(
  database: Database,
  datasetId: number,
  revision: number,
  images: RawBuilder<unknown>,
): Promise<void> {
  const born = sql`annotation a where dataset_id = ${datasetId} and born = ${revision}`;
  const added = sql`${born} and state <> 'rejected'`;
  for (const { table, column } of valueTables) {
    await sql`${insertCounts(table, column, datasetId, added)}
      on conflict (dataset_id, ${sql.ref(column)}, image_id)
      do update set count = ${sql.ref(`${table}.count`)} + excluded.count`.execute(database);
  }
  // The planner knows nothing of this revision yet, takes it for a few rows and would go through the images once for
  // each of them.
  await sql`set local enable_nestloop = off`.execute(database);
  await renewTallies(database, datasetId, sql`select image_id from ${born}`);
  await sql`
    with more as materialized (
      select image_id, ${objectMeasures} from ${added}
        and image_id in (${images})
      group by image_id
    )
    update image set object_count = image.object_count + more.object_count,
      least_score = least(image.least_score, more.least_score),
      least_area = least(image.least_area, more.least_area),
      greatest_area = greatest(image.greatest_area, more.greatest_area)
    from more
    where image.dataset_id = ${datasetId} and image.image_id = more.image_id`.execute(database);
  await sql`set local enable_nestloop = on`.execute(database);
}

function liveObjects(datasetId: number, images: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`annotation
    where dataset_id = ${datasetId} and retired is null and state <> 'rejected'
      and image_id in (${images})`;
}

function insertCounts(
  table: string,
  column: string,
  datasetId: number,
  rows: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into ${sql.table(table)} (dataset_id, ${sql.ref(column)}, image_id, count)
    select ${datasetId}::int, ${sql.ref(column)}, image_id, count(*)
    from (select ${sql.ref(column)}, image_id from ${rows}) as counted
    where ${sql.ref(column)} is not null
    group by ${sql.ref(column)}, image_id`;
}

/** Images without annotations have no row. */
async function renewTallies(
  database: Database,
  datasetId: number,
  images: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    delete from image_tally
    where dataset_id = ${datasetId} and image_id in (${images})`.execute(database);
  // Which of the three sets a row is of: the bits of the two columns that it is not grouped by.
  const packed = (value: string, set: number) => {
    const of = sql`filter (where set = ${sql.lit(set)} and ${sql.ref(value)} is not null)`;
    return sql`coalesce(array_agg(${sql.ref(value)} order by ${sql.ref(value)}) ${of}, '{}'),
      coalesce(array_agg(count order by ${sql.ref(value)}) ${of}, '{}')`;
  };
  await sql`
    insert into image_tally (dataset_id, image_id, category_ids, category_counts,
      origins, origin_counts, score_bins, score_counts,
      state_counts, unreviewed_count, shape_counts)
    with whole as (
      select image_id,
        array[${sql.join(
          annotationStates.map((state) => sql`count(*) filter (where state = ${sql.lit(state)})`),
        )}]::int[] as states,
        count(*) filter (where state <> 'rejected' and reviewed_revision is null) as unreviewed,
        array[${sql.join(
          shapeNames.map(
            (name) => sql`count(*) filter (where state <> 'rejected' and ${hasShape('a', name)})`,
          ),
        )}]::int[] as shapes
      from annotation a where dataset_id = ${datasetId} and retired is null and image_id in (${images})
      group by image_id
    )
    select ${datasetId}::int, image_id,
      ${packed('category_id', 0b011)}, ${packed('origin', 0b101)}, ${packed('bin', 0b110)},
      states, unreviewed, shapes
    from whole left join (
      select image_id, category_id, origin, bin, count(*)::int as count,
        grouping(category_id, origin, bin) as set
      from (
        select image_id, category_id, origin, ${scoreBin} as bin
        from ${liveObjects(datasetId, images)}
      ) as live
      group by grouping sets ((image_id, category_id), (image_id, origin), (image_id, bin))
    ) as counted using (image_id)
    group by image_id, states, unreviewed, shapes`.execute(database);
}
