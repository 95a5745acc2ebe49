import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutOut } from './cut-out.ts';

/** Of which each pixel tells where it is. */
const picture = (width: number, height: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return [pixel % width, Math.floor(pixel / width), 7][at % 3];
  }),
});

test('an object is cut out as its box lies', () => {
  const { width, height, data } = cutOut(picture(100, 80), [10, 10, 20, 40]);
  assert.deepEqual([width, height], [20, 40]);
  assert.deepEqual([...data.subarray(0, 3)], [10, 10, 7]);
  assert.deepEqual([...data.subarray(-3)], [29, 49, 7]);
});

test('nothing is taken from beyond the picture, and never nothing at all', () => {
  const sizeOf = (box: [number, number, number, number]) => {
    const { width, height, data } = cutOut(picture(10, 8), box);
    assert.equal(data.length, 3 * width * height);
    return [width, height];
  };
  assert.deepEqual(sizeOf([-5, -5, 100, 100]), [10, 8]);
  assert.deepEqual(sizeOf([4, 4, 0, 0]), [1, 1]);
  assert.deepEqual(sizeOf([50, 50, 3, 3]), [1, 1]);
  assert.deepEqual(sizeOf([-50, -50, 3, 3]), [1, 1]);
});
