import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Annotation } from '@migaki/api';
import { categoryChanges, compareObjects } from './compare.ts';

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

test('a change of category is told once for all objects that it happened to', () => {
  const object = (id: number, categoryId: number | null) => ({ id, categoryId }) as Annotation;
  const before = [object(1, 7), object(2, 7), object(3, 8), object(4, null), object(5, 7)];
  const after = [object(1, 8), object(2, 8), object(3, 8), object(4, 7), object(6, 9)];
  assert.deepEqual(categoryChanges(before, after), [
    { from: 7, to: 8, count: 2 },
    { from: null, to: 7, count: 1 },
  ]);
});
