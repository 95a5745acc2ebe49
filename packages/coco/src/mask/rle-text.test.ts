import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { rleArea } from './rle.ts';
import {
  areaFromText,
  compressedFromRle,
  rleFromText,
  textFromRle,
  uncompressedFromRle,
} from './rle-text.ts';
import { recorded } from './testing/recorded.ts';

test('texts are read and written as pycocotools does', () => {
  for (const [height, width, counts, text] of recorded.runLengths) {
    const rle = rleFromText(text, height, width);
    assert.deepEqual(Array.from(rle.counts), counts);
    assert.equal(textFromRle(rle), text);
  }
});

test('any runs survive the text', () => {
  const counts = fc.array(fc.oneof(fc.nat(40), fc.nat(2 ** 32 - 1), fc.constant(2 ** 32 - 1)));
  fc.assert(
    fc.property(counts, (runs) => {
      const rle = { height: 3, width: 4, counts: Uint32Array.from(runs) };
      assert.deepEqual(rleFromText(textFromRle(rle), 3, 4), rle);
      assert.equal(areaFromText(textFromRle(rle)), rleArea(rle));
    }),
  );
});

test('texts longer than any buffer survive', () => {
  const counts = Uint32Array.from({ length: 20_000 }, (_, run) => (run * 7919) % 5003);
  const rle = { height: 1, width: 1, counts };
  assert.deepEqual(rleFromText(textFromRle(rle), 1, 1), rle);
});

test('both forms of a mask in a file carry its size', () => {
  const rle = rleFromText('52203', 3, 4);
  assert.deepEqual(compressedFromRle(rle), { size: [3, 4], counts: '52203' });
  assert.deepEqual(uncompressedFromRle(rle), { size: [3, 4], counts: [5, 2, 2, 2, 5] });
});

test('characters that cannot occur are named with their place', () => {
  for (const character of ['/', 'p', ' ', '\n', 'é', '\0', '漢']) {
    assert.throws(() => rleFromText(`52${character}03`, 3, 4), {
      code: 'bad-rle',
      message: /^counts: expected characters from "0" to "o", found ".*" as character 2 of 5\.$/,
    });
    assert.throws(() => rleFromText(`5o${character}`, 3, 4), { message: /as character 2 of 3/ });
  }
});

test('a text cut off inside a run is told from a whole one', () => {
  assert.throws(() => rleFromText('52o', 3, 4), {
    message: /ends in the middle of a run, after character 2\. The text was cut off\./,
  });
});

test('a run that never ends is refused after seven characters', () => {
  assert.deepEqual(rleFromText('oooooo3', 3, 4).counts, Uint32Array.of(2 ** 32 - 1));
  assert.throws(() => rleFromText('o'.repeat(1_000_000), 3, 4, 'results[2].segmentation'), {
    message:
      /^results\[2\]\.segmentation: expected runs of at most 7 characters, found a longer one/,
  });
});

test('any text either gives runs or one clear error', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0Oo15]^P') })),
      (text) => {
        try {
          assert.ok(rleFromText(text, 10, 10).counts.length <= text.length);
        } catch (error) {
          assert.equal((error as { code: string }).code, 'bad-rle');
        }
      },
    ),
  );
});
