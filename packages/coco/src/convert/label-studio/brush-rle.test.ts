import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { rleFromBitmap } from '../../mask/rle.ts';
import { rowRunsOfRle } from '../mask-crop.ts';
import { brushFromRowRuns, rowRunsFromBrush } from './brush-rle.ts';

const ringBitmap = Uint8Array.from(
  ['111111', '100001', '101001', '100001', '111111'].join(''),
  Number,
);
const ring = rowRunsOfRle(rleFromBitmap(ringBitmap, 5, 6));

// What @thi.ng/rle-pack 3 makes of the ring in RGBA, white on nothing, and in colours that differ from pixel to pixel.
const whiteRing = [
  0, 0, 0, 120, 57, 27, 254, 27, 255, 190, 1, 63, 252, 96, 17, 255, 206, 1, 63, 253, 240, 12, 55,
  254,
];
const colouredRing = [
  0, 0, 0, 120, 57, 27, 250, 115, 0, 87, 200, 255, 3, 87, 200, 255, 6, 87, 200, 255, 9, 87, 200,
  255, 12, 87, 200, 255, 15, 87, 200, 255, 18, 87, 200, 255, 21, 87, 200, 0, 24, 87, 200, 0, 27, 87,
  200, 0, 30, 87, 200, 0, 33, 87, 200, 255, 36, 87, 200, 255, 39, 87, 200, 0, 42, 87, 200, 255, 45,
  87, 200, 0, 48, 87, 200, 0, 51, 87, 200, 255, 54, 87, 200, 255, 57, 87, 200, 0, 60, 87, 200, 0,
  63, 87, 200, 0, 66, 87, 200, 0, 69, 87, 200, 255, 72, 87, 200, 255, 75, 87, 200, 255, 78, 87, 200,
  255, 81, 87, 200, 255, 84, 87, 200, 255, 133, 92, 28, 143, 240,
];
// 300 × 400 pixels, white from the 10,000th to the 100,000th: longer than one run may be.
const longRuns = [
  0, 7, 83, 0, 57, 27, 255, 156, 63, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 255, 223, 143, 255, 255, 255, 248, 7, 56, 127, 0,
];

test('reads what the package of the format writes', () => {
  assert.deepEqual(rowRunsFromBrush(whiteRing, 5, 6, 'rle'), ring);
  assert.deepEqual(rowRunsFromBrush(colouredRing, 5, 6, 'rle'), ring);
  assert.deepEqual(rowRunsFromBrush(longRuns, 300, 400, 'rle'), [10_000, 100_000]);
});

test('writes the bytes that the package writes', () => {
  assert.deepEqual(brushFromRowRuns(ring, 5, 6), whiteRing);
});

test('every mask comes back', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(lengths, (gapsAndRuns) => {
      const ends = gapsAndRuns.map((_, i) => gapsAndRuns.slice(0, i + 1).reduce((a, b) => a + b));
      const runs = ends.slice(0, ends.length - (ends.length % 2));
      const width = ends.at(-1)!;
      assert.deepEqual(rowRunsFromBrush(brushFromRowRuns(runs, 1, width), 1, width, 'rle'), runs);
    }),
  );
});

test('a stream of another picture, a broken one and one of no bytes are refused', () => {
  assert.throws(
    () => rowRunsFromBrush(whiteRing, 6, 6, 'rle'),
    /rle: expected 144 values .*, found 120/,
  );
  assert.throws(
    () => rowRunsFromBrush(whiteRing, 2 ** 15, 2 ** 14, 'rle'),
    /at most 268,435,456 pixels/,
  );
  assert.throws(() => rowRunsFromBrush(whiteRing.slice(0, 12), 5, 6, 'rle'), /an early end/);
  assert.throws(
    () => rowRunsFromBrush([0, 0, 0, 120, 'x'], 5, 6, 'rle'),
    /rle\[4\]: expected a byte/,
  );
  fc.assert(
    fc.property(fc.nat({ max: whiteRing.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
      try {
        rowRunsFromBrush(whiteRing.with(at, value), 5, 6, 'rle');
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
