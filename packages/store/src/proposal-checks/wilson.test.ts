import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilson } from './wilson.ts';

const rounded = (count: number, of: number) => {
  const { share, low, high } = wilson(count, of)!;
  return [share, low, high].map((each) => Math.round(1000 * each) / 1000);
};

test('an interval after Wilson, as textbooks have it', () => {
  assert.deepEqual(rounded(20, 20), [1, 0.839, 1]);
  assert.deepEqual(rounded(0, 10), [0, 0, 0.278]);
  assert.deepEqual(rounded(9, 10), [0.9, 0.596, 0.982]);
  assert.equal(wilson(0, 0), null);
});
