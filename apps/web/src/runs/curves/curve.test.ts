import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestOf, type CurvePoint, pairsOf, smoothed } from './curve.ts';

const points = (...values: number[]): CurvePoint[] =>
  values.map((value, step) => ({ step, epoch: null, seconds: step * 2, value }));

test('smoothing follows the values, starts at the first and keeps what does not change', () => {
  assert.deepEqual(smoothed([3, 1, 2], 0), [3, 1, 2]);
  assert.deepEqual(
    smoothed([5, 5, 5, 5], 0.9).map((value) => Math.round(value * 1e9) / 1e9),
    [5, 5, 5, 5],
  );
  const [first, second] = smoothed([0, 1], 0.5);
  assert.equal(first, 0);
  assert.ok(Math.abs(second - 2 / 3) < 1e-12);
});

test('a value that is no number leaves a gap and does not spoil those after it', () => {
  const [, gap, after] = smoothed([1, Number.NaN, 1], 0.5);
  assert.ok(Number.isNaN(gap));
  assert.equal(after, 1);
  assert.deepEqual(pairsOf(points(1, Number.NaN, 2), 'step'), [
    [0, 1],
    [2, 2],
  ]);
});

test('an axis of logarithms leaves out what it cannot hold, one of epochs what has none', () => {
  assert.deepEqual(pairsOf(points(0, 10, -1), 'seconds', { isLog: true }), [[2, 10]]);
  assert.deepEqual(pairsOf(points(1, 2), 'epoch'), []);
});

test('the best is the greatest of scores and the least of errors', () => {
  const all = points(0.2, 0.9, Number.NaN, 0.4);
  assert.equal(bestOf(all, true)?.step, 1);
  assert.equal(bestOf(all, false)?.step, 0);
  assert.equal(bestOf([], true), null);
});
