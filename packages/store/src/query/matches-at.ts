// What matched a query when a revision was the latest. Queries speak of tables of now; here tables and views of the same names
// that belong to this transaction alone, and come first where names are looked up, hold what was there then. So every filter means
// of a version what it means of now, and a new one does at once. What is kept beside a dataset and has no history is asked as it is.

import { type RawBuilder, sql } from 'kysely';
import { contentOf } from '../annotations/content-sql.ts';
import type { DatabaseTransaction } from '../database/store.ts';
import { visibleAt } from '../datasets/visibility.ts';
import { joinedPast } from '../images/change-images.ts';
import { recount } from '../images/tally.ts';
import { markAt } from '../review/mark-at.ts';
import { compileImages } from './compile.ts';

/** The tables of counts, each beside its images. */
const counts = ['image_tally', 'image_category', 'image_origin'] as const;

/**
 * @returns SQL of the ids of the images that matched, good until the transaction ends
 * @throws StoreError `bad-query`
 */
export async function matchesAt(
  transaction: DatabaseTransaction,
  datasetId: number,
  query: string,
  revision: number,
): Promise<RawBuilder<unknown>> {
  // Before there is anything to mistake for what is there now: some filters look for what is alike, and remember it.
  const isMatch = await compileImages(transaction, datasetId, query, { at: revision });
  await showPast(transaction, datasetId, revision);
  await sql`
    create temporary table matching_image on commit drop as
    select image.image_id from image where ${isMatch}`.execute(transaction);
  await sql`drop view pg_temp.annotation, pg_temp.comment`.execute(transaction);
  const tables = ['image', ...counts].map((table) => sql.id('pg_temp', table));
  await sql`drop table ${sql.join(tables)}`.execute(transaction);
  await sql`analyze matching_image`.execute(transaction);
  return sql`select image_id from matching_image`;
}

async function showPast(
  transaction: DatabaseTransaction,
  datasetId: number,
  revision: number,
): Promise<void> {
  await sql`
    create temporary table image on commit drop as
    select past.* from image ${joinedPast(datasetId, revision)}
    where image.dataset_id = ${datasetId} and exists (
      select 1 from image_life life
      where life.dataset_id = image.dataset_id and life.image_id = image.image_id
        and ${visibleAt('life', revision)})`.execute(transaction);
  await sql`update pg_temp.image set is_deleted = false where is_deleted`.execute(transaction);
  await sql`analyze image`.execute(transaction);
  for (const table of counts) {
    await sql`
      create temporary table ${sql.table(table)}
        (like ${sql.table(table)} including defaults including indexes) on commit drop`.execute(
      transaction,
    );
  }
  // Views take no parameters.
  const [id, then] = [sql.lit(datasetId), sql.lit(revision)];
  const isThen = (alias: string) => sql`
    ${sql.ref(`${alias}.dataset_id`)} = ${id} and ${visibleAt(alias, then)}`;
  const mark = markAt(then);
  await sql`
    create temporary view annotation as
    select a.row_id, a.dataset_id, a.annotation_id, a.image_id, ${contentOf('a')}, a.section,
      a.origin, a.state, a.author, a.born, null::bigint as retired,
      ${mark} ->> 'reviewed_by' as reviewed_by,
      (${mark} ->> 'reviewed_revision')::bigint as reviewed_revision
    from annotation a where ${isThen('a')}`.execute(transaction);
  await sql`
    create temporary view comment as
    select c.dataset_id, c.image_id, c.reply_to, c.text, c.resolved_at, null::bigint as retired
    from comment c where ${isThen('c')}`.execute(transaction);
  await recount(transaction, datasetId, sql`select image_id from image`);
  for (const table of counts) await sql`analyze ${sql.table(table)}`.execute(transaction);
}
