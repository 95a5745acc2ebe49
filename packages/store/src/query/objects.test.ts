import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { getImage } from '../images/image.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { countObjects, objectPage } from './object-page.ts';
import { statistics } from './statistics.ts';

test('a window of objects starts at a position, and each object knows its image', async () => {
  const { store, datasetId } = await bloodCellStore();
  const all = await objectPage(store, datasetId, { sort: '-area' });
  assert.deepEqual(
    all.objects.map(({ annotationId }) => annotationId),
    [7, 6, 4, 3, 2, 5, 1],
  );
  const page = await objectPage(store, datasetId, { sort: '-area', position: 1, limit: 2 });
  assert.deepEqual(page.objects, all.objects.slice(1, 3));
  const [{ imageId, image }] = page.objects;
  assert.deepEqual([imageId, image], [2, await getImage(store, datasetId, 2)]);
  const past = await objectPage(store, datasetId, { position: 7 });
  assert.deepEqual(past, { objects: [], next: null });
});

test('statistics count boxes by side, by shape and by where their centres lie', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { boxSides, boxAspects, centres } = await statistics(store, datasetId, {
    query: 'category:RBC',
  });
  // Boxes of 10 × 10 twice, 10 × 20 and 30 × 30.
  const shown = (bins: typeof boxSides) => bins.map(({ from, to, count }) => [from, to, count]);
  assert.deepEqual(shown(boxSides), [
    [8, 12, 2],
    [12, 16, 1],
    [24, 32, 1],
  ]);
  assert.deepEqual(shown(boxAspects), [
    [0.5, 0.75, 1],
    [1, 1.5, 3],
  ]);
  // Cells of 40 × 30 pixels: centres at (5, 5) twice, (25, 10), (55, 15).
  assert.deepEqual(centres.slice(0, 3), [3, 1, 0]);
  assert.equal(centres.length, 256);
  assert.equal(
    centres.reduce((sum, count) => sum + count),
    4,
  );
});

test('pairs count the pictures that two categories share, within the query', async () => {
  const { store, datasetId } = await bloodCellStore();
  const pairsOf = async (query: string) => (await statistics(store, datasetId, { query })).pairs;
  assert.deepEqual(await pairsOf(''), [{ a: 1, b: 2, imageCount: 2 }]);
  assert.deepEqual(await pairsOf('count>2'), [{ a: 1, b: 2, imageCount: 1 }]);
  assert.deepEqual(await pairsOf('name:*A.jpg'), [{ a: 1, b: 2, imageCount: 1 }]);
});

test('a filter by what a bar or cell stands for finds the objects that it counted', async () => {
  const { store, datasetId } = await bloodCellStore();
  // Powers of two, edges of steps, boxes over the edge of the picture, one without height.
  const boxes = [
    [0, 0, 8, 8],
    [3, 3, 12, 12],
    [600, 400, 100, 200],
    [-50, -20, 40, 10],
    [100, 100, 0.3, 0.3],
    [640, 480, 1, 1],
    [10, 20, 64, 0],
    [319.999, 239.5, 0.002, 1],
    [7, 7, 1e6, 3],
  ];
  await applyEdits(
    store,
    datasetId,
    boxes.map((bbox) => ({ do: 'add', imageId: 1, fields: { category_id: 3, bbox } })),
    { author: 'ada' },
  );
  const counted = await statistics(store, datasetId);
  const side = Math.sqrt(counted.centres.length);
  const within = (field: string, from: number, to: number, isLast = false) =>
    `${field}>=${from} ${field}${isLast ? '<=' : '<'}${to}`;
  const queries = [
    ...counted.boxSides.map(({ from, to, count }) => [within('boxside', from, to), count] as const),
    ...counted.boxAspects.map(
      ({ from, to, count }) => [within('aspect', from, to), count] as const,
    ),
    ...counted.centres.map((count, index) => {
      const part = (field: string, at: number) =>
        within(field, at / side, (at + 1) / side, at === side - 1);
      const query = `${part('centerx', index % side)} ${part('centery', Math.floor(index / side))}`;
      return [query, count] as const;
    }),
  ];
  for (const [query, count] of queries) {
    assert.equal(await countObjects(store, datasetId, { query: `object(${query})` }), count, query);
  }
});
