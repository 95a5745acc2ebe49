import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeRles } from '../../mask/combine.ts';
import { rleFromPolygon } from '../../mask/rasterize.ts';
import { joinPolygons } from './join-polygons.ts';

test('goes out along the parts and back around them', () => {
  const [a, b] = [
    [0, 0, 1, 0, 1, 1],
    [5, 0, 6, 0, 6, 1],
  ];
  assert.deepEqual(joinPolygons([a, b]), [0, 0, 1, 0, 5, 0, 6, 0, 6, 1, 5, 0, 1, 0, 1, 1]);
  assert.equal(joinPolygons([a]), a);
});

test('the joined polygon fills the same pixels as parts that do not overlap', () => {
  // Each part has a column of its own, so that none overlaps another.
  const part = fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 8 }), fc.nat({ max: 3 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (shapes) => {
      const parts = shapes.map(([y, size, rotation], column) => {
        const x = 10 * column;
        const ring = [x, y, x + size, y, x + size, y + size, x, y + size];
        return [...ring.slice(2 * rotation), ...ring.slice(0, 2 * rotation)];
      });
      const apart = mergeRles(
        parts.map((polygon) => rleFromPolygon(polygon, 40, 60)),
        'union',
      );
      assert.deepEqual(rleFromPolygon(joinPolygons(parts), 40, 60), apart);
    }),
  );
});

test('ten thousand parts are joined in one go', () => {
  const parts = Array.from({ length: 10_000 }, (_, i) => [i, 0, i + 0.5, 0, i + 0.5, 1]);
  assert.equal(joinPolygons(parts).length, 2 * (10_000 * 3 + 2 * 9_999));
});
