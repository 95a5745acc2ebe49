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

test('in any view, each pixel is the mask’s at the middle of its place, and outside beyond the picture', () => {
  const corner = fc.integer({ min: -8, max: 20 });
  const scale = fc.double({ min: 0.1, max: 5, noNaN: true });
  const views = fc.record({
    left: corner,
    top: corner,
    width: side,
    height: side,
    scaleX: scale,
    scaleY: scale,
  });
  fc.assert(
    fc.property(bitmaps, views, ({ height, width, bits }, view) => {
      const rle = rleFromBitmap(bits, height, width);
      const whole = bitmapFromRle(rle);
      const sampled = sampleMask(rle, view);
      for (let y = 0; y < view.height; y++) {
        for (let x = 0; x < view.width; x++) {
          const column = Math.floor((view.left + x + 0.5) / view.scaleX);
          const row = Math.floor((view.top + y + 0.5) / view.scaleY);
          const isThere = column >= 0 && column < width && row >= 0 && row < height;
          const expected = isThere ? whole[row * width + column] : 0;
          assert.equal(sampled[y * view.width + x], expected);
        }
      }
    }),
  );
});

test('runs that end early leave the rest outside', () => {
  const view = { left: 0, top: 0, width: 2, height: 2, scaleX: 1, scaleY: 1 };
  const sampled = (counts: Uint32Array) => [...sampleMask({ height: 2, width: 2, counts }, view)];
  assert.deepEqual(sampled(Uint32Array.of(0, 2)), [1, 0, 1, 0]);
  assert.deepEqual(sampled(Uint32Array.of()), [0, 0, 0, 0]);
});

test('edges are what touches the outside, not where the view ends', () => {
  const full = new Uint8Array(9).fill(1);
  assert.deepEqual([...maskEdges(full, 3, 3)], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const notch = Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1);
  assert.deepEqual([...maskEdges(notch, 3, 3)], [0, 1, 0, 1, 0, 0, 0, 0, 0]);
  assert.deepEqual([...maskEdges(notch, 3, 3, 2)], [0, 0, 1, 0, 0, 0, 1, 0, 0]);
});
