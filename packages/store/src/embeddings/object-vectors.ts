// Vectors of objects: what a model sees in a picture where the box of one lies.

import { normalised, vectorsOf } from '@migaki/embeddings';
import { type RawBuilder, sql } from 'kysely';
import {
  type Database,
  type DatabaseTransaction,
  databaseOf,
  type Store,
} from '../database/store.ts';
import { bufferOf, type SeenVectors, vectorRows } from './vectors.ts';

/** Left, top, width, height; pixels of the picture. */
type Box = [x: number, y: number, width: number, height: number];

export interface UnseenObjects {
  imageId: number;
  fileName: string;
  /** Of the picture, in hexadecimal. */
  sha256: string;
  annotationIds: number[];
  /** By annotation. */
  boxes: Box[];
}

/** SQL: whether a model looks at the object `a` on `image` at all: it has a place, and nobody has rejected it. */
export const isLookedAt = sql<boolean>`(
  a.retired is null and a.state <> 'rejected' and a.iscrowd is distinct from 1
  and a.bbox_x is not null and not image.is_deleted and image.sha256 is not null)`;

const boxOf = sql`array[a.bbox_x, a.bbox_y, a.bbox_width, a.bbox_height]::float8[]`;

/** SQL: whether a model has seen the object `a` on `image` where it lies now. */
export const isSeenAsItIs = (modelSha256: RawBuilder<unknown>) => sql<boolean>`exists (
  select from object_vector v
  where v.dataset_id = a.dataset_id and v.model_hash = ${modelSha256}
    and v.annotation_id = a.annotation_id
    and v.picture_hash = encode(image.sha256, 'hex') and v.box = ${boxOf})`;

/** The objects of a dataset that a model has not seen as they are, picture by picture in the order of their ids. */
export async function unseenObjects(
  store: Store,
  datasetId: number,
  modelSha256: string,
): Promise<UnseenObjects[]> {
  const { rows } = await sql<UnseenObjects>`
    select image.image_id as "imageId", image.file_name as "fileName",
      encode(image.sha256, 'hex') as sha256,
      json_agg(a.annotation_id order by a.annotation_id) as "annotationIds",
      json_agg(${boxOf} order by a.annotation_id) as boxes
    from annotation a join image using (dataset_id, image_id)
    where a.dataset_id = ${datasetId} and ${isLookedAt} and not ${isSeenAsItIs(sql`${modelSha256}`)}
    group by image.image_id, image.file_name, image.sha256
    order by image.image_id`.execute(databaseOf(store));
  return rows;
}

export interface SeenObject {
  readonly annotationId: number;
  /** Of the picture that it was seen in, in hexadecimal. */
  readonly sha256: string;
  readonly box: Readonly<Box>;
  readonly vector: Float32Array;
}

/**
 * Keeps what a model sees in objects, in place of what it saw before they were moved.
 *
 * @param seen each object once
 * @param beforeCommit what else is to be kept, or not, together with it
 */
export async function putObjectVectors(
  store: Store,
  datasetId: number,
  modelSha256: string,
  seen: readonly SeenObject[],
  beforeCommit: (transaction: DatabaseTransaction) => Promise<void> = async () => {},
): Promise<void> {
  if (seen.length === 0) return;
  const values = seen.map(
    ({ annotationId, sha256, box, vector }) =>
      sql`(${datasetId}, ${modelSha256}, ${annotationId}, ${sha256}, ${[...box]}::float8[], ${bufferOf(vector)})`,
  );
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await sql`
        insert into object_vector (dataset_id, model_hash, annotation_id, picture_hash, box, vector)
        values ${sql.join(values)}
        on conflict (dataset_id, model_hash, annotation_id) do update
          set picture_hash = excluded.picture_hash, box = excluded.box, vector = excluded.vector`.execute(
        transaction,
      );
      await beforeCommit(transaction);
    });
}

/** Forgets what was seen of objects that are there no more. */
export async function forgetVectorsOfDeletedObjects(
  store: Store,
  datasetId: number,
): Promise<void> {
  await sql`
    delete from object_vector v
    where v.dataset_id = ${datasetId} and not exists (
      select from annotation a join image using (dataset_id, image_id)
      where a.dataset_id = v.dataset_id and a.annotation_id = v.annotation_id and ${isLookedAt})`.execute(
    databaseOf(store),
  );
}

export interface ObjectVectors extends SeenVectors {
  /** By row. */
  readonly categoryIds: readonly (number | null)[];
}

/** Those of all objects of a dataset that a model has seen, wherever they lay then. */
export const datasetObjectVectors = (
  store: Store,
  datasetId: number,
  modelSha256: string,
): Promise<ObjectVectors> => vectorsOfObjects(databaseOf(store), datasetId, modelSha256);

/** As `datasetObjectVectors`. */
export async function vectorsOfObjects(
  database: Database,
  datasetId: number,
  modelSha256: string,
): Promise<ObjectVectors> {
  const { rows, values, dimensions } = await vectorRows<{ category: number | null }>(
    database,
    (after, most) => sql`
      select a.annotation_id as id, a.category_id as category, v.vector
      from object_vector v
        join annotation a using (dataset_id, annotation_id)
        join image using (dataset_id, image_id)
      where v.dataset_id = ${datasetId} and v.model_hash = ${modelSha256} and ${isLookedAt}
        and v.annotation_id > ${after}
      order by v.annotation_id limit ${most}`,
  );
  return {
    ids: Float64Array.from(rows, ({ id }) => id),
    categoryIds: rows.map(({ category }) => category),
    vectors: normalised(vectorsOf(values, dimensions)),
  };
}
