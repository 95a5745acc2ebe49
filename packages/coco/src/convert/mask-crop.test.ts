import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rleFromBitmap } from '../mask/rle.ts';
import { cropOfRle, rleFromCrop, rleFromRowRuns, rowRunsOfRle } from './mask-crop.ts';

test('a mask comes back from its crop and from its runs along the rows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.nat({ max: 1 }), { minLength: 81, maxLength: 81 }),
      (height, width, bits) => {
        const rle = rleFromBitmap(Uint8Array.from(bits.slice(0, height * width)), height, width);
        const crop = cropOfRle(rle);
        assert.deepEqual(rleFromRowRuns(rowRunsOfRle(rle), height, width), rle);
        if (crop === undefined) assert.ok(bits.slice(0, height * width).every((bit) => bit === 0));
        else assert.deepEqual(rleFromCrop(crop, height, width), rle);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a crop that reaches over the edges is cut', () => {
  fc.assert(
    fc.property(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }), (left, top) => {
      const crop = { left, top, width: 3, height: 4, pixels: new Uint8Array(12).fill(1) };
      const bitmap = new Uint8Array(5 * 6);
      for (let y = Math.max(0, top); y < Math.min(5, top + 4); y++) {
        for (let x = Math.max(0, left); x < Math.min(6, left + 3); x++) bitmap[y * 6 + x] = 1;
      }
      assert.deepEqual(rleFromCrop(crop, 5, 6), rleFromBitmap(bitmap, 5, 6));
    }),
  );
});

test('runs along the rows are joined over the end of a row', () => {
  const rle = rleFromBitmap(Uint8Array.of(0, 1, 1, 1, 1, 0, 0, 0, 1), 3, 3);
  assert.deepEqual(rowRunsOfRle(rle), [1, 5, 8, 9]);
  assert.deepEqual(rowRunsOfRle(rleFromBitmap(new Uint8Array(9), 3, 3)), []);
});
