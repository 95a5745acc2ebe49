import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColors, originColor, rgbOf } from './colors.ts';

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

test('every model has the colour of models', () => {
  const colors = ['human', 'import', 'model yolo@3', 'model other@1'].map((origin) =>
    originColor({ categoryId: 1, origin }),
  );
  assert.equal(new Set(colors).size, 3);
  assert.equal(colors[2], colors[3]);
  assert.deepEqual(rgbOf('#0180ff'), [1, 128, 255]);
});
