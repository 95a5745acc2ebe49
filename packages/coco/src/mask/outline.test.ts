import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Polygon } from '../types.ts';
import { mergeRles, subtractRle } from './combine.ts';
import { outlinesFromRle } from './outline.ts';
import { rleFromPolygon } from './rasterize.ts';
import { type Rle, rleArea, rleFromBitmap } from './rle.ts';
import { arbitraryBitmap, type Bitmap } from './testing/arbitrary-bitmap.ts';

/** A picture from rows of `#` and `.`. */
function drawn(...rows: string[]): Rle {
  const pixels = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0));
  return rleFromBitmap(pixels, rows.length, rows[0].length);
}

test('an outline runs clockwise along the edges of the pixels, a hole against it', () => {
  assert.deepEqual(outlinesFromRle(drawn('.....', '.###.', '.#.#.', '.###.')), [
    { outer: [4, 1, 4, 4, 1, 4, 1, 1], holes: [[2, 2, 2, 3, 3, 3, 3, 2]] },
  ]);
});

test('pixels that touch at a corner are two regions', () => {
  assert.deepEqual(outlinesFromRle(drawn('#.', '.#')), [
    { outer: [1, 0, 1, 1, 0, 1, 0, 0], holes: [] },
    { outer: [2, 1, 2, 2, 1, 2, 1, 1], holes: [] },
  ]);
});

test('a gap through a corner makes no hole, an island in a hole is a region of its own', () => {
  assert.equal(outlinesFromRle(drawn('###', '#.#', '##.'))[0].holes.length, 0);
  const island = outlinesFromRle(drawn('#####', '#...#', '#.#.#', '#...#', '#####'));
  assert.deepEqual(
    island.map(({ outer, holes }) => [outer.length / 2, holes.length]),
    [
      [4, 1],
      [4, 0],
    ],
  );
});

test('holes that touch at a corner are one hole', () => {
  const [{ holes }] = outlinesFromRle(drawn('####', '#.##', '##.#', '####'));
  assert.deepEqual(
    holes.map((hole) => hole.length / 2),
    [8],
  );
});

test('a picture of one colour has one outline or none, whatever its size', () => {
  const pixels = 4_000_000_000;
  const full = { height: 4, width: pixels / 4, counts: Uint32Array.of(0, pixels) };
  assert.deepEqual(outlinesFromRle(full)[0].outer, [1e9, 0, 1e9, 4, 0, 4, 0, 0]);
  assert.deepEqual(outlinesFromRle({ ...full, counts: Uint32Array.of(pixels) }), []);
  assert.deepEqual(outlinesFromRle({ height: 0, width: 0, counts: Uint32Array.of(0) }), []);
});

test('runs of length zero leave no trace', () => {
  const holed = { height: 4, width: 2, counts: Uint32Array.of(0, 0, 1, 1, 0, 1, 5, 0) };
  assert.deepEqual(
    outlinesFromRle(holed),
    outlinesFromRle({ ...holed, counts: Uint32Array.of(1, 2, 5) }),
  );
});

test('outer rings minus holes give back every mask bit by bit', () => {
  fc.assert(
    fc.property(arbitraryBitmap, (bitmap) => {
      const { height, width, pixels } = bitmap;
      const rle = rleFromBitmap(pixels, height, width);
      const outlines = outlinesFromRle(rle);
      const raster = (polygon: Polygon) => rleFromPolygon(polygon, height, width);
      const regions = outlines.map(({ outer, holes }) =>
        holes.reduce((region, hole) => subtractRle(region, raster(hole)), raster(outer)),
      );
      assert.deepEqual(mergeRles([rleFromPolygon([], height, width), ...regions], 'union'), rle);
      // No pixel is in two regions, and the regions are the connected ones.
      assert.equal(
        regions.reduce((sum, region) => sum + rleArea(region), 0),
        rleArea(rle),
      );
      assert.equal(outlines.length, countRegions(bitmap));
      for (const { outer, holes } of outlines) {
        assert.ok(signedArea(outer) > 0);
        for (const hole of holes) assert.ok(signedArea(hole) < 0);
      }
    }),
    { numRuns: 500 },
  );
});

test('runs that do not add up have no outline', () => {
  assert.throws(() => outlinesFromRle({ height: 2, width: 2, counts: Uint32Array.of(1) }), {
    code: 'bad-rle',
  });
});

/** Positive for rings that run clockwise where y points down. */
function signedArea(ring: Polygon): number {
  let doubled = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    doubled += ring[at] * ring[next + 1] - ring[next] * ring[at + 1];
  }
  return doubled / 2;
}

function countRegions({ height, width, pixels }: Bitmap): number {
  const left = pixels.slice();
  let regions = 0;
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    regions++;
    const pending = [start];
    for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
      if (left[pixel] === 0) continue;
      left[pixel] = 0;
      if (pixel % width > 0) pending.push(pixel - 1);
      if (pixel % width < width - 1) pending.push(pixel + 1);
      if (pixel >= width) pending.push(pixel - width);
      if (pixel < (height - 1) * width) pending.push(pixel + width);
    }
  }
  return regions;
}
