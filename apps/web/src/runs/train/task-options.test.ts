import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskOptions } from './task-options.ts';

const possible = (...shapes: { value: string; imageCount: number; objectCount: number }[]) =>
  taskOptions({ shapes }, [])
    .filter(({ isPossible }) => isPossible)
    .map(({ task }) => task);

test('tasks are possible where something has the shapes that they learn from', () => {
  assert.deepEqual(possible(), []);
  assert.deepEqual(possible({ value: 'box', imageCount: 4, objectCount: 9 }), [
    'detect',
    'classify',
  ]);
  assert.deepEqual(possible({ value: 'mask', imageCount: 4, objectCount: 9 }), [
    'detect',
    'segment',
    'classify',
  ]);
  assert.deepEqual(possible({ value: 'label', imageCount: 4, objectCount: 4 }), [
    'classify',
    'embed',
  ]);
  assert.deepEqual(possible({ value: 'caption', imageCount: 4, objectCount: 4 }), []);
});

test('objects of every shape that a task takes are counted', () => {
  const shapes = [
    { value: 'box', imageCount: 4, objectCount: 9 },
    { value: 'polygon', imageCount: 6, objectCount: 3 },
  ];
  const [detect] = taskOptions({ shapes }, []);
  assert.deepEqual([detect.pictureCount, detect.objectCount], [6, 12]);
});

test('a number is learned where two pictures have one in the same field', () => {
  const regress = (...imageCounts: number[]) =>
    taskOptions(
      { shapes: [] },
      imageCounts.map((imageCount, index) => ({ name: `metadata.${index}`, imageCount })),
    ).find(({ task }) => task === 'regress');
  assert.equal(regress(1, 1)?.isPossible, false);
  assert.deepEqual(regress(1, 7), {
    task: 'regress',
    pictureCount: 7,
    objectCount: 0,
    isPossible: true,
  });
});
