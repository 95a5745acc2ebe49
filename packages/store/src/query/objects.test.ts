import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bloodCellStore } from '../testing/sample.ts';
import { objectPage } from './object-page.ts';
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
  const [{ imageId, imageWidth, imageHeight, imageStatus, imageTags, imageObjectCount }] =
    page.objects;
  assert.deepEqual(
    { imageId, imageWidth, imageHeight, imageStatus, imageTags, imageObjectCount },
    {
      imageId: 2,
      imageWidth: 640,
      imageHeight: 480,
      imageStatus: 'new',
      imageTags: [],
      imageObjectCount: 2,
    },
  );
  const past = await objectPage(store, datasetId, { position: 7 });
  assert.deepEqual(past, { objects: [], next: null });
});

test('statistics count boxes by side, by shape and by where their centres lie', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { boxSides, boxAspects, centres } = await statistics(store, datasetId, {
    query: 'category:RBC',
  });
  // Boxes of 10 × 10 twice, 10 × 20 and 30 × 30.
  const shown = (bins: typeof boxSides) =>
    bins.map(({ from, to, count }) => [Math.round(from * 100), Math.round(to * 100), count]);
  assert.deepEqual(shown(boxSides), [
    [800, 1131, 2],
    [1131, 1600, 1],
    [2263, 3200, 1],
  ]);
  assert.deepEqual(shown(boxAspects), [
    [50, 71, 1],
    [100, 141, 3],
  ]);
  // Cells of 40 × 30 pixels: centres at (5, 5) twice, (25, 10), (55, 15).
  assert.deepEqual(centres.slice(0, 3), [3, 1, 0]);
  assert.equal(centres.length, 256);
  assert.equal(
    centres.reduce((sum, count) => sum + count),
    4,
  );
});
