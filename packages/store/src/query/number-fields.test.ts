import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CocoImage } from '@migaki/coco';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { createDataset } from '../datasets/dataset.ts';
import { testStore } from '../testing/test-store.ts';
import { numberFields } from './number-fields.ts';

test('fields of images that hold numbers are found, also inside of an object, among those that match', async () => {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'scored' });
  assert.deepEqual(await numberFields(store, id), []);
  const images = [
    { license: 3, metadata: { score: 0.5, camera: 'X' } },
    { license: 3, metadata: { score: 1 }, sharpness: 7 },
    { license: 3, metadata: 'none', sharpness: 'high' },
    {},
  ].map(
    (more, index): CocoImage => ({
      id: index + 1,
      file_name: `${index + 1}.png`,
      width: 10,
      height: 10,
      ...more,
    }),
  );
  await importCoco(store, id, batchesOf({ images, categories: [], annotations: [] }), {
    author: 'ada',
  });
  assert.deepEqual(await numberFields(store, id), [
    { name: 'metadata.score', imageCount: 2 },
    { name: 'sharpness', imageCount: 1 },
  ]);
  assert.deepEqual(await numberFields(store, id, { query: 'name:1.png' }), [
    { name: 'metadata.score', imageCount: 1 },
  ]);
  await assert.rejects(numberFields(store, id, { query: 'nonsense:(' }), { code: 'bad-query' });
});
