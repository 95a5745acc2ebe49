// Categories over HTTP: what the page of categories does.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { testWorkbench } from '../testing/test-workbench.ts';

const { client, importCells } = await testWorkbench();
let datasetId = 0;

before(async () => {
  datasetId = await importCells();
});

const at = () => ({ params: { datasetId } });
const of = (categoryId: number) => ({ params: { datasetId, categoryId } });
const categories = async () => (await client.getDataset(at())).categories;
const undo = (revision: number) =>
  client.undoRevision({ params: { datasetId, revision }, body: { key: crypto.randomUUID() } });

test('what a change of a category leaves out stays: it was taken away once', async () => {
  const pose = {
    keypoints: ['nose', 'left eye', 'right eye'],
    skeleton: [[1, 2] as [number, number], [1, 3] as [number, number]],
    flipIndex: [0, 2, 1],
    keypointPositions: [
      [0.5, 0.5],
      [0.4, 0.4],
      [0.6, 0.4],
    ] as [number, number][],
  };
  const { id, revision, ...added } = await client.addCategory({
    ...at(),
    body: { name: 'face', color: '#112233', supercategory: 'person', ...pose },
  });
  const counts = { imageCount: 0, objectCount: 0 };
  const face = { name: 'face', color: '#112233', supercategory: 'person', ...pose, ...counts };
  assert.deepEqual(added, face);
  const renamed = await client.changeCategory({ ...of(id), body: { name: 'head' } });
  assert.deepEqual({ ...renamed, revision }, { id, ...face, name: 'head', revision });
  const bare = {
    color: null,
    keypoints: null,
    skeleton: null,
    flipIndex: null,
    keypointPositions: null,
  };
  const { color, keypoints, flipIndex, supercategory } = await client.changeCategory({
    ...of(id),
    body: bare,
  });
  assert.deepEqual([color, keypoints, flipIndex, supercategory], [null, null, null, 'person']);
});

test('categories are merged, deleted and put in order, and each can be taken back', async () => {
  const before = await categories();
  const [rbc, wbc, platelets, face] = before.map(({ id }) => id);
  const merged = await client.mergeCategories({ ...of(rbc), body: { from: [wbc, platelets] } });
  assert.equal(merged.objectCount, before[1].objectCount + before[2].objectCount);
  assert.equal((await categories())[0].objectCount, before[0].objectCount + merged.objectCount);
  await undo(merged.revision);
  assert.deepEqual(await categories(), before);

  const refused = client.deleteCategory({ ...of(rbc), query: {} });
  await assert.rejects(refused, { code: 'category-in-use', status: 409 });
  const deleted = await client.deleteCategory({ ...of(rbc), query: { objects: 'delete' } });
  assert.equal(deleted.objectCount, before[0].objectCount);
  await undo(deleted.revision);
  assert.deepEqual(await categories(), before);

  const body = { categoryIds: [face, platelets] };
  const ordered = await client.orderCategories({ ...at(), body });
  const order = (await categories()).map(({ id }) => id);
  assert.deepEqual(order, [face, platelets, rbc, wbc]);
  assert.deepEqual(await client.orderCategories({ ...at(), body }), ordered, 'nothing to do');
  await undo(ordered.revision);
  assert.deepEqual(await categories(), before);
});

test('statistics count what the grid then finds', async () => {
  const { pairs, objectsPerImage } = await client.getStatistics({ ...at(), query: {} });
  const names = new Map((await categories()).map(({ id, name }) => [id, name]));
  const countOf = async (q: string) =>
    (await client.listImages({ ...at(), query: { q, limit: 1 } })).total;
  assert.ok(pairs.length > 0 && objectsPerImage.length > 1);
  for (const { a, b, imageCount } of pairs) {
    const both = `category:${names.get(a)} category:${names.get(b)}`;
    assert.equal(await countOf(both), imageCount, both);
  }
  for (const { from, to, count } of objectsPerImage) {
    assert.equal(await countOf(`count>=${from} count<${to}`), count, `${from} to ${to}`);
  }
});
