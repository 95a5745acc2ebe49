import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColors, originKind, rgbOf, textOn } from './colors.ts';

const category = (id: number, color: string | null = null) => ({
  id,
  color,
  name: `c${id}`,
  supercategory: null,
  keypoints: null,
  skeleton: null,
  flipIndex: null,
  keypointPositions: null,
  imageCount: 0,
  objectCount: 0,
});

test('a category keeps the colour that it was given, others get one of their own', () => {
  const colorOf = categoryColors([category(7, '#123456'), category(3), category(9)]);
  const colors = [7, 3, 9].map((categoryId) => colorOf({ categoryId, origin: 'human' }));
  assert.equal(colors[0], '#123456');
  assert.equal(new Set(colors).size, 3);
  const reordered = categoryColors([category(9), category(7, '#123456'), category(3)]);
  assert.equal(reordered({ categoryId: 3, origin: 'human' }), colors[1]);
});

test('objects without a known category have a colour too', () => {
  assert.equal(categoryColors([])({ categoryId: null, origin: 'human' }), '#ffffff');
  assert.equal(categoryColors([])({ categoryId: 5, origin: 'human' }), '#ffffff');
});

test('text is black on light colours and white on dark ones', () => {
  assert.equal(textOn('#ffc53d'), '#000');
  assert.equal(textOn('#1f2a60'), '#fff');
  assert.deepEqual(rgbOf('#0180ff'), [1, 128, 255]);
});

test('every model is a model', () => {
  assert.deepEqual(['human', 'import', 'model yolo@3'].map(originKind), [
    'human',
    'import',
    'model',
  ]);
});
