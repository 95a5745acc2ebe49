import { sql } from 'kysely';
import type { Database } from '../database/store.ts';
import type { Stamp } from './stamp.ts';

/**
 * The images of which anything changed after a revision: themselves, their fields, objects, comments; and the state of the
 * dataset in which that is so. Null where it may be any image, because categories changed, or more than `limit`.
 */
export async function changedImages(
  database: Database,
  datasetId: number,
  revision: number,
  limit: number,
): Promise<{ stamp: Stamp; imageIds: number[] | null }> {
  const since = (table: string, column: string) => sql`
    select image_id from ${sql.table(table)}
    where dataset_id = ${datasetId} and ${sql.ref(column)} > ${revision}`;
  const { rows } = await sql<Stamp & { ids: string | null; isOfCategories: boolean }>`
    select revision, tableoid as table,
      exists (
        select 1 from category
        where dataset_id = ${datasetId} and (born > ${revision} or retired > ${revision})
      ) as "isOfCategories",
      (select string_agg(image_id::text, ' ') from (
        ${since('annotation', 'born')} union ${since('annotation', 'retired')}
        union ${since('image_life', 'born')} union ${since('image_life', 'retired')}
        union ${since('image_history', 'revision')} union ${since('review_history', 'revision')}
        union ${since('comment', 'born')} union ${since('comment', 'retired')}
        limit ${limit + 1}
      ) as changed) as ids
    from dataset where id = ${datasetId}`.execute(database);
  const [{ ids, isOfCategories, ...stamp }] = rows;
  const imageIds = ids?.split(' ').map(Number) ?? [];
  return { stamp, imageIds: isOfCategories || imageIds.length > limit ? null : imageIds };
}
