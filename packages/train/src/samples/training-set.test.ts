import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CocoDataset } from '@migaki/coco';
import { trainingSetOf } from './training-set.ts';

const dataset: CocoDataset = {
  images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.jpg`, width: 10, height: 10, score: id })),
  categories: [{ id: 1, name: 'cell' }],
  annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] }],
};
const pathOf = ({ file_name }: { file_name: string }) => file_name;
const idsOf = (options: Parameters<typeof trainingSetOf>[1]) => {
  const { pictures, undecidedCount } = trainingSetOf(dataset, options);
  return { ids: pictures.map(({ imageId }) => imageId), undecidedCount };
};

test('a picture without labels is an empty one, unless nobody has said so yet', () => {
  assert.deepEqual(idsOf({ pathOf }), { ids: [1, 2, 3], undecidedCount: 0 });
  const isUndecided = ({ id }: { id: number }) => id !== 2;
  assert.deepEqual(idsOf({ pathOf, isUndecided }), { ids: [1, 2], undecidedCount: 1 });
  const isHalfDecided = ({ id }: { id: number }) => id === 1;
  assert.deepEqual(idsOf({ pathOf, isUndecided, isHalfDecided }), { ids: [2], undecidedCount: 2 });
});

test('a number is a label, too', () => {
  const options = { pathOf, isUndecided: () => true, valueField: 'score' };
  assert.deepEqual(idsOf(options), { ids: [1, 2, 3], undecidedCount: 0 });
});

test('pictures whose files are missing are left out', () => {
  const options = { pathOf: ({ id }: { id: number }) => (id === 3 ? null : 'there.jpg') };
  assert.deepEqual(idsOf(options).ids, [1, 2]);
});
