import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OutputOptions, readDetections, rolesOf } from './detections.ts';
import type { ReadTensor } from './tensors.ts';

const tensor = (
  name: string,
  shape: number[],
  values: number[] | string[],
  datatype = typeof values[0] === 'string' ? 'BYTES' : 'FP32',
): ReadTensor => ({ name, datatype, shape, values });

/** The model saw a picture of 200 × 100 pixels as one of 100 × 100. */
const placement = { scaleX: 0.5, scaleY: 1, offsetX: 0, offsetY: 0, width: 100, height: 100 };

const read = (outputs: ReadTensor[], options: Partial<OutputOptions> = {}) =>
  readDetections(outputs, placement, { names: {}, ...options }, 'leaf.jpg');
const boxOf = (outputs: ReadTensor[], options?: Partial<OutputOptions>) =>
  read(outputs, options).fields.map(({ category_id, bbox, score }) => [category_id, bbox, score]);

const scores = tensor('scores', [1], [0.9]);
const labels = tensor('labels', [1], [3], 'INT64');
const boxes = (values: number[], name = 'boxes') => tensor(name, [1, 1, 4], values);

test('corners of what the model saw become a corner and a size on the picture', () => {
  assert.deepEqual(boxOf([boxes([10, 20, 30, 60]), scores, labels]), [[3, [20, 20, 40, 40], 0.9]]);
});

const written: [how: string, values: number[], options: Partial<OutputOptions>][] = [
  ['a corner and a size', [10, 20, 20, 40], { boxFormat: 'xywh' }],
  ['a centre and a size', [20, 40, 20, 40], { boxFormat: 'cxcywh' }],
  ['rows first', [20, 10, 60, 30], { boxFormat: 'yxyx' }],
  ['fractions', [0.1, 0.2, 0.3, 0.6], { boxUnit: 'fractions' }],
];
for (const [how, values, options] of written) {
  test(`boxes may be written as ${how}`, () => {
    const [[, bbox]] = boxOf([boxes(values), scores, labels], options);
    assert.deepEqual(bbox, [20, 20, 40, 40]);
  });
}

test('TensorFlow’s detectors are known by their names, with as many boxes as they count', () => {
  const outputs = [
    tensor('detection_boxes', [1, 2, 4], [0.2, 0.1, 0.6, 0.3, 0, 0, 0, 0]),
    tensor('detection_scores', [1, 2], [0.9, 0.8]),
    tensor('detection_classes', [1, 2], [3, 1]),
    tensor('num_detections', [1], [1]),
  ];
  assert.deepEqual(boxOf(outputs), [[3, [20, 20, 40, 40], 0.9]]);
});

test('a fifth number is the score, a sixth the label; and fillers are no boxes', () => {
  const dets = tensor('dets', [1, 2, 5], [10, 20, 30, 60, 0.7, 0, 0, 0, 0, 0]);
  const labels = tensor('labels', [1, 2], [4, -1]);
  assert.deepEqual(boxOf([dets, labels]), [[4, [20, 20, 40, 40], 0.7]]);
  const alone = tensor('output0', [1, 2, 6], [10, 20, 30, 60, 0.5, 2, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(boxOf([alone]), [[2, [20, 20, 40, 40], 0.5]]);
});

test('of scores of every class the greatest counts', () => {
  const every = tensor('scores', [1, 1, 3], [0.1, 0.2, 0.6]);
  assert.deepEqual(boxOf([boxes([10, 20, 30, 60]), every]), [[2, [20, 20, 40, 40], 0.6]]);
});

test('no boxes are an answer', () => {
  const none = [tensor('boxes', [0, 4], []), tensor('scores', [0], []), tensor('labels', [0], [])];
  assert.deepEqual(read(none).fields, []);
});

test('labels that are texts name their classes', () => {
  const named = tensor('labels', [2], ['cat', '7']);
  const { fields, classNames } = read([
    tensor('boxes', [2, 4], [10, 20, 30, 60, 10, 20, 30, 60]),
    tensor('scores', [2], [0.9, 0.8]),
    named,
  ]);
  assert.deepEqual(
    fields.map(({ category_id }) => category_id),
    [-1, 7],
  );
  assert.deepEqual([...classNames], [[-1, 'cat']]);
});

test('without boxes a model classifies: the likeliest class, or with a sigmoid all of them', () => {
  const logits = tensor('logits', [1, 3], [0, Math.log(2), 0]);
  assert.deepEqual(boxOf([logits]), [[1, undefined, 0.5]]);
  assert.deepEqual(boxOf([tensor('any', [1, 2], [0.3, 0.7])]), [[1, undefined, 0.7]]);
  const both = boxOf([tensor('scores', [1, 2], [0, 0])], { activation: 'sigmoid' });
  assert.deepEqual(both, [
    [0, undefined, 0.5],
    [1, undefined, 0.5],
  ]);
});

test('outputs called otherwise are named', () => {
  const outputs = [boxes([10, 20, 30, 60], 'a'), tensor('b', [1], [0.9]), tensor('c', [1], [3])];
  const names = { boxes: 'a', scores: 'b', labels: 'c' };
  assert.deepEqual(boxOf(outputs, { names }), [[3, [20, 20, 40, 40], 0.9]]);
  assert.throws(() => read(outputs), /boxes with scores.*found a FP32 \[1, 1, 4\], b .*boxes=…/s);
  assert.throws(() => read(outputs, { names: { boxes: 'x' } }), /an output x, found a FP32/);
});

test('what is not understood is shown', () => {
  const raw = { name: 'output0', datatype: 'FP32', shape: [1, 84, 8400] };
  assert.throws(() => rolesOf([raw], {}), /found output0 FP32 \[1, 84, 8400\].*NMS/s);
  const two = tensor('scores', [3], [0.9, 0.8, 0.7]);
  assert.throws(
    () => read([tensor('boxes', [2, 4], Array(8).fill(9)), two, labels]),
    /scores: .*2 boxes/,
  );
  assert.throws(
    () => read([boxes([1, 2, 3, 4]), scores, tensor('labels', [2], [1, 2])]),
    /labels: /,
  );
  assert.throws(
    () => read([boxes([1, 2, 3, 4])]),
    /boxes: expected 4 numbers for each box, with scores/,
  );
  assert.throws(
    () => read([boxes([1, 2, 3, 4]), tensor('scores', [1], [87]), labels]),
    /leaf\.jpg, 0\.score.*87/,
  );
});
