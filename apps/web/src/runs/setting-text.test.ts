import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberText, valueText, wordsOf } from './setting-text.ts';

const text = (value: unknown) => valueText(value, 'en', { yes: 'yes', no: 'no' });

test('names of settings read as words, whoever wrote them', () => {
  assert.equal(wordsOf('learningRate'), 'learning rate');
  assert.equal(wordsOf('weight_decay'), 'weight decay');
  assert.equal(wordsOf('AP50'), 'AP50');
});

test('numbers are short and keep the digits that matter', () => {
  assert.equal(numberText(120_000, 'en'), '120,000');
  assert.equal(numberText(0.5, 'en'), '0.5');
  assert.equal(numberText(0.123456, 'en'), '0.1235');
  assert.equal(numberText(0.0003, 'en'), '3e-4');
  assert.equal(numberText(-0.00012345, 'en'), '-1.234e-4');
  assert.equal(numberText(Number.NaN, 'en'), 'NaN');
});

test('values of any kind have a text', () => {
  assert.deepEqual([true, null, 'tiny', [1, 0.5], { scale: [1, 2] }].map(text), [
    'yes',
    '–',
    'tiny',
    '1, 0.5',
    '{"scale":[1,2]}',
  ]);
});
