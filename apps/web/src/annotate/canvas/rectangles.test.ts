import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinRectangles, type Rectangle } from './rectangles.ts';

const rectangle = (left: number, top: number, right: number, bottom: number): Rectangle => ({
  left,
  top,
  right,
  bottom,
});

test('parts that meet become one, parts that do not stay apart', () => {
  const parts = [
    rectangle(0, 0, 10, 10),
    rectangle(20, 0, 30, 10),
    rectangle(5, 5, 12, 12),
    rectangle(10, 0, 20, 10),
  ];
  assert.deepEqual(joinRectangles(parts.slice(0, 3), 10), [
    rectangle(20, 0, 30, 10),
    rectangle(0, 0, 12, 12),
  ]);
  // The last one touches what lies to its right only at the edge.
  assert.deepEqual(joinRectangles(parts, 10), [rectangle(20, 0, 30, 10), rectangle(0, 0, 20, 12)]);
});

test('many small parts are one large one', () => {
  const parts = Array.from({ length: 9 }, (_, i) => rectangle(10 * i, 0, 10 * i + 5, 5));
  assert.equal(joinRectangles(parts, 9).length, 9);
  assert.deepEqual(joinRectangles(parts, 8), [rectangle(0, 0, 85, 5)]);
  assert.deepEqual(joinRectangles([], 8), []);
});
