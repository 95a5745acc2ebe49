import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Annotation } from '@migaki/api';
import { compareObjects } from './compare.ts';

const object = (id: number, born: number): Annotation => ({
  id,
  born,
  imageId: 1,
  categoryId: 1,
  bbox: [0, 0, 1, 1],
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
  area: 1,
  caption: null,
  attributes: {},
  score: null,
  origin: 'human',
  state: 'accepted',
  author: 'owner',
});

test('objects are the same while they are of the same revision', () => {
  const changes = compareObjects(
    [object(1, 1), object(2, 1), object(3, 1)],
    [object(1, 1), object(2, 5), object(4, 5)],
  );
  assert.deepEqual([...changes].sort(), [
    [1, 'same'],
    [2, 'changed'],
    [3, 'removed'],
    [4, 'added'],
  ]);
});
