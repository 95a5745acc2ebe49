// How a dataset is seen: by which model, how far each picture is from the others, and where it stands on the map.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';

export interface DatasetEmbeddings {
  /** Another each time. */
  number: number;
  model: { modelId: number; name: string; version: number };
  /** Of the model's file. */
  modelSha256: string;
  dimensions: number;
  imageCount: number;
  /** Images with pictures that came, or whose picture changed, since. */
  unseenCount: number;
  /** Images that have near-duplicates. */
  duplicateCount: number;
  madeAt: Date;
}

/** Of one image; see the table `image_embedding`. */
export interface ImageEmbedding {
  imageId: number;
  nearest: number;
  outlier: number;
  duplicateGroup: number | null;
  duplicateCount: number;
  x: number;
  y: number;
}

export async function getEmbeddings(
  store: Store,
  datasetId: number,
): Promise<DatasetEmbeddings | null> {
  const { rows } = await sql<DatasetEmbeddings>`
    select d.number, d.model, d.model_hash as "modelSha256", d.dimensions,
      d.image_count as "imageCount", d.made_at as "madeAt",
      (select count(*) from image
        where image.dataset_id = d.dataset_id and not image.is_deleted and image.sha256 is not null
          and not exists (
            select from image_embedding e
            where e.dataset_id = image.dataset_id and e.image_id = image.image_id)
      ) as "unseenCount",
      (select count(*) from image_embedding e join image using (dataset_id, image_id)
        where e.dataset_id = d.dataset_id and e.duplicate_count > 0 and not image.is_deleted
      ) as "duplicateCount"
    from dataset_embedding d where d.dataset_id = ${datasetId}`.execute(databaseOf(store));
  return rows[0] ?? null;
}

/** Which embeddings a dataset has of its pictures and objects, for those who keep what followed of them. */
export async function embeddingsStamp(database: Database, datasetId: number): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('/',
      (select number from dataset_embedding where dataset_id = ${datasetId}),
      'objects',
      (select number from dataset_object_embedding where dataset_id = ${datasetId})
    ) as stamp`.execute(database);
  return rows[0].stamp;
}

const rowsPerStatement = 5000;

/** Replaces what was known of a dataset, all at once. */
export async function replaceEmbeddings(
  store: Store,
  datasetId: number,
  made: Pick<DatasetEmbeddings, 'model' | 'modelSha256' | 'dimensions'>,
  images: readonly ImageEmbedding[],
): Promise<void> {
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      for (const table of ['image_embedding', 'dataset_embedding'] as const) {
        await transaction.deleteFrom(table).where('dataset_id', '=', datasetId).execute();
      }
      for (let from = 0; from < images.length; from += rowsPerStatement) {
        await transaction
          .insertInto('image_embedding')
          .values(
            images.slice(from, from + rowsPerStatement).map((image) => ({
              dataset_id: datasetId,
              image_id: image.imageId,
              nearest: image.nearest,
              outlier: image.outlier,
              duplicate_group: image.duplicateGroup,
              duplicate_count: image.duplicateCount,
              x: image.x,
              y: image.y,
            })),
          )
          .execute();
      }
      await transaction
        .insertInto('dataset_embedding')
        .values({
          dataset_id: datasetId,
          model_hash: made.modelSha256,
          model: encodeJson(made.model),
          dimensions: made.dimensions,
          image_count: images.length,
          made_at: new Date(),
        })
        .execute();
    });
}
