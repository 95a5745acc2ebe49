import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phrase } from '@migaki/coco';
import { CocoError } from '../../packages/coco/src/index.ts';
import { compareNumbers } from './comparison.ts';
import { runFuzzTarget } from './run-target.ts';
import { unlessRefused } from './target.ts';
import { fuzzTargetOf } from './targets.ts';

test('only a CocoError counts as a refusal', async () => {
  const refusal = new CocoError('bad-rle', { expected: phrase`runs`, found: 'none' });
  assert.equal(await unlessRefused(() => Promise.reject(refusal)), undefined);
  assert.equal(await unlessRefused(() => 3), 3);
  await assert.rejects(
    unlessRefused(() => Promise.reject(new TypeError('x'))),
    TypeError,
  );
});

test('one case of a target is run again from its seed and path, in its own thread', async () => {
  const again = { target: 'polygon', seed: 5, seconds: 5, path: '40' };
  assert.deepEqual(await runFuzzTarget(again), { cases: 1, failure: null });
  assert.throws(() => fuzzTargetOf('polygons'), /no fuzz target "polygons"\. There are: json, /);
});

test('numbers are compared with their place, and a NaN or a length of one side alone is infinite', () => {
  const ours = { a: [1, Number.NaN, 3], b: ['x'] };
  assert.deepEqual(compareNumbers(ours, ours), { numbers: 4, largestDifference: 0 });
  assert.deepEqual(compareNumbers(ours, { ...ours, a: [1, Number.NaN, 3.5] }), {
    numbers: 4,
    largestDifference: 0.5,
    worst: 'a[2] is 3, the peer has 3.5',
  });
  const infinite = Number.POSITIVE_INFINITY;
  assert.equal(compareNumbers(ours, { ...ours, a: [1, 2, 3] }).largestDifference, infinite);
  assert.equal(compareNumbers(ours, { ...ours, a: [1] }).largestDifference, infinite);
  assert.equal(compareNumbers(ours, { ...ours, b: ['y'] }).largestDifference, infinite);
});
