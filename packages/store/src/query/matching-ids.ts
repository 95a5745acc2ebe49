import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { compileImages, compileObjects } from './compile.ts';

/**
 * The images or objects that match a query.
 *
 * @param ids only of these; of all where left out
 * @throws StoreError `bad-query`
 */
export async function matchingIds(
  store: Store,
  datasetId: number,
  { query = '', of, ids }: { query?: string; of: 'images' | 'objects'; ids?: readonly number[] },
): Promise<number[]> {
  const db = databaseOf(store);
  const isWanted = (column: string) =>
    ids === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...ids]}::bigint[])`;
  const { rows } = await (of === 'images'
    ? sql<{ id: number }>`
        select image.image_id as id from image
        where ${await compileImages(db, datasetId, query)} and ${isWanted('image.image_id')}`
    : sql<{ id: number }>`
        select a.annotation_id as id from annotation a
          join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
        where ${await compileObjects(db, datasetId, query)} and ${isWanted('a.annotation_id')}`
  ).execute(db);
  return rows.map(({ id }) => id);
}
