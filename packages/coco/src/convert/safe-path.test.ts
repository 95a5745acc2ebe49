import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../coco-error.ts';
import {
  compareCodePoints,
  extensionOf,
  folderOf,
  isPicturePath,
  safePath,
  withoutExtension,
} from './safe-path.ts';

test('a path stays as it is, with the separators of this package', () => {
  assert.equal(safePath('a/写真 1.jpg'), 'a/写真 1.jpg');
  assert.equal(safePath('a\\b\\c.jpg'), 'a/b/c.jpg');
  assert.equal(safePath('./a//b/./c.jpg'), 'a/b/c.jpg');
  assert.equal(safePath('..\\images\\a.jpg', 'labels'), 'images/a.jpg');
  assert.equal(safePath('x/../a.jpg'), 'a.jpg');
  assert.equal(safePath('..a/...jpg'), '..a/...jpg');
});

test('what leads out of the tree is refused', () => {
  const unsafe = [
    '..',
    '../a.jpg',
    'a/../../b',
    '..\\a',
    '/etc/passwd',
    '\\\\host\\a',
    'C:\\a',
    'c:a',
    'a\0b',
    '',
    '.',
    'a/..',
  ];
  for (const path of unsafe) assert.throws(() => safePath(path), { code: 'unsafe-path' }, path);
  assert.throws(() => safePath('../../a.jpg', 'labels'), { code: 'unsafe-path' });
});

test('whatever comes in, nothing that leads out comes back', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', ' ', '日', '...');
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('', 'x', 'x/y'), (pieces, folder) => {
      try {
        const segments = safePath(pieces.join(''), folder).split('/');
        for (const segment of segments) assert.ok(!['', '.', '..'].includes(segment));
        assert.ok(!/[\\\0]/.test(segments.join('/')));
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

test('names and extensions', () => {
  assert.deepEqual(['a/b.c/d', 'a/.b', 'a.tar.gz', 'A.JPG'].map(extensionOf), [
    '',
    '',
    'gz',
    'jpg',
  ]);
  assert.deepEqual(['a.b/c', 'a/b.JPG', '.a'].map(withoutExtension), ['a.b/c', 'a/b', '.a']);
  assert.deepEqual(['a', 'a/b/c'].map(folderOf), ['', 'a/b']);
  assert.deepEqual(['a.jpeg', 'a.TIFF', 'a.txt', 'jpg'].map(isPicturePath), [
    true,
    true,
    false,
    false,
  ]);
});

test('paths are ordered by code points, as other languages order them', () => {
  const order = (texts: string[]) => texts.toSorted(compareCodePoints);
  // In UTF-16 the astral character's surrogate would come before U+FFFD.
  assert.deepEqual(order(['\u{1f600}', '\ufffd', 'b', 'a', 'aa', '']), [
    '',
    'a',
    'aa',
    'b',
    '\ufffd',
    '\u{1f600}',
  ]);
  const astral = fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      '\u00e9',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{1f600}',
    ),
  });
  fc.assert(
    fc.property(astral, astral, (a, b) => {
      const points = (text: string) => [...text].map((character) => character.codePointAt(0)!);
      const [left, right] = [points(a), points(b)];
      const i = left.findIndex((point, index) => point !== right[index]);
      const expected = i === -1 ? left.length - right.length : left[i] - (right[i] ?? -1);
      assert.equal(Math.sign(compareCodePoints(a, b)), Math.sign(expected));
    }),
    { numRuns: 2000 },
  );
});
