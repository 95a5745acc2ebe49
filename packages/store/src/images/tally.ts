// What is counted per image (objects by category, by origin, by score), so that filters and facets need not look at
// the annotations. Every change of annotations recounts the images it touched, in the same transaction.

import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/store.ts';

/** How many bins the scores from 0 to 1 fall into. */
export const SCORE_BINS = 20;

interface Tally {
  table: 'image_category' | 'image_origin' | 'image_score';
  column: 'category_id' | 'origin' | 'bin';
  /** SQL of the value of an annotation; null where it does not count. */
  value: RawBuilder<unknown>;
}

const tallies: readonly Tally[] = [
  { table: 'image_category', column: 'category_id', value: sql`category_id` },
  { table: 'image_origin', column: 'origin', value: sql`origin` },
  {
    table: 'image_score',
    column: 'bin',
    // `least` and `greatest` pass over null, so it needs saying.
    value: sql`case when score is not null then least(floor(
      least(greatest(score, 0), 1) * ${sql.lit(SCORE_BINS)}), ${sql.lit(SCORE_BINS - 1)})::smallint end`,
  },
];

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
  const live = sql`annotation
    where dataset_id = ${datasetId} and retired is null and state <> 'rejected'
      and image_id in (${images})`;
  for (const tally of tallies) {
    await sql`
      delete from ${sql.table(tally.table)}
      where dataset_id = ${datasetId} and image_id in (${images})`.execute(database);
    await insertCounts(tally, datasetId, live).execute(database);
  }
  await sql`
    update image set object_count = live.object_count, least_score = live.least_score
    from (
      select i.image_id, count(a.row_id)::int as object_count, min(a.score) as least_score
      from image i left join annotation a on a.dataset_id = i.dataset_id
        and a.image_id = i.image_id and a.retired is null and a.state <> 'rejected'
      where i.dataset_id = ${datasetId} and i.image_id in (${images})
      group by i.image_id
    ) as live
    where image.dataset_id = ${datasetId} and image.image_id = live.image_id
      and (image.object_count, image.least_score)
        is distinct from (live.object_count, live.least_score)`.execute(database);
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
  const added = sql`annotation
    where dataset_id = ${datasetId} and born = ${revision} and state <> 'rejected'`;
  for (const tally of tallies) {
    await sql`${insertCounts(tally, datasetId, added)}
      on conflict (dataset_id, ${sql.ref(tally.column)}, image_id)
      do update set count = ${sql.ref(`${tally.table}.count`)} + excluded.count`.execute(database);
  }
  // The planner knows nothing of this revision yet, takes it for a few rows and would go through the images once for
  // each of them.
  await sql`set local enable_nestloop = off`.execute(database);
  await sql`
    with more as materialized (
      select image_id, count(*) as count, min(score) as least_score from ${added}
        and image_id in (${images})
      group by image_id
    )
    update image set object_count = object_count + more.count,
      least_score = least(image.least_score, more.least_score)
    from more
    where image.dataset_id = ${datasetId} and image.image_id = more.image_id`.execute(database);
  await sql`set local enable_nestloop = on`.execute(database);
}

function insertCounts(
  { table, column, value }: Tally,
  datasetId: number,
  rows: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    insert into ${sql.table(table)} (dataset_id, ${sql.ref(column)}, image_id, count)
    select ${datasetId}::int, value, image_id, count(*)
    from (select ${value} as value, image_id from ${rows}) as counted
    where value is not null
    group by value, image_id`;
}
