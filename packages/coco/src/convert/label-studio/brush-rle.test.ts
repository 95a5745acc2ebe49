import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { brushFromPixels, pixelsFromBrush } from './brush-rle.ts';

const ring = Uint8Array.from(['111111', '100001', '101001', '100001', '111111'].join(''), Number);

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
  assert.deepEqual(pixelsFromBrush(whiteRing, 5, 6, 'rle'), ring);
  // The last values, which the package could not tell from a run, stay as it wrote them.
  assert.deepEqual(
    pixelsFromBrush(colouredRing, 5, 6, 'rle').subarray(0, 29),
    ring.subarray(0, 29),
  );
  const long = new Uint8Array(120_000).fill(1, 10_000, 100_000);
  assert.deepEqual(pixelsFromBrush(longRuns, 300, 400, 'rle'), long);
});

test('writes the bytes that the package writes', () => {
  assert.deepEqual(brushFromPixels(ring), whiteRing);
});

test('every mask comes back', () => {
  const runs = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(runs, (lengths) => {
      const pixels = new Uint8Array(lengths.reduce((sum, length) => sum + length));
      let at = 0;
      lengths.forEach((length, i) => {
        pixels.fill(i % 2, at, at + length);
        at += length;
      });
      assert.deepEqual(pixelsFromBrush(brushFromPixels(pixels), 1, pixels.length, 'rle'), pixels);
    }),
  );
});

test('a stream of another picture, a broken one and one of no bytes are refused', () => {
  assert.throws(
    () => pixelsFromBrush(whiteRing, 6, 6, 'rle'),
    /rle: expected 144 values .*, found 120/,
  );
  assert.throws(() => pixelsFromBrush(whiteRing.slice(0, 12), 5, 6, 'rle'), /an early end/);
  assert.throws(
    () => pixelsFromBrush([0, 0, 0, 120, 'x'], 5, 6, 'rle'),
    /rle\[4\]: expected a byte/,
  );
  fc.assert(
    fc.property(fc.nat({ max: whiteRing.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
      try {
        pixelsFromBrush(whiteRing.with(at, value), 5, 6, 'rle');
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
