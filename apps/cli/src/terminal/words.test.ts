import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteSize, counted, duration, percent, printable, shorten, wrap } from './words.ts';

test('counts things in the singular and the plural', () => {
  assert.equal(counted(1, 'category'), '1 category');
  assert.equal(counted(0, 'category'), '0 categories');
  assert.equal(counted(12_345, 'picture'), '12,345 pictures');
});

test('a percentage is 0 or 100 only where nothing or everything is meant', () => {
  assert.deepEqual(
    [0, 1, 415, 9999, 10_000].map((part) => percent(part, 10_000)),
    ['0 %', '< 0.1 %', '4.2 %', '> 99.9 %', '100 %'],
  );
  assert.equal(percent(0, 0), '–');
});

test('sizes and durations take the unit that reads best', () => {
  assert.deepEqual([0, 999, 1000, 18_728_309, 2.5e12].map(byteSize), [
    '0 B',
    '999 B',
    '1 kB',
    '18.7 MB',
    '2.5 TB',
  ]);
  assert.deepEqual([0.04, 0.0951, 9.94, 9.96, 59.6, 125, 4320].map(duration), [
    '40 ms',
    '0.1 s',
    '9.9 s',
    '10 s',
    '1 min 00 s',
    '2 min 05 s',
    '1 h 12 min',
  ]);
});

test('shortens by characters, not in the middle of one', () => {
  assert.equal(shorten('👩‍🚀🚲🚲🚲', 4).endsWith('…'), true);
  assert.equal(shorten('abcdef', 6), 'abcdef');
  assert.equal(shorten('abcdef', 5), 'abcd…');
});

test('wraps between words, each line with its indent', () => {
  assert.equal(wrap('one two three', 9, '  '), '  one two\n  three');
  assert.equal(wrap('incomprehensibilities', 9, '  '), '  incomprehensibilities');
});

test('control characters are shown, not obeyed', () => {
  assert.equal(printable('a\u001b[2Jb\nc\u007fd\u009be\u202ef'), 'a␛[2Jb␊c␡d�e�f');
  assert.equal(printable('自転車 é 🚲'), '自転車 é 🚲');
});
