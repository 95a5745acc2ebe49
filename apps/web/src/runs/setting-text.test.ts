import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberText, scoreText, valueText, wordsOf } from './setting-text.ts';

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

test('scores have digits that stand under each other, and learning rates keep their size', () => {
  assert.equal(scoreText('AP', 0.000036, 'en'), '0.0000');
  assert.equal(scoreText('r2', -0.000036, 'en'), '0.0000');
  assert.equal(scoreText('AP', 0, 'en'), '0.0000');
  assert.equal(scoreText('AP', 0.5, 'en'), '0.5000');
  assert.equal(scoreText('r2', -0.12345, 'en'), '-0.1235');
  assert.equal(scoreText('mae', 12.3456, 'en'), '12.35');
  assert.equal(scoreText('AP', Number.NaN, 'en'), 'NaN');
  assert.equal(scoreText('lr/group0', 0.00003, 'en'), '3e-5');
  assert.equal(scoreText('learning_rate', 0.00003, 'en'), '3e-5');
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
