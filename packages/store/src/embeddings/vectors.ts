// Vectors of pictures, by the files of the models that made them.

import { normalised, type Vectors, vectorsOf } from '@migaki/embeddings';
import { type RawBuilder, sql } from 'kysely';
import {
  type Database,
  type DatabaseTransaction,
  databaseOf,
  type Store,
} from '../database/store.ts';

export interface UnseenImage {
  imageId: number;
  fileName: string;
  /** Of the picture, in hexadecimal. */
  sha256: string;
}

/** Of each picture of a dataset that a model has not seen yet one image, in the order of their ids. */
export async function unseenImages(
  store: Store,
  datasetId: number,
  modelSha256: string,
): Promise<UnseenImage[]> {
  const { rows } = await sql<UnseenImage>`
    select min(image.image_id) as "imageId", min(image.file_name) as "fileName",
      encode(image.sha256, 'hex') as sha256
    from image
    where image.dataset_id = ${datasetId} and not image.is_deleted and image.sha256 is not null
      and not exists (
        select from embedding e
        where e.model_sha256 = ${bytesOf(modelSha256)} and e.picture_sha256 = image.sha256)
    group by image.sha256 order by 1`.execute(databaseOf(store));
  return rows;
}

export interface SeenPicture {
  /** Of the picture, in hexadecimal. */
  readonly sha256: string;
  readonly vector: Float32Array;
  /** 0 to 1; left out where it was not asked, or the model does not say. */
  readonly uncertainty?: number;
}

/**
 * Keeps what a model sees in pictures, each once. Of one that it has seen before only how unsure it is can be new.
 *
 * @param beforeCommit what else is to be kept, or not, together with it
 */
export async function putVectors(
  store: Store,
  modelSha256: string,
  seen: readonly SeenPicture[],
  beforeCommit: (transaction: DatabaseTransaction) => Promise<void> = async () => {},
): Promise<void> {
  if (seen.length === 0) return;
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await insertVectors(transaction, modelSha256, seen);
      await beforeCommit(transaction);
    });
}

async function insertVectors(
  transaction: DatabaseTransaction,
  modelSha256: string,
  seen: readonly SeenPicture[],
): Promise<void> {
  await sql`
    insert into embedding (model_sha256, picture_sha256, vector, uncertainty)
    values ${sql.join(
      seen.map(
        ({ sha256, vector, uncertainty = null }) =>
          sql`(${bytesOf(modelSha256)}, ${bytesOf(sha256)}, ${bufferOf(vector)}, ${uncertainty}::float4)`,
      ),
    )}
    on conflict (model_sha256, picture_sha256)
      do update set uncertainty = coalesce(excluded.uncertainty, embedding.uncertainty)`.execute(
    transaction,
  );
}

/** How unsure a model is of the images of a dataset, 0 to 1, of which it was asked. */
export async function uncertaintiesOf(
  store: Store,
  datasetId: number,
  modelSha256: string,
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; uncertainty: number }>`
    select image.image_id as id, e.uncertainty
    from image join embedding e
      on e.model_sha256 = ${bytesOf(modelSha256)} and e.picture_sha256 = image.sha256
    where image.dataset_id = ${datasetId} and not image.is_deleted and e.uncertainty is not null`.execute(
    databaseOf(store),
  );
  return new Map(rows.map(({ id, uncertainty }) => [id, uncertainty]));
}

/** Forgets what models saw of which no version is there any more. */
export async function forgetVectorsOfDeletedModels(store: Store): Promise<void> {
  await sql`
    delete from embedding e
    where not exists (select from model_version v where v.sha256 = e.model_sha256)`.execute(
    databaseOf(store),
  );
}

export interface SeenVectors {
  /** Of images or objects, by row, ascending. */
  readonly ids: Float64Array;
  /** Of length 1, seen from their mean. */
  readonly vectors: Vectors;
}

/** Those of all images of a dataset that a model has seen. */
export const datasetVectors = (
  store: Store,
  datasetId: number,
  modelSha256: string,
): Promise<SeenVectors> => vectorsOfDataset(databaseOf(store), datasetId, modelSha256);

/** As `datasetVectors`. */
export async function vectorsOfDataset(
  database: Database,
  datasetId: number,
  modelSha256: string,
): Promise<SeenVectors> {
  const { rows, values, dimensions } = await vectorRows(
    database,
    (after, most) => sql`
      select image.image_id as id, e.vector
      from image join embedding e
        on e.model_sha256 = ${bytesOf(modelSha256)} and e.picture_sha256 = image.sha256
      where image.dataset_id = ${datasetId} and not image.is_deleted and image.image_id > ${after}
      order by image.image_id limit ${most}`,
  );
  return {
    ids: Float64Array.from(rows, ({ id }) => id),
    vectors: normalised(vectorsOf(values, dimensions)),
  };
}

/** Rows of one statement: what comes is read as text, twice as long. */
const rowsAtOnce = 4000;

/** Vectors of one length as one block, and what stands beside them. */
export async function vectorRows<Beside>(
  database: Database,
  page: (after: number, most: number) => RawBuilder<unknown>,
): Promise<{
  rows: ({ id: number; vector: Buffer } & Beside)[];
  /** [rows, dimensions] */
  values: Float32Array;
  dimensions: number;
}> {
  type Row = { id: number; vector: Buffer } & Beside;
  const parts: Row[][] = [];
  for (let after = -1; ; ) {
    const { rows } = await (page(after, rowsAtOnce) as RawBuilder<Row>).execute(database);
    if (rows.length === 0) break;
    parts.push(rows);
    after = rows.at(-1)!.id;
  }
  const rows = parts.flat();
  const byteLength = rows[0]?.vector.length ?? 0;
  const bytes = new Uint8Array(rows.length * byteLength);
  for (const [i, { vector }] of rows.entries()) bytes.set(vector, i * byteLength);
  return { rows, values: new Float32Array(bytes.buffer), dimensions: byteLength / 4 };
}

const bytesOf = (sha256: string): Buffer => Buffer.from(sha256, 'hex');

export const bufferOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
