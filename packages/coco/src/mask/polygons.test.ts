import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { outlinesFromRle } from './outline.ts';
import { polygonsFromRle } from './polygons.ts';
import { type Rle, rleArea, rleFromBitmap } from './rle.ts';
import { rleFromSegmentation } from './segmentation.ts';
import { arbitraryBitmap } from './testing/arbitrary-bitmap.ts';

const frame: Rle = rleFromBitmap(Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1), 3, 3);

test('a hole is cut open, filled or kept, as asked for', () => {
  assert.deepEqual(polygonsFromRle(frame, { holes: 'bridge' }), [
    [1, 0, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 0, 3, 0, 3, 3, 0, 3, 0, 0],
  ]);
  assert.deepEqual(polygonsFromRle(frame, { holes: 'fill' }), [[3, 0, 3, 3, 0, 3, 0, 0]]);
  assert.deepEqual(polygonsFromRle(frame, { holes: 'keep' }), outlinesFromRle(frame));
});

test('a bridged polygon has every pixel of the mask, its holes included', () => {
  fc.assert(
    fc.property(arbitraryBitmap, ({ height, width, pixels }) => {
      const rle = rleFromBitmap(pixels, height, width);
      const polygons = polygonsFromRle(rle, { holes: 'bridge' });
      assert.equal(polygons.length, outlinesFromRle(rle).length);
      if (polygons.length > 0) assert.deepEqual(rleFromSegmentation(polygons, height, width), rle);
    }),
    { numRuns: 500 },
  );
});

test('filled polygons are the outer rings', () => {
  fc.assert(
    fc.property(arbitraryBitmap, ({ height, width, pixels }) => {
      const rle = rleFromBitmap(pixels, height, width);
      const filled = polygonsFromRle(rle, { holes: 'fill' });
      assert.deepEqual(
        filled,
        outlinesFromRle(rle).map(({ outer }) => outer),
      );
    }),
  );
});

test('with a tolerance every region keeps its polygon, and one without holes the same as filled or kept', () => {
  fc.assert(
    fc.property(
      arbitraryBitmap,
      fc.double({ min: 0, max: 3, noNaN: true }),
      (bitmap, tolerancePixels) => {
        const { height, width, pixels } = bitmap;
        const rle = rleFromBitmap(pixels, height, width);
        const bridged = polygonsFromRle(rle, { holes: 'bridge', tolerancePixels });
        const kept = polygonsFromRle(rle, { holes: 'keep', tolerancePixels });
        assert.equal(bridged.length, kept.length);
        kept.forEach(({ outer, holes }, index) => {
          assert.ok(bridged[index].length >= 6);
          if (holes.length === 0) assert.deepEqual(bridged[index], outer);
        });
      },
    ),
  );
});

test('the holes of a large disc survive simplification', () => {
  const [size, tolerancePixels] = [200, 1];
  const pixels = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isDisc = Math.hypot(x - 100, y - 100) < 90;
      const isHole = [60, 100, 140].some((center) => Math.hypot(x - center, y - center) < 15);
      pixels[y * size + x] = isDisc && !isHole ? 1 : 0;
    }
  }
  const rle = rleFromBitmap(pixels, size, size);
  const polygons = polygonsFromRle(rle, { holes: 'bridge', tolerancePixels });
  assert.equal(polygons.length, 1);
  assert.ok(polygons[0].length < 250, `${polygons[0].length}`);
  const area = rleArea(rleFromSegmentation(polygons, size, size));
  assert.ok(Math.abs(area / rleArea(rle) - 1) < 0.01);
});

test('a chain of holes as long as the picture needs no deep stack', () => {
  const [height, width] = [40_001, 3];
  const pixels = new Uint8Array(height * width).fill(1);
  for (let y = 1; y < height; y += 2) pixels[y * width + 1] = 0;
  const rle = rleFromBitmap(pixels, height, width);
  const polygons = polygonsFromRle(rle, { holes: 'bridge' });
  assert.deepEqual(rleFromSegmentation(polygons, height, width), rle);
});
