import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fileOrder, orderByDescendingScore, orderByKey } from './stable-order.ts';

test('scores are sorted as a stable comparison sorts them, NaN last, 0 and -0 equal', () => {
  const score = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -0, 1, -1, 0.5, Number.NaN, Infinity, -Infinity, 5e-324, -5e-324),
  );
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
      const isNaNLast = (a: number, b: number) =>
        Number(Number.isNaN(scores[a])) - Number(Number.isNaN(scores[b]));
      const isHigherFirst = (a: number, b: number) =>
        scores[a] > scores[b] ? -1 : scores[a] < scores[b] ? 1 : 0;
      const expected = [...scores.keys()].sort((a, b) => isNaNLast(a, b) || isHigherFirst(a, b));
      const order = orderByDescendingScore(fileOrder(scores.length), Float64Array.from(scores));
      assert.deepEqual([...order], expected);
    }),
  );
});

test('a NaN of either sign is last', () => {
  const bits = new BigUint64Array([0xfff8000000000000n, 0x7ff8000000000000n, 0xfff0000000000000n]);
  const scores = new Float64Array(bits.buffer);
  assert.deepEqual([...orderByDescendingScore(fileOrder(3), scores)], [2, 0, 1]);
});

test('sorting by one key after another sorts by the last, then by those before', () => {
  const key = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, key), { maxLength: 40 }), (pairs) => {
      const minor = Int32Array.from(pairs, ([, second]) => second);
      const major = Int32Array.from(pairs, ([first]) => first);
      const order = orderByKey(orderByKey(fileOrder(pairs.length), minor, 4), major, 4);
      const expected = [...pairs.keys()].sort(
        (a, b) => major[a] - major[b] || minor[a] - minor[b] || a - b,
      );
      assert.deepEqual([...order], expected);
    }),
  );
});
