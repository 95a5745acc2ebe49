import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { createDataset } from '../datasets/dataset.ts';
import { imageNeighbours, imagePage } from '../query/image-page.ts';
import { testStore } from '../testing/test-store.ts';
import { getEmbeddings, type ImageEmbedding, replaceEmbeddings } from './dataset-embeddings.ts';
import { embeddingMap } from './embedding-map.ts';
import { similarImages } from './similar.ts';
import { datasetVectors, putVectors, uncertaintiesOf, unseenImages } from './vectors.ts';

const author = 'ada';
const model = 'aa'.repeat(32);
const made = {
  model: { modelId: 1, name: 'cells', version: 2 },
  modelSha256: model,
  dimensions: 3,
};
const hashOf = (n: number) => n.toString(16).padStart(64, '0');

let store: Store;
let datasetId: number;

/** Pictures 1 to 6; 4 has the same file as 3. */
before(async () => {
  store = await testStore();
  ({ id: datasetId } = await createDataset(store, { name: 'seen' }));
  const images = [1, 2, 3, 4, 5, 6].map((id) => ({
    id,
    file_name: `${id}.jpg`,
    width: 8,
    height: 8,
  }));
  await importCoco(
    store,
    datasetId,
    batchesOf({
      images,
      categories: [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
      annotations: [1, 2, 2].map((category_id, i) => ({ id: i + 1, image_id: 1, category_id })),
    }),
    { author },
  );
  for (const { id } of images) {
    await databaseOf(store)
      .updateTable('image')
      .set({ sha256: Buffer.from(hashOf(id === 4 ? 3 : id), 'hex') })
      .where('image_id', '=', id)
      .execute();
  }
});

/** Those of 1 to 5 have the mean 0. The less alike to 5, the less the number. */
const vectors: Record<number, number[]> = {
  1: [-2, -2.4, 0],
  2: [-0.6, 1.2, 0],
  3: [0.8, 0.6, 0],
  5: [1, 0, 0],
};
const vectorOf = (n: number) => Float32Array.from(vectors[n]);
const ids = async (query: string, sort = 'added') =>
  (await imagePage(store, datasetId, { query, sort })).images.map(({ imageId }) => imageId);
const embeddingOf = (imageId: number): ImageEmbedding => ({
  imageId,
  nearest: imageId / 10,
  outlier: 1 / imageId,
  duplicateGroup: imageId === 3 || imageId === 4 ? 3 : imageId === 1 || imageId === 6 ? 1 : null,
  duplicateCount: [1, 3, 4, 6].includes(imageId) ? 1 : 0,
  x: imageId / 10,
  y: 0.5,
});

test('without embeddings, likeness is refused with what to do', async () => {
  assert.equal(await getEmbeddings(store, datasetId), null);
  await assert.rejects(ids('similar:1'), {
    code: 'bad-query',
    message: /expected embeddings of the dataset, found none/,
  });
});

test('a picture is seen once, in however many images it is', async () => {
  const unseen = await unseenImages(store, datasetId, model);
  assert.deepEqual(
    unseen.map(({ imageId }) => imageId),
    [1, 2, 3, 5, 6],
  );
  await putVectors(
    store,
    model,
    unseen.slice(0, 4).map(({ sha256, imageId }) => ({ sha256, vector: vectorOf(imageId) })),
  );
  await putVectors(store, model, [{ sha256: hashOf(1), vector: vectorOf(2) }]);
  assert.deepEqual(
    (await unseenImages(store, datasetId, model)).map(({ imageId }) => imageId),
    [6],
  );
  const { ids: imageIds, vectors } = await datasetVectors(store, datasetId, model);
  assert.deepEqual([...imageIds], [1, 2, 3, 4, 5]);
  assert.deepEqual([vectors.count, vectors.dimensions], [5, 3]);
  assert.deepEqual(vectors.values.slice(6, 9), vectors.values.slice(9, 12));
});

test('how unsure a model is of a picture is kept where it was asked, and stays', async () => {
  const uncertainties = () => uncertaintiesOf(store, datasetId, model);
  assert.equal((await uncertainties()).size, 0);
  await putVectors(store, model, [
    { sha256: hashOf(3), vector: vectorOf(3), uncertainty: 0.25 },
    { sha256: hashOf(1), vector: vectorOf(1) },
  ]);
  await putVectors(store, model, [{ sha256: hashOf(3), vector: vectorOf(3) }]);
  assert.deepEqual([...(await uncertainties())].sort(), [
    [3, 0.25],
    [4, 0.25],
  ]);
});

test('what is alike is found, ordered, leafed through, and not among what is left out', async () => {
  await replaceEmbeddings(store, datasetId, made, [1, 2, 3, 4, 5].map(embeddingOf));
  const found = await getEmbeddings(store, datasetId);
  assert.deepEqual([found?.unseenCount, found?.duplicateCount], [1, 3]);
  const [itself, ...others] = await similarImages(store, datasetId, 3, 2);
  assert.deepEqual([itself, others[0].imageId], [{ imageId: 3, similarity: 1 }, 4]);
  assert.ok(others[0].similarity > 0.999 && others.length === 2);
  assert.deepEqual((await ids('similar:5', 'similar')).slice(0, 2), [5, 3]);
  assert.deepEqual(await ids('similar:5 -id:3', 'similar'), [5, 4, 2, 1]);
  const options = { query: 'similar:5 -id:3', sort: 'similar' };
  assert.deepEqual(await imageNeighbours(store, datasetId, 4, options), {
    previousId: 5,
    nextId: 2,
    position: 1,
    total: 4,
  });
  await assert.rejects(
    ids('similar:6'),
    /a picture that the model has seen, found one that it has not, image 6/,
  );
  await assert.rejects(ids('similar:cat'), /the id of a picture after similar/);
  await assert.rejects(ids('similar>3'), { code: 'bad-query' });
});

test('filters and orders of what follows of embeddings', async () => {
  assert.deepEqual(await ids('nearest>=0.4'), [4, 5]);
  assert.deepEqual(await ids('duplicates>0', 'duplicates'), [1, 3, 4]);
  assert.deepEqual(await ids('', 'duplicates'), [1, 3, 4, 2, 5, 6]);
  assert.deepEqual(await ids('', '-outlier'), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await ids('outlier<0.4', 'outlier'), [5, 4, 3]);
  assert.deepEqual(await ids('within:"0.15 0;0.35 0;0.35 1;0.15 1"'), [2, 3]);
  await assert.rejects(ids('within:"0 0;1 0"'), /three or more corners/);
});

test('a list that somebody has seen is another after the next job', async () => {
  assert.deepEqual(await ids('duplicates>0'), [1, 3, 4]);
  const position = { query: 'duplicates>0', position: 0 };
  assert.equal((await imagePage(store, datasetId, position)).images.length, 3);
  await putVectors(store, model, [{ sha256: hashOf(6), vector: vectorOf(1) }]);
  await replaceEmbeddings(store, datasetId, made, [1, 2, 3, 4, 5, 6].map(embeddingOf));
  assert.equal((await imagePage(store, datasetId, position)).images.length, 4);
  assert.deepEqual((await ids('similar:6', 'similar')).slice(0, 2), [6, 1]);
  assert.equal((await getEmbeddings(store, datasetId))?.unseenCount, 0);
});

test('the map has every image that was seen, with what it can be coloured by', async () => {
  const map = await embeddingMap(store, datasetId, 'id<3');
  assert.deepEqual(map.imageIds, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(map.x.slice(0, 2), [1000, 2000]);
  assert.deepEqual(map.isMatching, [true, true, false, false, false, false]);
  assert.deepEqual(map.categoryIds, [2, null, null, null, null, null]);
});
