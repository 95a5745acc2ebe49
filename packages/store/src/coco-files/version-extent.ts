// How much an export of a version would hold, and what there is to choose from in it, before it is made.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { revisionOf, visibleAt } from '../datasets/visibility.ts';
import { matchesAt } from '../query/matches-at.ts';

export interface VersionExtent {
  imageCount: number;
  /** Accepted ones. */
  annotationCount: number;
  /** Names of the categories that there were. */
  categories: string[];
}

/**
 * Of what matched a query in a version. It takes as long as an export until its first image is written.
 *
 * @throws StoreError `dataset-not-found`, `version-not-found`, `bad-query`
 * @example
 * const { imageCount } = await versionExtent(store, 1, { at: 'v1', query: 'status:done' });
 */
export async function versionExtent(
  store: Store,
  datasetId: number,
  { at, query }: { at: string; query: string },
): Promise<VersionExtent> {
  return databaseOf(store)
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const revision = await revisionOf(transaction, datasetId, at);
      const matches =
        query.trim() === '' ? null : await matchesAt(transaction, datasetId, query, revision);
      const isMatch = matches === null ? sql`` : sql`and image_id in (${matches})`;
      const countOf = (table: string, what = sql``) => sql`(
        select count(*) from ${sql.table(table)} as counted
        where dataset_id = ${datasetId} and ${visibleAt('counted', revision)} ${what} ${isMatch})`;
      const { rows } = await sql<VersionExtent>`
        select ${countOf('image_life')} as "imageCount",
          ${countOf('annotation', sql`and state = 'accepted'`)} as "annotationCount",
          array(select name from category where dataset_id = ${datasetId}
            and ${visibleAt('category', revision)} order by position, row_id) as categories`.execute(
        transaction,
      );
      return rows[0];
    });
}
