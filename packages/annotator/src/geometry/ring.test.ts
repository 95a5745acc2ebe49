import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRing, regionsArea } from './region.ts';
import {
  crossesItself,
  nearestSide,
  type Ring,
  ringContains,
  signedArea,
  withoutRepeats,
} from './ring.ts';

const square = [10, 10, 30, 10, 30, 30, 10, 30];
const bowTie = [10, 10, 30, 30, 30, 10, 10, 30];

test('the area has the sign of the way round', () => {
  assert.equal(signedArea(square), 400);
  assert.equal(signedArea([10, 30, 30, 30, 30, 10, 10, 10]), -400);
});

test('of a ring that crosses itself the area is that of the pixels inside', () => {
  assert.equal(signedArea(bowTie), 0);
  assert.equal(crossesItself(bowTie), true);
  assert.ok(
    Math.abs(regionsArea([{ outer: bowTie, holes: [] }]) - 200) < 25,
    `${regionsArea([{ outer: bowTie, holes: [] }])}`,
  );
  assert.equal(isRing(bowTie), true);
});

test('neighbouring sides do not cross, nor do sides that just touch', () => {
  assert.equal(crossesItself(square), false);
  assert.equal(crossesItself([0, 0, 10, 0, 10, 10, 5, 0, 0, 10]), false);
});

test('points are inside by the even-odd rule, wherever the ring begins', () => {
  const coordinate = fc.integer({ min: 0, max: 40 });
  const ring = fc
    .array(coordinate, { minLength: 6, maxLength: 12 })
    .filter((r) => r.length % 2 === 0);
  fc.assert(
    fc.property(ring, coordinate, coordinate, (points, x, y) => {
      const at = { x: x + 0.5, y: y + 0.5 };
      const turned: Ring = [...points.slice(2), ...points.slice(0, 2)];
      assert.equal(ringContains(points, at), ringContains(turned, at));
    }),
  );
  assert.equal(ringContains(bowTie, { x: 12, y: 20 }), true);
  assert.equal(ringContains(bowTie, { x: 20, y: 12 }), false);
});

test('the nearest side is told with the nearest place on it', () => {
  assert.deepEqual(nearestSide(square, { x: 33, y: 20 }), {
    side: 1,
    point: { x: 30, y: 20 },
    distance: 3,
  });
  assert.equal(nearestSide([], { x: 0, y: 0 }), null);
});

test('points that equal the one before are left out, also around the end', () => {
  assert.deepEqual(withoutRepeats([1, 1, 1, 1, 5, 5, 9, 1, 1, 1]), [5, 5, 9, 1, 1, 1]);
});
