import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fault, faultPhrase, inEnglish, phrase } from './phrase.ts';

test('a phrase without holes is its English', () => {
  assert.equal(phrase`the end of the text`, 'the end of the text');
});

test('what fills the holes is kept apart, and counts are grouped as the language does it', () => {
  const words = phrase`${1234567} of ${'RBC {0}'}, not ${phrase`at most ${5}`}`;
  assert.deepEqual(words, {
    template: '{0} of {1}, not {2}',
    values: [1234567, 'RBC {0}', { template: 'at most {0}', values: [5] }],
  });
  assert.equal(inEnglish(words), '1,234,567 of RBC {0}, not at most 5');
});

test('data that looks like a hole stays as it is', () => {
  assert.equal(inEnglish('{0}.jpg'), '{0}.jpg');
});

test('a fault is one sentence with a place before it and advice after it', () => {
  const expected = phrase`a list`;
  const faultInEnglish = (fault: Fault) => inEnglish(faultPhrase(fault));
  assert.equal(faultInEnglish({ expected, found: 'null' }), 'expected a list, found null.');
  assert.equal(
    faultInEnglish({ where: '$.images', expected, found: 'null', advice: phrase`Write one.` }),
    '$.images: expected a list, found null. Write one.',
  );
});
