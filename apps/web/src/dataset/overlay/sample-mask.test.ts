import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitmapFromRle, rleFromBitmap } from '@migaki/coco';
import fc from 'fast-check';
import { maskEdges, sampleMask } from './sample-mask.ts';

const side = fc.integer({ min: 1, max: 12 });
const bitmaps = fc.tuple(side, side).chain(([height, width]) =>
  fc.record({
    height: fc.constant(height),
    width: fc.constant(width),
    bits: fc.uint8Array({ minLength: height * width, maxLength: height * width, max: 1 }),
  }),
);

test('at any size, each pixel is the mask’s at the middle of its place', () => {
  fc.assert(
    fc.property(bitmaps, side, side, ({ height, width, bits }, tileWidth, tileHeight) => {
      const rle = rleFromBitmap(bits, height, width);
      const whole = bitmapFromRle(rle);
      const sampled = sampleMask(rle, tileWidth, tileHeight);
      for (let y = 0; y < tileHeight; y++) {
        for (let x = 0; x < tileWidth; x++) {
          const pictureX = Math.floor(((x + 0.5) * width) / tileWidth);
          const pictureY = Math.floor(((y + 0.5) * height) / tileHeight);
          assert.equal(sampled[y * tileWidth + x], whole[pictureY * width + pictureX]);
        }
      }
    }),
  );
});

test('runs that end early leave the rest outside', () => {
  assert.deepEqual(
    [...sampleMask({ height: 2, width: 2, counts: Uint32Array.of(0, 2) }, 2, 2)],
    [1, 0, 1, 0],
  );
  assert.deepEqual(
    [...sampleMask({ height: 2, width: 2, counts: Uint32Array.of() }, 2, 2)],
    [0, 0, 0, 0],
  );
});

test('edges are what touches the outside', () => {
  const full = new Uint8Array(9).fill(1);
  assert.deepEqual([...maskEdges(full, 3, 3)], [1, 1, 1, 1, 0, 1, 1, 1, 1]);
});
