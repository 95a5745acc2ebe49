import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keypointsBbox } from './keypoints-bbox.ts';

test('a box around one point, or points in a line, has sides of a pixel and stays in the picture', () => {
  assert.deepEqual(keypointsBbox([10, 20, 2, 0, 0, 0]), [9, 19, 1, 1]);
  assert.deepEqual(keypointsBbox([10, 20, 2, 30, 20, 1]), [10, 19, 20, 1]);
  assert.deepEqual(keypointsBbox([0, 0.5, 2]), [0, 0, 1, 1]);
  assert.deepEqual(keypointsBbox([10, 20, 2, 10.4, 30, 2]), [9.4, 20, 1, 10]);
  assert.equal(keypointsBbox([3, 4, 0]), null);
});
