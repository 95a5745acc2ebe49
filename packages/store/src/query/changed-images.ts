import { sql } from 'kysely';
import type { Database } from '../database/store.ts';

/**
 * The images of which anything changed after a revision: themselves, their fields, their objects. Null where that may
 * be any, because categories changed, or more than `limit`.
 */
export async function changedImages(
  database: Database,
  datasetId: number,
  revision: number,
  limit: number,
): Promise<number[] | null> {
  const since = (table: string, column: string) => sql`
    select image_id from ${sql.table(table)}
    where dataset_id = ${datasetId} and ${sql.ref(column)} > ${revision}`;
  const { rows: categories } = await sql`
    select from category
    where dataset_id = ${datasetId} and (born > ${revision} or retired > ${revision})
    limit 1`.execute(database);
  if (categories.length > 0) return null;
  const { rows } = await sql<{ image_id: number }>`
    select image_id from (
      ${since('annotation', 'born')} union ${since('annotation', 'retired')}
      union ${since('image_life', 'born')} union ${since('image_life', 'retired')}
      union ${since('image_history', 'revision')}
    ) as changed
    limit ${limit + 1}`.execute(database);
  return rows.length > limit ? null : rows.map(({ image_id }) => image_id);
}
