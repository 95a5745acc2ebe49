import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categories } from '../testing/documents.ts';
import { colorsOf, textOn } from './colors.ts';

const objects = [
  { id: 1, categoryId: 1, origin: 'human' },
  { id: 2, categoryId: 1, origin: 'model cells@3' },
  { id: -1, categoryId: 99, origin: 'import' },
];

test('objects share a colour by what the person asks for', () => {
  const [a, b, c] = objects.map(colorsOf('category', categories));
  assert.ok(a === b && c === '#ffffff');
  assert.equal(new Set(objects.slice(0, 2).map(colorsOf('instance', categories))).size, 2);
  assert.equal(new Set(objects.map(colorsOf('origin', categories))).size, 3);
});

test('a category’s own colour comes first', () => {
  const own = [{ ...categories[0], color: '#123456' }];
  assert.equal(colorsOf('category', own)(objects[0]), '#123456');
});

test('labels can be read on every colour', () => {
  assert.deepEqual(['#ffffff', '#fde047', '#000000', '#1d4ed8'].map(textOn), [
    '#000',
    '#000',
    '#fff',
    '#fff',
  ]);
});

test('another order of categories changes no colour', () => {
  const turned = colorsOf('category', categories.toReversed());
  assert.deepEqual(objects.map(turned), objects.map(colorsOf('category', categories)));
});
