import { sql } from 'kysely';
import type { Database } from '../database/store.ts';
import type { Stamp } from './stamp.ts';

interface ChangedImages {
  /** The state of the dataset in which it is these. */
  stamp: Stamp;
  /** Null where there are more than asked for. */
  imageIds: number[] | null;
  /** Whether categories changed, too: what a query says by their names may hold for any image then. */
  areCategoriesChanged: boolean;
}

/** The images of which anything changed after a revision: themselves, their fields, objects, comments. */
export async function changedImages(
  database: Database,
  datasetId: number,
  revision: number,
  limit: number,
): Promise<ChangedImages> {
  const since = (table: string, column: string) => sql`
    select image_id from ${sql.table(table)}
    where dataset_id = ${datasetId} and ${sql.ref(column)} > ${revision}`;
  const { rows } = await sql<Stamp & { ids: string | null; areCategoriesChanged: boolean }>`
    select revision, tableoid as table,
      exists (
        select 1 from category
        where dataset_id = ${datasetId} and (born > ${revision} or retired > ${revision})
      ) as "areCategoriesChanged",
      (select string_agg(image_id::text, ' ') from (
        ${since('annotation', 'born')} union ${since('annotation', 'retired')}
        union ${since('image_life', 'born')} union ${since('image_life', 'retired')}
        union ${since('image_history', 'revision')} union ${since('review_history', 'revision')}
        union ${since('comment', 'born')} union ${since('comment', 'retired')}
        limit ${limit + 1}
      ) as changed) as ids
    from dataset where id = ${datasetId}`.execute(database);
  const [{ ids, areCategoriesChanged, ...stamp }] = rows;
  const imageIds = ids?.split(' ').map(Number) ?? [];
  return { stamp, imageIds: imageIds.length > limit ? null : imageIds, areCategoriesChanged };
}
