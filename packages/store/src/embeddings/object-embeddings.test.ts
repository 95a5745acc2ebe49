import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { createDataset } from '../datasets/dataset.ts';
import { imagePage } from '../query/image-page.ts';
import { countObjects, objectPage } from '../query/object-page.ts';
import { testStore } from '../testing/test-store.ts';
import { getObjectEmbeddings, replaceObjectEmbeddings } from './object-embeddings.ts';
import {
  datasetObjectVectors,
  forgetVectorsOfDeletedObjects,
  putObjectVectors,
  unseenObjects,
} from './object-vectors.ts';
import { similarObjects } from './similar.ts';

const author = 'ada';
const model = 'aa'.repeat(32);
const made = {
  model: { modelId: 1, name: 'cells', version: 2 },
  modelSha256: model,
  dimensions: 2,
};

let store: Store;
let datasetId: number;

/** Objects 1 to 3 on picture 1, 4 and 5 on picture 2; 6 is a crowd, 7 says something of all of picture 2. */
before(async () => {
  store = await testStore();
  ({ id: datasetId } = await createDataset(store, { name: 'seen' }));
  const box = (id: number): [number, number, number, number] => [id, id, 3, 3];
  await importCoco(
    store,
    datasetId,
    batchesOf({
      images: [1, 2].map((id) => ({ id, file_name: `${id}.jpg`, width: 20, height: 20 })),
      categories: [{ id: 1, name: 'a' }],
      annotations: [
        ...[1, 2, 3].map((id) => ({ id, image_id: 1, category_id: 1, bbox: box(id) })),
        ...[4, 5].map((id) => ({ id, image_id: 2, category_id: 1, bbox: box(id) })),
        { id: 6, image_id: 2, category_id: 1, bbox: box(6), iscrowd: 1 },
        { id: 7, image_id: 2, category_id: 1 },
      ],
    }),
    { author },
  );
  for (const id of [1, 2]) {
    await databaseOf(store)
      .updateTable('image')
      .set({ sha256: Buffer.from(String(id).padStart(64, '0'), 'hex') })
      .where('image_id', '=', id)
      .execute();
  }
});

const unseenIds = async () =>
  (await unseenObjects(store, datasetId, model)).flatMap(({ annotationIds }) => annotationIds);

/** Looks at everything that is unseen: the less alike to 1, the greater the id. */
async function see() {
  for (const { sha256, annotationIds, boxes } of await unseenObjects(store, datasetId, model)) {
    await putObjectVectors(
      store,
      datasetId,
      model,
      annotationIds.map((annotationId, at) => ({
        annotationId,
        sha256,
        box: boxes[at],
        vector: Float32Array.of(Math.cos(annotationId / 2), Math.sin(annotationId / 2)),
      })),
    );
  }
  await forgetVectorsOfDeletedObjects(store, datasetId);
  const { ids } = await datasetObjectVectors(store, datasetId, model);
  const objects = [...ids].map((annotationId) => ({ annotationId, outlier: annotationId / 10 }));
  await replaceObjectEmbeddings(store, datasetId, made, objects);
  return [...ids];
}
const ids = async (query: string, sort?: string) =>
  (await objectPage(store, datasetId, { query, sort, position: 0 })).objects.map(
    ({ annotationId }) => annotationId,
  );

test('without embeddings of the objects, their likeness is refused with what to do', async () => {
  assert.equal(await getObjectEmbeddings(store, datasetId), null);
  await assert.rejects(ids('similarobject:1'), {
    code: 'bad-query',
    message: /expected embeddings of the objects, found none/,
  });
});

test('an object is seen where it lies; a crowd and what has no place are not', async () => {
  const [{ fileName, annotationIds, boxes }] = await unseenObjects(store, datasetId, model);
  assert.deepEqual([fileName, annotationIds], ['1.jpg', [1, 2, 3]]);
  assert.deepEqual(boxes[1], [2, 2, 3, 3]);
  assert.deepEqual(await see(), [1, 2, 3, 4, 5]);
  assert.deepEqual(await unseenIds(), []);
  const found = await getObjectEmbeddings(store, datasetId);
  assert.deepEqual([found?.objectCount, found?.unseenCount], [5, 0]);
});

test('what is alike is found and ordered, page by page, and of pictures that have it', async () => {
  const [itself, next] = await similarObjects(store, datasetId, 1, 2);
  assert.deepEqual([itself, next.annotationId], [{ annotationId: 1, similarity: 1 }, 2]);
  const all = await ids('similarobject:1', 'similar');
  assert.deepEqual(all.slice(0, 2), [1, 2]);
  assert.equal(all.length, 5);
  assert.deepEqual(
    await ids('similarobject:1 -annotation:2', 'similar'),
    all.filter((id) => id !== 2),
  );
  const first = await objectPage(store, datasetId, {
    query: 'similarobject:1',
    sort: 'similar',
    limit: 2,
  });
  const rest = await objectPage(store, datasetId, {
    query: 'similarobject:1',
    sort: 'similar',
    after: first.next!,
  });
  assert.deepEqual(
    [...first.objects, ...rest.objects].map(({ annotationId }) => annotationId),
    all,
  );
  const { images } = await imagePage(store, datasetId, { query: 'similarobject:1 id:2' });
  assert.equal(images.length, 1);
  await assert.rejects(ids('similarobject:7'), /one that it has not, object 7/);
  await assert.rejects(ids('similarobject:cat'), /the id of an annotation after similarobject/);
});

test('what is unlike its category is a filter and an order; what was not seen comes last', async () => {
  assert.deepEqual(await ids('objectoutlier>=0.4'), [4, 5]);
  assert.deepEqual((await ids('', '-outlier')).slice(0, 5), [5, 4, 3, 2, 1]);
  assert.deepEqual((await ids('', 'outlier')).slice(0, 5), [1, 2, 3, 4, 5]);
});

test('one that is moved is seen again, one that is given another category is not, one that is deleted is forgotten', async () => {
  assert.equal(await countObjects(store, datasetId, { query: 'objectoutlier>0' }), 5);
  await applyEdits(
    store,
    datasetId,
    [
      { do: 'change', annotationId: 2, fields: { bbox: [8, 8, 4, 4] } },
      { do: 'change', annotationId: 3, fields: { category_id: null } },
      { do: 'remove', annotationId: 5 },
    ],
    { author },
  );
  assert.deepEqual(await unseenIds(), [2]);
  assert.equal((await getObjectEmbeddings(store, datasetId))?.unseenCount, 1);
  // A list that somebody has seen is another after the next job.
  assert.equal(await countObjects(store, datasetId, { query: 'objectoutlier>0' }), 4);
  assert.deepEqual(await see(), [1, 2, 3, 4]);
  assert.equal((await getObjectEmbeddings(store, datasetId))?.objectCount, 4);
});
