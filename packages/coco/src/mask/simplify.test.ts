import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Polygon } from '../types.ts';
import { simplifyPolygon } from './simplify.ts';

test('points on straight lines go, corners stay', () => {
  const square = [0, 0, 5, 0, 10, 0, 10, 10, 4, 10, 0, 10, 0, 3];
  assert.deepEqual(simplifyPolygon(square, 0), [0, 0, 10, 0, 10, 10, 0, 10]);
  assert.deepEqual(
    simplifyPolygon([0, 0, 5, 0.2, 10, 0, 10, 10, 0, 10], 0.5),
    [0, 0, 10, 0, 10, 10, 0, 10],
  );
});

test('stairs along a slope become the slope', () => {
  const stairs: Polygon = [];
  for (let step = 0; step < 50; step++) stairs.push(step, step, step + 1, step);
  assert.deepEqual(simplifyPolygon([...stairs, 0, 50], 1), [0, 0, 50, 49, 0, 50]);
});

test('a ring smaller than the tolerance keeps an area', () => {
  assert.deepEqual(simplifyPolygon([0, 0, 1, 0, 1, 1, 0, 1], 100), [0, 0, 1, 0, 1, 1, 0, 1]);
  const simplified = simplifyPolygon([0, 0, 8, 0, 9, 1, 9, 9, 0, 9], 1e12);
  assert.ok(simplified.length >= 6 && signedArea(simplified) > 0);
});

test('a ring without an area stays as it is', () => {
  for (const ring of [
    [],
    [1, 2],
    [1, 2, 3, 4],
    [0, 0, 1, 1, 2, 2, 3, 3],
    [5, 5, 5, 5, 5, 5, 5, 5],
  ]) {
    assert.deepEqual(simplifyPolygon(ring, 2), ring);
  }
});

const arbitraryRing = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
    maxLength: 40,
  })
  .map((points) => points.flat());

test('what is left out lies within the tolerance of what stays', () => {
  fc.assert(
    fc.property(arbitraryRing, fc.double({ min: 0, max: 12, noNaN: true }), (ring, tolerance) => {
      const simplified = simplifyPolygon(ring, tolerance);
      if (signedArea(ring) !== 0) {
        assert.equal(Math.sign(signedArea(simplified)), Math.sign(signedArea(ring)));
        assert.ok(simplified.length >= 6);
      }
      let kept = 0;
      for (let at = 0; at < ring.length; at += 2) {
        const [x, y] = [ring[at], ring[at + 1]];
        if (x === simplified[kept] && y === simplified[kept + 1]) kept += 2;
        else assert.ok(distanceToRing(x, y, simplified) <= tolerance + 1e-9);
      }
      assert.equal(kept, simplified.length);
    }),
    { numRuns: 500 },
  );
});

test('rings that make the method quadratic still come to an end', () => {
  const zigzag: Polygon = [];
  for (let point = 0; point < 300_000; point++) {
    zigzag.push(point, (point % 2) * (10 + (300_000 - point) / 1e5));
  }
  assert.ok(simplifyPolygon([...zigzag, 0, -10], 1).length > 599_000);
});

test('a tolerance that is none is refused', () => {
  for (const tolerance of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => simplifyPolygon([0, 0, 1, 0, 1, 1], tolerance), {
      code: 'bad-polygon',
      message: `tolerancePixels: expected a finite tolerance of zero pixels or more, found ${tolerance}.`,
    });
  }
});

function signedArea(ring: Polygon): number {
  let doubled = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    doubled += ring[at] * ring[next + 1] - ring[next] * ring[at + 1];
  }
  return doubled / 2;
}

function distanceToRing(x: number, y: number, ring: Polygon): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    const [dx, dy] = [ring[next] - ring[at], ring[next + 1] - ring[at + 1]];
    const share = ((x - ring[at]) * dx + (y - ring[at + 1]) * dy) / (dx * dx + dy * dy || 1);
    const clamped = Math.min(1, Math.max(0, share));
    nearest = Math.min(
      nearest,
      Math.hypot(x - ring[at] - clamped * dx, y - ring[at + 1] - clamped * dy),
    );
  }
  return nearest;
}
