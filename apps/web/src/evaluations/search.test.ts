import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, gridQuery, readEvaluationSearch } from './search.ts';

const classes = [
  { categoryId: 1, name: 'RBC' },
  { categoryId: 2, name: 'white cell' },
];

test('an address keeps what makes sense, and becomes a filter', () => {
  const search = readEvaluationSearch({
    outcome: 'missed',
    truth: '2',
    predicted: 'none',
    score: '0.5',
    other: 'x',
  });
  assert.deepEqual(search, { outcome: 'missed', truth: '2', predicted: 'none', score: '0.5' });
  assert.deepEqual(filterOf(search), {
    outcome: 'missed',
    trueCategory: 2,
    predictedCategory: 'none',
    leastScore: 0.5,
  });
  assert.deepEqual(readEvaluationSearch({ outcome: 'nonsense', truth: '-1', score: '7' }), {});
});

test('the grid shows the same images', () => {
  assert.equal(gridQuery(12, {}, classes), 'judged(12):mistake');
  assert.equal(gridQuery(12, { outcome: 'badly placed' }, classes), 'judged(12):badly_placed');
  assert.equal(
    gridQuery(12, { truth: '1', predicted: '2' }, classes),
    'confused(12):"RBC/white cell"',
  );
  assert.equal(gridQuery(12, { predicted: '1' }, classes), 'confused(12):*/RBC,"-/RBC"');
  assert.equal(
    gridQuery(12, { outcome: 'missed', truth: '1' }, classes),
    'judged(12):missed confused(12):RBC/*,RBC/-',
  );
});
