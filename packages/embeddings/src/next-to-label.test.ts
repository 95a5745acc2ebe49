import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NextToLabelOptions, nextToLabel } from './next-to-label.ts';
import { clusters, finished } from './testing/clusters.ts';
import { vectorsOf } from './vectors.ts';

/** Row i is of the cluster i modulo 6. */
const vectors = clusters(300, 24, 6);
const none = new Uint8Array(300);
const choose = (options: Partial<NextToLabelOptions>) =>
  finished(nextToLabel(vectors, { count: 6, isLabelled: none, ...options }));
const clustersOf = (rows: readonly { row: number }[]) => new Set(rows.map(({ row }) => row % 6));

test('without labels and without a model, one of each kind comes first', () => {
  assert.equal(clustersOf(choose({})).size, 6);
});

test('what is like something labelled comes after what is not, and what is labelled never', () => {
  const isLabelled = Uint8Array.from({ length: 300 }, (_, row) => Number(row % 6 < 4));
  const choices = choose({ count: 300, isLabelled });
  assert.equal(choices.length, 100);
  assert.deepEqual(clustersOf(choices.slice(0, 2)), new Set([4, 5]));
  assert.ok(choices.every(({ row }) => !isLabelled[row]));
});

test('of equally new pictures the uncertain come first', () => {
  const uncertainties = Float32Array.from({ length: 300 }, (_, row) => (row < 30 ? 0.9 : 0.1));
  const choices = choose({ uncertainties });
  assert.ok(choices.every(({ row }) => row < 30));
  assert.equal(clustersOf(choices).size, 6);
});

test('a near copy of what was chosen waits, however uncertain it is', () => {
  const values = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
  const four = vectorsOf(values, 3);
  const options = { count: 4, isLabelled: new Uint8Array(4), uncertainties: [1, 1, 0.4, 0.3] };
  const order = finished(nextToLabel(four, options)).map(({ row }) => row);
  assert.ok(order.indexOf(2) < 3 && order.indexOf(3) < 3, `${order}`);
  assert.deepEqual(new Set(order.slice(-1)).isSubsetOf(new Set([0, 1])), true);
});

test('it says how uncertain and how new each is', () => {
  const two = vectorsOf(Float32Array.of(1, 0, -1, 0, 0, 1), 2);
  const [first, second] = finished(
    nextToLabel(two, { count: 2, isLabelled: [1, 0, 0], uncertainties: [0, 0.5, 0.5] }),
  );
  assert.deepEqual(first, { row: 1, uncertainty: 0.5, novelty: 1 });
  assert.deepEqual(second, { row: 2, uncertainty: 0.5, novelty: 0.5 });
});

test('only candidates are chosen, the same ones each time, and none where there are none', () => {
  const isCandidate = Uint8Array.from({ length: 300 }, (_, row) => Number(row > 250));
  const choices = choose({ isCandidate });
  assert.ok(choices.every(({ row }) => row > 250));
  assert.deepEqual(choose({ isCandidate }), choices);
  assert.deepEqual(choose({ isCandidate: none }), []);
  assert.deepEqual(choose({ count: 0 }), []);
  const nothing = vectorsOf(new Float32Array(0), 3);
  assert.deepEqual(finished(nextToLabel(nothing, { count: 3, isLabelled: [] })), []);
});
