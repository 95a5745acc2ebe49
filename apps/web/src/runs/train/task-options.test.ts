import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskOptions } from './task-options.ts';

const possible = (...shapes: { value: string; imageCount: number; objectCount: number }[]) =>
  taskOptions({ imageCount: 10, shapes })
    .filter(({ isPossible }) => isPossible)
    .map(({ task }) => task);

test('tasks are possible where something has the shapes that they learn from', () => {
  assert.deepEqual(possible(), ['regress']);
  assert.deepEqual(possible({ value: 'box', imageCount: 4, objectCount: 9 }), [
    'detect',
    'classify',
    'regress',
  ]);
  assert.deepEqual(possible({ value: 'mask', imageCount: 4, objectCount: 9 }), [
    'detect',
    'segment',
    'classify',
    'regress',
  ]);
  assert.deepEqual(possible({ value: 'label', imageCount: 4, objectCount: 4 }), [
    'classify',
    'regress',
    'embed',
  ]);
  assert.deepEqual(possible({ value: 'caption', imageCount: 4, objectCount: 4 }), ['regress']);
});

test('objects of every shape that a task takes are counted', () => {
  const [detect] = taskOptions({
    imageCount: 10,
    shapes: [
      { value: 'box', imageCount: 4, objectCount: 9 },
      { value: 'polygon', imageCount: 6, objectCount: 3 },
    ],
  });
  assert.deepEqual([detect.pictureCount, detect.objectCount], [6, 12]);
});
