import assert from 'node:assert/strict';
import test from 'node:test';
import { pairwiseSum } from './pairwise-sum.ts';

// repr(float(numpy.sum(a))) of numpy 2.4.6, a[i] = ±1 / (i + 1) with the minus at every third i.
const sumsOfNumpy: [count: number, sum: number][] = [
  [0, 0],
  [1, -1],
  [7, -0.19285714285714287],
  [8, -0.06785714285714284],
  [9, 0.04325396825396827],
  [16, 0.11616855366855366],
  [127, 0.8324191899662684],
  [128, 0.8402316899662682],
  [129, 0.8479836279507644],
  [136, 0.8554990214260937],
  [300, 1.1256371540160672],
  [1000, 1.5236868469933391],
];

for (const [count, sum] of sumsOfNumpy) {
  test(`the sum of ${count} numbers is that of numpy to the last bit`, () => {
    const padding = 3;
    const values = Float64Array.from({ length: count + padding }, (_, at) => {
      const i = at - padding;
      return (i % 3 === 0 ? -1 : 1) / (i + 1);
    });
    assert.equal(pairwiseSum(values, padding, count), sum);
  });
}
