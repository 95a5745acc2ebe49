import { type RawBuilder, sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { compileImages } from '../query/compile.ts';

/** What rows of work time are of. */
export const workUnits = ['image', 'object', 'day'] as const;
export type WorkUnit = (typeof workUnits)[number];

export interface WorkRow {
  user: string;
  /** The first and the last time. */
  from: Date;
  to: Date;
  millis: number;
  imageId: number | null;
  fileName: string | null;
  annotationId: number | null;
  categoryId: number | null;
}

/**
 * Work time row by row: of each user and image, of each user and object, or of each user and day (UTC).
 *
 * @throws StoreError `bad-query`
 */
export async function workRows(
  store: Store,
  datasetId: number,
  { query = '', by }: { query?: string; by: WorkUnit },
): Promise<WorkRow[]> {
  const db = databaseOf(store);
  const isMeant = await compileImages(db, datasetId, query);
  const spent = (millis: RawBuilder<unknown>) => sql`
    w.author as user, min(w.at) as "from", max(w.at) as "to", sum(${millis})::bigint as millis`;
  const stretches = sql`
    work_time w join image on image.dataset_id = w.dataset_id and image.image_id = w.image_id`;
  const queries: Record<WorkUnit, RawBuilder<WorkRow>> = {
    image: sql`
      select ${spent(sql`w.millis`)}, image.image_id as "imageId", image.file_name as "fileName",
        null as "annotationId", null as "categoryId"
      from ${stretches} where ${isMeant}
      group by w.author, image.image_id, image.file_name order by image.image_id, w.author`,
    object: sql`
      select ${spent(sql`o.millis`)}, image.image_id as "imageId", image.file_name as "fileName",
        o.annotation_id as "annotationId", (
          select a.category_id from annotation a
          where a.dataset_id = ${datasetId} and a.annotation_id = o.annotation_id
          order by a.row_id desc limit 1) as "categoryId"
      from ${stretches} join work_time_object o on o.dataset_id = w.dataset_id
        and o.session_id = w.session_id and o.counter = w.counter
      where ${isMeant}
      group by w.author, image.image_id, image.file_name, o.annotation_id
      order by o.annotation_id, w.author`,
    day: sql`
      select ${spent(sql`w.millis`)}, null as "imageId", null as "fileName", null as "annotationId",
        null as "categoryId"
      from ${stretches} where ${isMeant}
      group by w.author, (w.at at time zone 'UTC')::date order by min(w.at), w.author`,
  };
  return (await queries[by].execute(db)).rows;
}
