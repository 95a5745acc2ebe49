import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { selfCrossing } from './self-crossing.ts';

test('a bow tie crosses itself, a square does not', () => {
  assert.deepEqual(selfCrossing([0, 0, 10, 10, 10, 0, 0, 10]), [0, 2]);
  assert.equal(selfCrossing([0, 0, 10, 0, 10, 10, 0, 10]), null);
});

test('touching is no crossing: a bridge to a hole, a point on an edge, a point twice', () => {
  const holed = [0, 0, 30, 0, 30, 30, 0, 30, 0, 0, 10, 10, 10, 20, 20, 20, 20, 10, 10, 10];
  assert.equal(selfCrossing(holed), null);
  assert.equal(selfCrossing([0, 0, 10, 0, 10, 10, 5, 0, 0, 10]), null);
  assert.equal(selfCrossing([0, 0, 0, 0, 10, 0, 10, 10]), null);
});

test('every pair of edges is looked at, and no more is found than there is', () => {
  const coordinate = fc.integer({ min: 0, max: 12 });
  const ring = fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
    .map((points) => points.flat());
  const properly = (p: number[], a: number, b: number): boolean => {
    const at = (index: number) => [p[(2 * index) % p.length], p[(2 * index + 1) % p.length]];
    const turn = ([ax, ay]: number[], [bx, by]: number[], [cx, cy]: number[]) =>
      (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const [a1, a2, b1, b2] = [at(a), at(a + 1), at(b), at(b + 1)];
    return turn(a1, a2, b1) * turn(a1, a2, b2) < 0 && turn(b1, b2, a1) * turn(b1, b2, a2) < 0;
  };
  // The same with its last point many times over.
  const withMore = (polygon: number[]) => {
    const count = polygon.length / 2;
    const last = [polygon[2 * count - 2], polygon[2 * count - 1]];
    return [...polygon, ...Array.from({ length: 60 }, () => last).flat()];
  };
  fc.assert(
    fc.property(ring, (polygon) => {
      const count = polygon.length / 2;
      let any = false;
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++) any ||= properly(polygon, a, b);
      }
      const found = selfCrossing(polygon);
      assert.equal(found !== null, any);
      if (found !== null) assert.ok(properly(polygon, ...found));
      assert.equal(selfCrossing(withMore(polygon)) !== null, any);
    }),
  );
});
