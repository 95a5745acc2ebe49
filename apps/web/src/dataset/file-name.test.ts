import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameParts } from './file-name.ts';

test('the number at the end of a name stays together', () => {
  assert.deepEqual(nameParts('day2/COCO_val_000139.jpg'), {
    start: 'COCO_val_',
    end: '000139',
    extension: '.jpg',
  });
  assert.deepEqual(nameParts('血球の顕微鏡写真０１２３４５'), {
    start: '血球の顕微鏡写真',
    end: '０１２３４５',
    extension: '',
  });
});

test('a short name is one piece', () => {
  assert.deepEqual(nameParts('12.jpg'), { start: '', end: '12.jpg', extension: '' });
  assert.deepEqual(nameParts(''), { start: '', end: '', extension: '' });
});

test('a letter is never parted from its marks, nor a character from its half', () => {
  const decomposed = 'ガガガガガガガガ'.normalize('NFD');
  assert.doesNotMatch(nameParts(decomposed).end, /^\p{M}/u);
  assert.equal(nameParts('😀😀😀😀😀😀😀😀').end, '😀'.repeat(6));
});

test('the parts are the whole name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const { start, end, extension } = nameParts(name);
      assert.equal(start + end + extension, name.slice(name.lastIndexOf('/') + 1));
    }),
  );
});
