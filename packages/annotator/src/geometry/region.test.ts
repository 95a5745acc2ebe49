import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRles, type Rle, rleFromPolygon, subtractRle } from '@migaki/coco';
import fc from 'fast-check';
import { bridgedRing, type Region, regionsFromPolygons } from './region.ts';
import type { Ring } from './ring.ts';

const picture = { height: 60, width: 60 };
const maskOf = (ring: Ring): Rle => rleFromPolygon(ring, picture.height, picture.width);
const maskOfRegion = ({ outer, holes }: Region): Rle =>
  holes.reduce((mask, hole) => subtractRle(mask, maskOf(hole)), maskOf(outer));

const square = (x: number, y: number, side: number): number[] => [
  x,
  y,
  x + side,
  y,
  x + side,
  y + side,
  x,
  y + side,
];

/** A square with some of four smaller ones cut out, at any place and off the raster of pixels. */
const regionWithHoles: fc.Arbitrary<Region> = fc
  .record({
    x: fc.double({ min: 0, max: 10, noNaN: true }),
    side: fc.integer({ min: 20, max: 40 }),
    holes: fc.subarray([0, 1, 2, 3], { minLength: 0 }),
    isTurned: fc.boolean(),
  })
  .map(({ x, side, holes, isTurned }) => {
    const quarter = side / 4;
    const hole = (index: number): number[] => {
      const ring = square(
        x + quarter * (0.5 + 2 * (index % 2)),
        x + quarter * (0.5 + 2 * (index >> 1)),
        quarter,
      );
      return isTurned ? [6, 4, 2, 0].flatMap((i) => [ring[i], ring[i + 1]]) : ring;
    };
    return { outer: square(x, x, side), holes: holes.map(hole) };
  });

test('a ring that is cut open to its holes has the pixels of ring without holes', () => {
  fc.assert(
    fc.property(regionWithHoles, (region) => {
      assert.deepEqual(maskOf(bridgedRing(region)), maskOfRegion(region));
    }),
  );
});

test('holes come back as they were drawn', () => {
  fc.assert(
    fc.property(regionWithHoles, (region) => {
      const [back, ...others] = regionsFromPolygons([bridgedRing(region)]);
      assert.deepEqual(others, []);
      assert.equal(back.holes.length, region.holes.length);
      assert.deepEqual(maskOfRegion(back), maskOfRegion(region));
      assert.deepEqual(pointsOf(back.outer), pointsOf(region.outer));
    }),
  );
});

const pointsOf = (ring: Ring): string[] =>
  Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i]},${ring[2 * i + 1]}`).sort();

test('two parts on one string, as some converters write them, become two parts', () => {
  const [a, b] = [square(2, 2, 8), square(20, 20, 8)];
  const joined = [...a, a[0], a[1], ...b, b[0], b[1]];
  const regions = regionsFromPolygons([joined]);
  assert.equal(regions.length, 2);
  const union = mergeRles(regions.map(maskOfRegion), 'union');
  assert.deepEqual(union, maskOf(joined));
});

test('rings without a bridge stay as they are, even where they touch themselves', () => {
  const bowTie = [0, 0, 10, 10, 20, 0, 20, 20, 10, 10, 0, 20];
  assert.deepEqual(regionsFromPolygons([bowTie]), [{ outer: bowTie, holes: [] }]);
});

test('what encloses nothing is left out', () => {
  assert.deepEqual(regionsFromPolygons([[], [1, 1], [1, 1, 5, 5]]), []);
});
