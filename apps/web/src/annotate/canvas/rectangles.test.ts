import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinRectangles, type Rectangle } from './rectangles.ts';

const rectangle = (left: number, top: number, right: number, bottom: number): Rectangle => ({
  left,
  top,
  right,
  bottom,
});

test('parts that overlap become one, parts that lie apart do not', () => {
  const parts = [
    rectangle(0, 0, 10, 10),
    rectangle(200, 0, 210, 10),
    rectangle(5, 5, 12, 12),
    rectangle(10, 0, 20, 10),
  ];
  assert.deepEqual(joinRectangles(parts, 10), [
    rectangle(200, 0, 210, 10),
    rectangle(0, 0, 20, 12),
  ]);
});

test('two stripes along the edges stay two, although they meet in a corner', () => {
  const stripes = [rectangle(0, 0, 8, 800), rectangle(8, 0, 1000, 6)];
  assert.deepEqual(joinRectangles(stripes, 10), stripes);
});

test('many small parts are one large one', () => {
  const parts = Array.from({ length: 9 }, (_, i) => rectangle(50 * i, 0, 50 * i + 5, 5));
  assert.equal(joinRectangles(parts, 9).length, 9);
  assert.deepEqual(joinRectangles(parts, 8), [rectangle(0, 0, 405, 5)]);
  assert.deepEqual(joinRectangles([], 8), []);
});
