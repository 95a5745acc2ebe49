import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDims,
  broadcastShapes,
  type Dim,
  floorDivideDims,
  multiplyDims,
  productOf,
  quotientOf,
  subtractDims,
} from './dim.ts';

test('sums of a name and numbers fold their numbers', () => {
  const cases: [Dim, Dim, Dim][] = [
    [2, 3, 5],
    ['H', 3, 'H+3'],
    ['H+3', -3, 'H'],
    [1, 'H-1', 'H'],
    ['floor((H-1)/2)+1', 2, 'floor((H-1)/2)+3'],
    ['H', '?', '?'],
  ];
  for (const [a, b, sum] of cases) assert.equal(addDims(a, b), sum);
});

test('a name less itself is nothing, and differences keep their parentheses', () => {
  assert.equal(subtractDims('N', 'N'), 0);
  assert.equal(subtractDims('N', 'M+1'), 'N-(M+1)');
  assert.equal(subtractDims('?', '?'), '?');
});

test('products gather their numbers and order their names', () => {
  assert.equal(productOf(['N', 7, 'H', 7]), 'H*N*49');
  assert.equal(multiplyDims('N*49', 2), 'N*98');
  assert.equal(multiplyDims('H+1', 2), '(H+1)*2');
  assert.equal(productOf(['H+1']), 'H+1');
  assert.equal(multiplyDims('?', 0), 0);
});

test('quotients cancel what surely divides, and nothing else', () => {
  assert.equal(quotientOf(['N', 64, 7, 7], ['N']), 3136);
  assert.equal(quotientOf(['N*49'], [49]), 'N');
  assert.equal(quotientOf(['N'], ['M']), undefined);
  assert.equal(quotientOf(['?'], ['?']), undefined);
  assert.equal(quotientOf([7], [2]), undefined);
  assert.equal(floorDivideDims('H-1', 2), 'floor((H-1)/2)');
  assert.equal(floorDivideDims('H*2', 2), 'H');
});

test('shapes broadcast as in NumPy, names against numbers by what they must be', () => {
  assert.deepEqual(broadcastShapes(['N', 1, 3], [4, 1]), ['N', 4, 3]);
  assert.deepEqual(broadcastShapes(['N', 8], [8]), ['N', 8]);
  assert.deepEqual(broadcastShapes(['N'], [5]), [5]);
  assert.deepEqual(broadcastShapes(['N'], ['M']), ['?']);
  assert.equal(broadcastShapes([2], [3]), undefined);
});
