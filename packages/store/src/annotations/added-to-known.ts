import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';

export interface AddedToKnown {
  annotationCount: number;
  /** Images that got any of them. */
  imageCount: number;
}

/** Of the annotations that these revisions added those on images that other revisions had brought. */
export async function countAddedToKnown(
  store: Store,
  datasetId: number,
  revisions: readonly number[],
): Promise<AddedToKnown> {
  const own = sql`${[...revisions]}::bigint[]`;
  const { rows } = await sql<AddedToKnown>`
    select count(*) as "annotationCount", count(distinct image_id) as "imageCount"
    from annotation a join image using (dataset_id, image_id)
    where dataset_id = ${datasetId} and a.born = any(${own}) and image.added_revision <> all(${own})`.execute(
    databaseOf(store),
  );
  return rows[0];
}
