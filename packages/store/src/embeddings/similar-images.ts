// Which pictures of a dataset a model takes for the most alike: looked for among all, in memory.

import { phrase } from '@migaki/coco';
import { nearest, rowOf } from '@migaki/embeddings';
import { sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { recentAnswers } from '../query/recent.ts';
import { StoreError } from '../store-error.ts';
import { type ImageVectors, vectorsOfDataset } from './vectors.ts';

export interface SimilarImage {
  imageId: number;
  /** Cosine of the angle between the two embeddings, −1 to 1. */
  similarity: number;
}

/** 100,000 vectors of 256 numbers take 100 MB. */
const mostDatasets = 2;
const vectorsAsOf = recentAnswers<ImageVectors>(mostDatasets);
/** A view asks for its list, its order, its counts. */
const similarAsOf = recentAnswers<SimilarImage[]>(50);

/**
 * The most similar first, and before them the image itself.
 *
 * @throws StoreError `bad-query` where nobody has asked for those of the dataset, or the picture came later
 * @example
 * const [itself, mostAlike] = await similarImages(store, 1, 7, 100);
 */
export const similarImages = (
  store: Store,
  datasetId: number,
  imageId: number,
  most: number,
): Promise<SimilarImage[]> => similarIn(databaseOf(store), datasetId, imageId, most);

/** As `similarImages`. */
export async function similarIn(
  database: Database,
  datasetId: number,
  imageId: number,
  most: number,
): Promise<SimilarImage[]> {
  const { rows } = await sql<{ key: string; modelSha256: string }>`
    select concat_ws(' ', d.tableoid, d.number, d.made_at) as key,
      d.model_hash as "modelSha256"
    from dataset_embedding d where d.dataset_id = ${datasetId}`.execute(database);
  if (rows.length === 0) throw noEmbeddings(phrase`embeddings of the dataset`, phrase`none`);
  const [{ key, modelSha256 }] = rows;
  return similarAsOf(`${key} ${imageId} ${most}`, async () =>
    mostAlike(
      await vectorsAsOf(key, () => vectorsOfDataset(database, datasetId, modelSha256)),
      imageId,
      most,
    ),
  );
}

function mostAlike(
  { imageIds, vectors }: ImageVectors,
  imageId: number,
  most: number,
): SimilarImage[] {
  const row = imageIds.indexOf(imageId);
  if (row === -1) {
    throw noEmbeddings(
      phrase`a picture that the model has seen`,
      phrase`one that it has not, image ${imageId}`,
    );
  }
  const { rows: found, cosines } = nearest(vectors, rowOf(vectors, row), most + 1);
  const others = [...found].flatMap((other, i) =>
    other === row ? [] : [{ imageId: imageIds[other], similarity: cosines[i] }],
  );
  return [{ imageId, similarity: 1 }, ...others.slice(0, most)];
}

const noEmbeddings = (
  expected: ReturnType<typeof phrase>,
  found: ReturnType<typeof phrase>,
): StoreError =>
  new StoreError('bad-query', {
    expected,
    found,
    advice: phrase`Let a model see the pictures: Map, or migaki embeddings.`,
  });
