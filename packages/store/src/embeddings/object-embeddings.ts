// How the objects of a dataset are seen: by which model, and how unlike each is to the others of its category.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { databaseOf, type Store } from '../database/store.ts';
import type { DatasetEmbeddings } from './dataset-embeddings.ts';
import { isLookedAt, isSeenAsItIs } from './object-vectors.ts';

export interface DatasetObjectEmbeddings
  extends Pick<
    DatasetEmbeddings,
    'number' | 'model' | 'modelSha256' | 'dimensions' | 'unseenCount' | 'madeAt'
  > {
  objectCount: number;
}

/** Of one object; see the table `object_embedding`. */
export interface ObjectEmbedding {
  annotationId: number;
  outlier: number;
}

/** `unseenCount`: objects that came, or were moved, since. */
export async function getObjectEmbeddings(
  store: Store,
  datasetId: number,
): Promise<DatasetObjectEmbeddings | null> {
  const { rows } = await sql<DatasetObjectEmbeddings>`
    select d.number, d.model, d.model_hash as "modelSha256", d.dimensions,
      d.object_count as "objectCount", d.made_at as "madeAt",
      (select count(*) from annotation a join image using (dataset_id, image_id)
        where a.dataset_id = d.dataset_id and ${isLookedAt}
          and not ${isSeenAsItIs(sql`d.model_hash`)}) as "unseenCount"
    from dataset_object_embedding d where d.dataset_id = ${datasetId}`.execute(databaseOf(store));
  return rows[0] ?? null;
}

const rowsPerStatement = 5000;

/** Replaces what was known of the objects of a dataset, all at once, and forgets what other models saw in them. */
export async function replaceObjectEmbeddings(
  store: Store,
  datasetId: number,
  made: Pick<DatasetObjectEmbeddings, 'model' | 'modelSha256' | 'dimensions'>,
  objects: readonly ObjectEmbedding[],
): Promise<void> {
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      for (const table of ['object_embedding', 'dataset_object_embedding'] as const) {
        await transaction.deleteFrom(table).where('dataset_id', '=', datasetId).execute();
      }
      for (let from = 0; from < objects.length; from += rowsPerStatement) {
        const values = objects
          .slice(from, from + rowsPerStatement)
          .map(({ annotationId, outlier }) => ({
            dataset_id: datasetId,
            annotation_id: annotationId,
            outlier,
          }));
        await transaction.insertInto('object_embedding').values(values).execute();
      }
      await transaction
        .insertInto('dataset_object_embedding')
        .values({
          dataset_id: datasetId,
          model_hash: made.modelSha256,
          model: encodeJson(made.model),
          dimensions: made.dimensions,
          object_count: objects.length,
          made_at: new Date(),
        })
        .execute();
      await sql`
        delete from object_vector
        where dataset_id = ${datasetId} and model_hash <> ${made.modelSha256}`.execute(transaction);
    });
}
