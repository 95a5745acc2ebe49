import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfValue, valueOfText } from './attribute-value.ts';

test('what is typed is the value that it looks like', () => {
  const texts = ['true', ' 12 ', '-0.5', '1e3', 'occluded', '007', '"7"', '[1, 2]', '[1, 2', ''];
  assert.deepEqual(texts.map(valueOfText), [
    true,
    12,
    -0.5,
    1000,
    'occluded',
    '007',
    '7',
    [1, 2],
    '[1, 2',
    '',
  ]);
});

test('values are written so that typing them gives them again', () => {
  for (const value of [true, 3, 'left', null, [1, 'a'], { a: 1 }]) {
    assert.deepEqual(valueOfText(textOfValue(value)), value);
  }
});
