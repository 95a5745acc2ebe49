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
export const scoreBin = sql`case when score is not null then least(floor(
  least(greatest(score, 0), 1) * ${sql.lit(SCORE_BINS)}), ${sql.lit(SCORE_BINS - 1)})::smallint end`;

export const valueTables = [
  { table: 'image_category', column: 'category_id' },
  { table: 'image_origin', column: 'origin' },
] as const;

/** SQL: the columns of `image` that measure its objects, over rows `a` of `annotation`. */
export const objectMeasures = sql`count(*)::int as object_count, min(a.score) as least_score,
  min(${objectArea}) as least_area, max(${objectArea}) as greatest_area`;

/**
 * Counts the objects of some images anew, and writes what came out otherwise than before.
 *
 * No statement joins what it counts with what was counted: right after an import the planner knows nothing of the
 * tables, and would go through one of them once for each row of the other.
 *
 * @param images SQL of a list of image ids, without brackets: a sub-select
 */
export async function recount(
  database: Database,
  datasetId: number,
  images: RawBuilder<unknown>,
): Promise<void> {
  // Asked for once, and never taken apart here: text of an array.
  const { rows } = await sql<{ ids: string | null }>`
    select array_agg(distinct image_id)::text as ids from (${images}) as listed (image_id)`.execute(
    database,
  );
  const [{ ids }] = rows;
  if (ids === null) return;
  const touched = sql`${ids}::bigint[]`;
  const areLive = sql`dataset_id = ${datasetId} and retired is null and image_id = any(${touched})`;
  for (const { table, column } of valueTables) {
    await renewCounts(database, { table, column, datasetId, touched, areLive });
  }
  await sql`
    delete from image_tally
    where dataset_id = ${datasetId} and image_id = any(array(
      select unnest(${touched}) except select image_id from annotation where ${areLive}))`.execute(
    database,
  );
  await renewTallies(database, datasetId, areLive);
  await sql`
    with live as materialized (
      select image_id, ${objectMeasures} from annotation a
      where ${areLive} and state <> 'rejected'
      group by image_id
    )
    update image set object_count = coalesce(live.object_count, 0), least_score = live.least_score,
      least_area = live.least_area, greatest_area = live.greatest_area
    from unnest(${touched}) as touched (image_id) left join live on live.image_id = touched.image_id
    where image.dataset_id = ${datasetId} and image.image_id = touched.image_id
      and (image.object_count, image.least_score, image.least_area, image.greatest_area)
        is distinct from
          (coalesce(live.object_count, 0), live.least_score, live.least_area, live.greatest_area)`.execute(
    database,
  );
}

interface ValueCounts {
  table: string;
  column: string;
  datasetId: number;
  touched: RawBuilder<unknown>;
  /** SQL over columns of `annotation`. */
  areLive: RawBuilder<unknown>;
}

async function renewCounts(
  database: Database,
  { table, column, datasetId, touched, areLive }: ValueCounts,
): Promise<void> {
  const [counts, value] = [sql.table(table), sql.ref(column)];
  await sql`
    with changed as materialized (
      select ${value}, image_id, max(place) as place, max(before) as before, sum(live)::int as live
      from (
        select ${value}, image_id, ctid as place, count as before, 0 as live from ${counts}
        where dataset_id = ${datasetId} and image_id = any(${touched})
        union all
        select ${value}, image_id, null, null, 1 from annotation
        where ${areLive} and state <> 'rejected' and ${value} is not null
      ) as either
      group by ${value}, image_id
      having max(before) is distinct from sum(live)
    ), gone as (
      delete from ${counts} where ctid = any(array(select place from changed where live = 0))
    )
    insert into ${counts} (dataset_id, ${value}, image_id, count)
    select ${datasetId}::int, ${value}, image_id, live from changed where live > 0
    on conflict (dataset_id, ${value}, image_id) do update set count = excluded.count`.execute(
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
    const value = sql.ref(column);
    await sql`
      insert into ${sql.table(table)} (dataset_id, ${value}, image_id, count)
      select ${datasetId}::int, ${value}, image_id, count(*) from ${added} and ${value} is not null
      group by ${value}, image_id
      on conflict (dataset_id, ${value}, image_id)
      do update set count = ${sql.ref(`${table}.count`)} + excluded.count`.execute(database);
  }
  // The planner knows nothing of this revision yet, takes it for a few rows and would go through the images once for
  // each of them.
  await sql`set local enable_nestloop = off`.execute(database);
  await renewTallies(
    database,
    datasetId,
    sql`dataset_id = ${datasetId} and retired is null and image_id in (select image_id from ${born})`,
  );
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

export const tallied = [
  'category_ids',
  'category_counts',
  'origins',
  'origin_counts',
  'score_bins',
  'score_counts',
  'state_counts',
  'unreviewed_count',
  'shape_counts',
] as const;

/**
 * Writes the tallies of images that have annotations; others have none.
 *
 * @param areLive SQL over columns of `annotation`: all that are there of these images
 */
async function renewTallies(
  database: Database,
  datasetId: number,
  areLive: RawBuilder<unknown>,
): Promise<void> {
  const columnsOf = (table?: string) =>
    sql.join(tallied.map((column) => sql.ref(table === undefined ? column : `${table}.${column}`)));
  // Which of the three sets a row is of: the bits of the two columns that it is not grouped by.
  const packed = (value: string, set: number) => {
    const of = sql`filter (where set = ${sql.lit(set)} and ${sql.ref(value)} is not null)`;
    return sql`coalesce(array_agg(${sql.ref(value)} order by ${sql.ref(value)}) ${of}, '{}'),
      coalesce(array_agg(count order by ${sql.ref(value)}) ${of}, '{}')`;
  };
  await sql`
    insert into image_tally (dataset_id, image_id, ${columnsOf()})
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
      from annotation a where ${areLive} group by image_id
    )
    select ${datasetId}::int, image_id,
      ${packed('category_id', 0b011)}, ${packed('origin', 0b101)}, ${packed('bin', 0b110)},
      states, unreviewed, shapes
    from whole left join (
      select image_id, category_id, origin, bin, count(*)::int as count,
        grouping(category_id, origin, bin) as set
      from (
        select image_id, category_id, origin, ${scoreBin} as bin
        from annotation where ${areLive} and state <> 'rejected'
      ) as live
      group by grouping sets ((image_id, category_id), (image_id, origin), (image_id, bin))
    ) as counted using (image_id)
    group by image_id, states, unreviewed, shapes
    on conflict (dataset_id, image_id) do update set (${columnsOf()}) = (${columnsOf('excluded')})
      where (${columnsOf('image_tally')}) is distinct from (${columnsOf('excluded')})`.execute(
    database,
  );
}
