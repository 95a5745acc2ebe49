import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decimalText,
  fractionDecimals,
  numberFromText,
  pixelDecimals,
  roundTo,
} from './numbers.ts';

test('a number is read from decimal notation alone, and of a sensible size', () => {
  assert.equal(numberFromText(' -1.5e2 '), -150);
  assert.equal(numberFromText('.5'), 0.5);
  assert.equal(numberFromText('5.'), 5);
  assert.equal(numberFromText('1e-400'), 0);
  for (const text of [
    '',
    ' ',
    'NaN',
    'inf',
    '-Infinity',
    '0x10',
    '1_000',
    '1,5',
    '1e',
    '--1',
    '1e10',
    '1 2',
    '１',
  ]) {
    assert.equal(numberFromText(text), undefined, text);
  }
});

test('the shortest text of every number reads back as the number, without an exponent', () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(numbers, (value) => {
      const text = decimalText(value);
      assert.match(text, /^-?\d+(?:\.\d+)?$/);
      assert.equal(Number(text), value + 0);
    }),
    { numRuns: 2000 },
  );
  assert.equal(decimalText(-0), '0');
  assert.equal(decimalText(1.5e-7), '0.00000015');
  assert.equal(decimalText(-1e21), '-1000000000000000000000');
});

test('so many decimals, no trailing zeros and no minus before a zero', () => {
  assert.equal(decimalText(0.5, 12), '0.5');
  assert.equal(decimalText(-1e-13, 12), '0');
  assert.equal(decimalText(100, 2), '100');
  assert.equal(roundTo(1.005, 2), 1);
  assert.equal(Object.is(roundTo(-1e-9, 6), 0), true);
});

test('pixels survive a division by the size of the picture, as fractions and as per cent', () => {
  const lengths = fc.integer({ min: 1, max: 500_000 });
  const pixels = fc.integer({ min: 0, max: 1_000_000_000 });
  fc.assert(
    fc.property(lengths, pixels, (length, millionths) => {
      const pixel = Number(((millionths / 1e9) * length).toFixed(pixelDecimals));
      const text = decimalText(pixel / length, fractionDecimals);
      assert.equal(roundTo(numberFromText(text)! * length, pixelDecimals), pixel);
      const percent = roundTo((100 * pixel) / length, fractionDecimals - 2);
      assert.equal(roundTo((percent / 100) * length, pixelDecimals), pixel);
    }),
    { numRuns: 2000 },
  );
});
