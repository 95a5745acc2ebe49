import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { datasetNotFound } from '../datasets/revise.ts';
import { StoreError } from '../store-error.ts';

/** A stretch of active work on one picture. */
export interface WorkStretch {
  /** The session's own, counting up: what is told again under it is kept once. */
  counter: number;
  /** When it ended. */
  at: Date;
  imageId: number;
  millis: number;
  /** What of it went into which objects. */
  objects: readonly { annotationId: number; millis: number }[];
}

/**
 * Keeps how long somebody worked. It is no change of the dataset, and takes no revision.
 *
 * @param sessionId UUID of whatever counts the stretches: a tab, a program
 * @returns how many of them are new
 * @throws StoreError `dataset-not-found`, `image-not-found`; then none is kept
 * @example
 * await addWorkTime(store, 1, { sessionId, author: 'ada',
 *   stretches: [{ counter: 0, at: new Date(), imageId: 7, millis: 12_500, objects: [] }] });
 */
export async function addWorkTime(
  store: Store,
  datasetId: number,
  {
    sessionId,
    author,
    stretches,
  }: { sessionId: string; author: string; stretches: readonly WorkStretch[] },
): Promise<number> {
  const rows = stretches.map(({ counter, at, imageId, millis }) => ({
    counter,
    at,
    image_id: imageId,
    millis: Math.round(millis),
  }));
  const parts = stretches.flatMap(({ counter, objects }) =>
    objects.map(({ annotationId, millis }) => ({
      counter,
      annotation_id: annotationId,
      millis: Math.round(millis),
    })),
  );
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await requireImages(
        transaction,
        datasetId,
        rows.map(({ image_id }) => image_id),
      );
      const { rows: counted } = await sql<{ count: number }>`
        with added as (
          insert into work_time (dataset_id, session_id, counter, image_id, author, at, millis)
          select distinct on (counter) ${datasetId}::int, ${sessionId}::uuid, counter, image_id,
            ${author}::text, at, millis
          from jsonb_to_recordset(${encodeJson(rows)}::jsonb)
            as told (counter int, image_id bigint, at timestamptz, millis int)
          on conflict do nothing
          returning counter
        ), parts as (
          insert into work_time_object (dataset_id, session_id, counter, annotation_id, millis)
          select ${datasetId}::int, ${sessionId}::uuid, counter, annotation_id, sum(millis)
          from jsonb_to_recordset(${encodeJson(parts)}::jsonb)
              as told (counter int, annotation_id bigint, millis int)
            join added using (counter)
          group by counter, annotation_id
        )
        select count(*) as count from added`.execute(transaction);
      return counted[0].count;
    });
}

async function requireImages(
  database: Database,
  datasetId: number,
  imageIds: readonly number[],
): Promise<void> {
  const { rows } = await sql<{ isThere: boolean; imageId: number | null }>`
    select
      exists (select 1 from dataset where id = ${datasetId} and deleted_at is null) as "isThere",
      (select wanted from unnest(${[...imageIds]}::bigint[]) as wanted
        where not exists (
          select 1 from image where dataset_id = ${datasetId} and image_id = wanted)
        limit 1) as "imageId"`.execute(database);
  const [{ isThere, imageId }] = rows;
  if (!isThere) throw await datasetNotFound(database, datasetId);
  if (imageId === null) return;
  throw new StoreError('image-not-found', {
    expected: phrase`the ids of images of the dataset`,
    found: String(imageId),
  });
}
