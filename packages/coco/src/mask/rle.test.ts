import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bitmapFromRle, checkRle, type Rle, rleArea, rleBbox, rleFromBitmap } from './rle.ts';
import { rleFromText, textFromRle } from './rle-text.ts';
import { arbitraryBitmap } from './testing/arbitrary-bitmap.ts';
import { recorded } from './testing/recorded.ts';

test('bitmaps become the runs that pycocotools makes of them, and back', () => {
  for (const [digits, height, width, text] of recorded.bitmaps) {
    const pixels = Uint8Array.from(digits, Number);
    assert.equal(textFromRle(rleFromBitmap(pixels, height, width)), text);
    assert.deepEqual(bitmapFromRle(rleFromText(text, height, width)), pixels);
  }
});

test('area and box of any runs are those of pycocotools', () => {
  for (const [height, width, counts, , area, bbox] of recorded.runLengths) {
    const rle = { height, width, counts: Uint32Array.from(counts) };
    assert.equal(rleArea(rle), area);
    assert.deepEqual(rleBbox(rle), bbox);
  }
});

test('area and box are those of the bitmap', () => {
  fc.assert(
    fc.property(arbitraryBitmap, ({ height, width, pixels }) => {
      const rle = rleFromBitmap(pixels, height, width);
      assert.deepEqual(bitmapFromRle(rle), pixels);
      let area = 0;
      let [left, top, right, bottom] = [width, height, 0, 0];
      pixels.forEach((pixel, index) => {
        if (pixel === 0) return;
        area++;
        left = Math.min(left, index % width);
        right = Math.max(right, (index % width) + 1);
        top = Math.min(top, Math.floor(index / width));
        bottom = Math.max(bottom, Math.floor(index / width) + 1);
      });
      assert.equal(rleArea(rle), area);
      if (area > 0) assert.deepEqual(rleBbox(rle), [left, top, right - left, bottom - top]);
      else assert.deepEqual(rleBbox(rle), [0, 0, 0, 0]);
    }),
  );
});

test('every byte but 0 is inside', () => {
  assert.deepEqual(rleFromBitmap(Uint8Array.of(0, 1, 255, 7), 2, 2).counts, Uint32Array.of(1, 3));
});

test('a picture without rows has no box, whatever its runs', () => {
  assert.deepEqual(rleBbox({ height: 0, width: 3, counts: Uint32Array.of(1, 5) }), [0, 0, 0, 0]);
});

test('runs that do not add up to the picture are told apart before anything is drawn', () => {
  const tooLong: Rle = { height: 2, width: 2, counts: Uint32Array.of(0, 4_000_000_000) };
  const found = /mask: expected runs that add up to 4 pixels \(2 × 2\), found 4,000,000,000 pixels/;
  assert.throws(() => bitmapFromRle(tooLong), { code: 'bad-rle', message: found });
  assert.throws(() => bitmapFromRle({ height: 2, width: 2, counts: Uint32Array.of(1) }), {
    code: 'bad-rle',
  });
  assert.throws(() => checkRle(tooLong, 'annotations[3]'), { message: /^annotations\[3\]: / });
});

test('sizes that no picture has are refused', () => {
  const counts = new Uint32Array(1);
  for (const [height, width] of [
    [-1, 0],
    [1.5, 0],
    [Number.NaN, 0],
    [2 ** 20, 2 ** 20],
  ]) {
    assert.throws(() => checkRle({ height, width, counts }), { code: 'bad-rle' });
  }
  assert.throws(() => rleFromBitmap(new Uint8Array(5), 2, 2), {
    message: /expected 4 bytes \(2 × 2\), found 5 bytes/,
  });
});

test('a picture of no rows may not be wider than a picture can be', () => {
  // Found by fuzzing: the product is 0, but the loop over the columns would never end.
  assert.throws(() => rleFromBitmap(new Uint8Array(0), 0, 1e300), { code: 'bad-rle' });
});
