import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bboxIou, bboxIous, rleIou, rleIous } from './iou.ts';
import { type Rle, rleFromBitmap } from './rle.ts';
import { arbitraryBitmaps } from './testing/arbitrary-bitmap.ts';
import { recorded, rleFromRecorded } from './testing/recorded.ts';

const numbers = (values: (number | null)[]) => values.map((value) => value ?? Number.NaN);

test('overlaps of masks are those of pycocotools to the last bit', () => {
  for (const [dts, gts, isCrowd, ious] of recorded.rleIous) {
    const computed = rleIous(dts.map(rleFromRecorded), gts.map(rleFromRecorded), isCrowd);
    assert.deepEqual(Array.from(computed), ious.flat());
  }
});

test('overlaps of boxes are those of pycocotools to the last bit, NaN included', () => {
  for (const [dts, gts, isCrowd, ious] of recorded.bboxIous) {
    const computed = bboxIous(dts.map(numbers), gts.map(numbers), isCrowd);
    assert.deepEqual(Array.from(computed), numbers(ious.flat()));
  }
});

test('runs of length zero end a comparison where they do in pycocotools', () => {
  for (const [height, width, dt, gt, isCrowd, iou] of recorded.runIous) {
    const rle = (counts: number[]): Rle => ({ height, width, counts: Uint32Array.from(counts) });
    assert.equal(rleIou(rle(dt), rle(gt), isCrowd), iou, JSON.stringify([height, width, dt, gt]));
  }
});

test('an overlap is the share of common pixels: symmetric, between 0 and 1', () => {
  fc.assert(
    fc.property(arbitraryBitmaps(2), ([a, b]) => {
      let [both, either, inA] = [0, 0, 0];
      a.pixels.forEach((pixel, index) => {
        both += pixel & b.pixels[index];
        either += pixel | b.pixels[index];
        inA += pixel;
      });
      const rleA = rleFromBitmap(a.pixels, a.height, a.width);
      const rleB = rleFromBitmap(b.pixels, b.height, b.width);
      const iou = rleIou(rleA, rleB, false);
      assert.equal(iou, both === 0 ? 0 : both / either);
      assert.equal(rleIou(rleB, rleA, false), iou);
      assert.equal(rleIou(rleA, rleB, true), both === 0 ? 0 : both / inA);
      assert.equal(rleIou(rleA, rleA, false), inA === 0 ? 0 : 1);
    }),
  );
});

test('boxes and crowds', () => {
  assert.equal(bboxIou([0, 0, 2, 2], [1, 0, 2, 2], false), 1 / 3);
  assert.equal(bboxIou([0, 0, 2, 2], [1, 0, 2, 2], true), 1 / 2);
  assert.equal(bboxIou([0, 0, 2, 2], [2, 0, 2, 2], false), 0);
});

test('masks of several pictures are told by −1 where their boxes overlap', () => {
  const small = { height: 2, width: 2, counts: Uint32Array.of(0, 4) };
  const large = { height: 3, width: 2, counts: Uint32Array.of(0, 6) };
  const away = { height: 9, width: 9, counts: Uint32Array.of(80, 1) };
  assert.equal(rleIou(small, large, false), -1);
  assert.equal(rleIou(small, away, false), 0);
});

test('a mask whose runs end early is compared as far as it goes', () => {
  const whole = { height: 2, width: 4, counts: Uint32Array.of(0, 8) };
  const short = { height: 2, width: 4, counts: Uint32Array.of(1, 3) };
  assert.equal(rleIou(short, whole, false), 3 / 4);
  assert.equal(rleIou(whole, short, false), 3 / 4);
  assert.equal(rleIou({ ...whole, counts: new Uint32Array(0) }, short, false), 0);
});
