// Which pictures, or objects, of a dataset a model takes for the most alike: looked for among all, in memory.

import { type Phrase, phrase } from '@migaki/coco';
import { nearest, rowOf } from '@migaki/embeddings';
import { sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { recentAnswers } from '../query/recent.ts';
import { StoreError } from '../store-error.ts';
import { vectorsOfObjects } from './object-vectors.ts';
import { type SeenVectors, vectorsOfDataset } from './vectors.ts';

interface Similar {
  id: number;
  /** Cosine of the angle between the two embeddings, −1 to 1. */
  similarity: number;
}

/** What is compared: where it is written by which model, what that saw, and what is said where there is none. */
const compared = {
  images: {
    table: 'dataset_embedding',
    vectorsOf: vectorsOfDataset,
    wanted: phrase`embeddings of the dataset`,
    seen: phrase`a picture that the model has seen`,
    unseen: (id: number) => phrase`one that it has not, image ${id}`,
    advice: phrase`Let a model see the pictures: Map, or migaki embeddings.`,
  },
  objects: {
    table: 'dataset_object_embedding',
    vectorsOf: vectorsOfObjects,
    wanted: phrase`embeddings of the objects`,
    seen: phrase`an object that the model has seen`,
    unseen: (id: number) => phrase`one that it has not, object ${id}`,
    advice: phrase`Let a model see the objects: Compare the objects, or migaki embeddings --objects.`,
  },
} as const satisfies Record<string, Compared>;

interface Compared {
  table: string;
  vectorsOf: (database: Database, datasetId: number, modelSha256: string) => Promise<SeenVectors>;
  wanted: Phrase;
  seen: Phrase;
  unseen: (id: number) => Phrase;
  advice: Phrase;
}

export type ComparedKind = keyof typeof compared;

/** 100,000 vectors of 256 numbers take 100 MB. */
const mostDatasets = 2;
const vectorsAsOf = recentAnswers<SeenVectors>(mostDatasets);
/** A view asks for its list, its order, its counts. */
const similarAsOf = recentAnswers<Similar[]>(50);

/**
 * The most similar first, and before them the image itself.
 *
 * @throws StoreError `bad-query` where nobody has asked for those of the dataset, or the picture came later
 * @example
 * const [itself, mostAlike] = await similarImages(store, 1, 7, 100);
 */
export async function similarImages(
  store: Store,
  datasetId: number,
  imageId: number,
  most: number,
): Promise<{ imageId: number; similarity: number }[]> {
  const found = await similarIn(databaseOf(store), 'images', datasetId, imageId, most);
  return found.map(({ id, similarity }) => ({ imageId: id, similarity }));
}

/** As `similarImages`, of the places where objects lie. */
export async function similarObjects(
  store: Store,
  datasetId: number,
  annotationId: number,
  most: number,
): Promise<{ annotationId: number; similarity: number }[]> {
  const found = await similarIn(databaseOf(store), 'objects', datasetId, annotationId, most);
  return found.map(({ id, similarity }) => ({ annotationId: id, similarity }));
}

/** As `similarImages`. */
export async function similarIn(
  database: Database,
  kind: ComparedKind,
  datasetId: number,
  id: number,
  most: number,
): Promise<Similar[]> {
  const { table, vectorsOf, wanted, advice } = compared[kind];
  const { rows } = await sql<{ key: string; modelSha256: string }>`
    select concat_ws(' ', d.tableoid, d.number, d.made_at) as key,
      d.model_hash as "modelSha256"
    from ${sql.table(table)} d where d.dataset_id = ${datasetId}`.execute(database);
  if (rows.length === 0) {
    throw new StoreError('bad-query', { expected: wanted, found: phrase`none`, advice });
  }
  const [{ key, modelSha256 }] = rows;
  return similarAsOf(`${key} ${id} ${most}`, async () =>
    mostAlike(
      kind,
      await vectorsAsOf(key, () => vectorsOf(database, datasetId, modelSha256)),
      id,
      most,
    ),
  );
}

function mostAlike(
  kind: ComparedKind,
  { ids, vectors }: SeenVectors,
  id: number,
  most: number,
): Similar[] {
  const row = ids.indexOf(id);
  if (row === -1) {
    const { seen, unseen, advice } = compared[kind];
    throw new StoreError('bad-query', { expected: seen, found: unseen(id), advice });
  }
  const { rows: found, cosines } = nearest(vectors, rowOf(vectors, row), most + 1);
  const others = [...found].flatMap((other, i) =>
    other === row ? [] : [{ id: ids[other], similarity: cosines[i] }],
  );
  return [{ id, similarity: 1 }, ...others.slice(0, most)];
}
