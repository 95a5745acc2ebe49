import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabelledObject, LabelledPicture, TrainingSet } from '../samples/training-set.ts';
import { settle } from './settle.ts';

const object: LabelledObject = {
  annotationId: 1,
  classIndex: 0,
  box: [10, 10, 200, 200],
  rings: [],
  keypoints: new Float32Array(),
  isCrowd: false,
};
const picture = (imageId: number): LabelledPicture => ({
  imageId,
  fileName: `${imageId}.jpg`,
  path: `${imageId}.jpg`,
  width: 640,
  height: 480,
  split: '',
  labels: [],
  value: Number.NaN,
  objects: [object],
});

const setOf = (count: number, undecidedCount = 0): TrainingSet => ({
  classes: [{ categoryId: 1, name: 'cell', keypoints: [], skeleton: [], mirrored: [] }],
  pictures: Array.from({ length: count }, (_, i) => picture(i + 1)),
  undecidedCount,
});

const initOf = (side: number) => ({ inputSize: { width: side, height: side } });

test('a network that takes pictures far smaller than they are is warned of, where places matter', () => {
  const warned = (side: number) =>
    settle(setOf(10), null, { task: 'detect' }, initOf(side)).warnings;
  assert.match(warned(32)[0], /takes pictures of 32 × 32 pixels alone.*mostly 640 × 480/);
  assert.deepEqual([warned(159).length, warned(160).length], [1, 0], 'a quarter is enough');
  const any = settle(setOf(10), null, { task: 'detect' }, { inputSize: null });
  assert.deepEqual(any.warnings, []);
});

test('that nothing is left to validate with is warned of', () => {
  const { warnings } = settle(setOf(10), null, { task: 'detect', split: 0 });
  assert.match(warnings[0], /^There is no picture to validate with/);
});

test('pictures without labels that are left out are said to be of the one dataset or the other', () => {
  const notes = settle(setOf(4, 3), setOf(4, 1), { task: 'detect' }).notes.filter((text) =>
    /left out/.test(text),
  );
  assert.match(notes[0], /^3 pictures of the dataset to learn from without labels.* are left out/);
  assert.match(notes[1], /^1 picture of the dataset to validate with without labels.* is left out/);
  const [alone] = settle(setOf(4, 3), null, { task: 'detect' }).notes.filter((text) =>
    /left out/.test(text),
  );
  assert.match(alone, /^3 pictures without labels.* are left out/);
});

test('pictures for testing are not learned from, whether or not some are named for validation', () => {
  const sidesOf = (...splits: string[]) => {
    const pictures = splits.map((split, index) => ({ ...picture(index + 1), split }));
    const set = { ...setOf(0), pictures };
    const { training, validation } = settle(set, null, { task: 'detect', split: 0.25 });
    return [training, validation].map((side) => side.map(({ split }) => split).sort());
  };
  assert.deepEqual(sidesOf('train', 'val', 'test'), [['train'], ['val']]);
  const [training, validation] = sidesOf('', '', '', '', 'test', 'test2017');
  assert.deepEqual([training, validation], [['', '', ''], ['']]);
  assert.deepEqual(sidesOf('test', 'test')[0], ['test'], 'where nothing else is there');
});
