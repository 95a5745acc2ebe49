import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revisedFields } from './revised-fields.ts';

test('a field that says again what is said anyway stays as it was, or absent', () => {
  const before = { bbox: [1, 2, 3, 4], segmentation: [], keypoints: [1, 2, 1], num_keypoints: 9 };
  const again = {
    bbox: [1, 2, 3, 4],
    segmentation: null,
    keypoints: [1, 2, 1],
    num_keypoints: 1,
    iscrowd: 0,
    attributes: {},
    score: null,
  };
  assert.deepEqual(revisedFields(before, again), before);
  assert.deepEqual(revisedFields({ attributes: {} }, { attributes: {} }), { attributes: {} });
});

test('what differs is changed or taken away, and the count goes with its points', () => {
  const before = { area: 4, iscrowd: 1, attributes: { seen: true }, keypoints: [1, 2, 1] };
  const changed = {
    area: null,
    iscrowd: 0,
    attributes: {},
    keypoints: [1, 3, 2],
    num_keypoints: 1,
  };
  assert.deepEqual(revisedFields(before, changed), {
    iscrowd: 0,
    keypoints: [1, 3, 2],
    num_keypoints: 1,
  });
});
