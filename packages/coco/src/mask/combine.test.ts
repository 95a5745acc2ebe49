import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { mergeRles, subtractRle } from './combine.ts';
import { bitmapFromRle, type Rle, rleArea, rleFromBitmap } from './rle.ts';
import { textFromRle } from './rle-text.ts';
import { arbitraryBitmaps, type Bitmap } from './testing/arbitrary-bitmap.ts';
import { recorded, rleFromRecorded } from './testing/recorded.ts';

const rleOf = ({ pixels, height, width }: Bitmap): Rle => rleFromBitmap(pixels, height, width);

test('unions and intersections are those of pycocotools', () => {
  for (const [how, rles, [height, width], text] of recorded.merges) {
    const merged = mergeRles(rles.map(rleFromRecorded), how);
    assert.equal(textFromRle(merged), text);
    assert.deepEqual([merged.height, merged.width], [height, width]);
  }
});

test('every operation does to runs what it does to pixels', () => {
  fc.assert(
    fc.property(arbitraryBitmaps(3), ([a, b, c]) => {
      const expected = (combine: (a: number, b: number, c: number) => number) =>
        a.pixels.map((pixel, index) => combine(pixel, b.pixels[index], c.pixels[index]));
      const rles = [rleOf(a), rleOf(b), rleOf(c)];
      assert.deepEqual(
        bitmapFromRle(mergeRles(rles, 'union')),
        expected((x, y, z) => x | y | z),
      );
      assert.deepEqual(
        bitmapFromRle(mergeRles(rles, 'intersection')),
        expected((x, y, z) => x & y & z),
      );
      assert.deepEqual(
        bitmapFromRle(subtractRle(rles[0], rles[1])),
        expected((x, y) => x & ~y),
      );
    }),
  );
});

test('the algebra of sets holds, run by run', () => {
  fc.assert(
    fc.property(arbitraryBitmaps(3), (bitmaps) => {
      const [a, b, c] = bitmaps.map(rleOf);
      const union = (...rles: Rle[]) => mergeRles(rles, 'union');
      const intersection = (...rles: Rle[]) => mergeRles(rles, 'intersection');
      assert.deepEqual(union(a, a), a);
      assert.deepEqual(intersection(a, a), a);
      assert.deepEqual(union(a, b), union(b, a));
      assert.deepEqual(union(union(a, b), c), union(a, union(b, c)));
      assert.deepEqual(intersection(a, union(b, c)), union(intersection(a, b), intersection(a, c)));
      assert.deepEqual(union(subtractRle(a, b), intersection(a, b)), a);
      assert.equal(rleArea(union(a, b)) + rleArea(intersection(a, b)), rleArea(a) + rleArea(b));
    }),
  );
});

test('runs of length zero change nothing', () => {
  const holed = { height: 2, width: 4, counts: Uint32Array.of(1, 2, 0, 3, 0, 0, 2) };
  const whole = { height: 2, width: 4, counts: Uint32Array.of(1, 5, 2) };
  assert.deepEqual(mergeRles([holed, holed], 'union'), whole);
  assert.deepEqual(mergeRles([holed, whole], 'intersection'), whole);
});

test('one mask is its own union, none has a picture without pixels', () => {
  const mask = { height: 2, width: 2, counts: Uint32Array.of(1, 3) };
  assert.deepEqual(mergeRles([mask], 'intersection'), mask);
  assert.deepEqual(mergeRles([], 'union'), { height: 0, width: 0, counts: new Uint32Array(0) });
});

test('masks that do not fit together are refused', () => {
  const mask = { height: 2, width: 2, counts: Uint32Array.of(1, 3) };
  assert.throws(() => mergeRles([mask, mask, { ...mask, width: 3 }], 'union'), {
    code: 'bad-rle',
    message:
      /^mask 2: expected 4 pixels in a picture of 2 × 2, .*found 4 pixels in a picture of 2 × 3/,
  });
  const short = { ...mask, counts: Uint32Array.of(1, 2) };
  assert.throws(() => subtractRle(mask, short), { code: 'bad-rle', message: /found 3 pixels/ });
  assert.throws(() => subtractRle(short, mask), { code: 'bad-rle' });
});
