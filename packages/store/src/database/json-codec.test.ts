import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeJson, encodeJson } from './json-codec.ts';

test('plain values are the JSON that anyone would write', () => {
  assert.equal(encodeJson({ a: [1, 'é', null, true] }), '{"a":[1,"é",null,true]}');
});

test('what PostgreSQL refuses is wrapped, and so is what looks like a wrapping', () => {
  const values = [NaN, -Infinity, 'a\u0000b', '\ud800', { '\u0000': [1, NaN] }, { $text: 'x' }];
  for (const value of [...values, values, { $text: { $number: 'NaN' } }, { $$: '$', '$key:': 1 }]) {
    const text = encodeJson(value);
    assert.doesNotMatch(text, /(?<!\\)\\u0000|(?<!\\)\\ud800|:null/);
    assert.deepEqual(decodeJson(text), value);
  }
});

test('every value comes back', () => {
  const leaf = fc.oneof(
    fc.constantFrom(NaN, Infinity, -Infinity, null, true),
    fc.double().map((number) => number + 0),
    fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  );
  const key = fc.oneof(
    fc.constantFrom('$number', '$text', '$key:', '$', '__proto__', '\u0000'),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 3 })
        .map((members) => Object.fromEntries(members)),
    ),
  }));
  fc.assert(
    fc.property(value, (sample) => assert.deepEqual(decodeJson(encodeJson(sample)), sample)),
    { numRuns: 2000 },
  );
});

test('keys that V8 mistakes for each other are kept apart', () => {
  for (const value of [
    { q: {}, '\\': 1 },
    { q: {}, '"': 2 },
    { q: {}, '\\n': 1 },
    { q: {}, '\n': 3 },
  ]) {
    assert.deepEqual(decodeJson(encodeJson(value)), value);
  }
});
