import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureInput, readModelMetadata } from './model-metadata.ts';

const metadataOf = (...inputs: [name: string, datatype: string, shape: unknown][]) =>
  readModelMetadata({
    name: 'cells',
    inputs: inputs.map(([name, datatype, shape]) => ({ name, datatype, shape })),
  });

const understood: [datatype: string, shape: unknown[], input: object][] = [
  ['BYTES', [-1], { kind: 'encoded', shape: [1] }],
  ['BYTES', [-1, 1], { kind: 'encoded', shape: [1, 1] }],
  ['FP32', [1, 3, 480, 640], { isChannelsFirst: true, height: 480, width: 640, isBatched: true }],
  ['FP32', ['-1', '3', '-1', '-1'], { isChannelsFirst: true, height: null, width: null }],
  ['UINT8', [480, 640, 3], { isChannelsFirst: false, height: 480, width: 640, isBatched: false }],
  ['UINT8', [-1, 28, 28, 1], { isChannelsFirst: false, channelCount: 1, isBatched: true }],
  ['TYPE_FP32', [3, 224, 224], { datatype: 'FP32', isChannelsFirst: true, channelCount: 3 }],
];
for (const [datatype, shape, input] of understood) {
  test(`${datatype} [${shape}] is a picture`, () => {
    const read = pictureInput(metadataOf(['image', datatype, shape]), undefined);
    assert.deepEqual({ ...read, ...input }, read);
  });
}

const refused: [datatype: string, shape: unknown[]][] = [
  ['FP16', [1, 3, 640, 640]],
  ['INT64', [1, 3, 640, 640]],
  ['FP32', [8, 3, 640, 640]],
  ['FP32', [1, 512]],
  ['FP32', [-1, -1, -1]],
  ['BYTES', [4]],
];
for (const [datatype, shape] of refused) {
  test(`${datatype} [${shape}] is none, and is shown`, () => {
    assert.throws(
      () => pictureInput(metadataOf(['image', datatype, shape]), undefined),
      new RegExp(`inputs: expected .*found image ${datatype} \\[${shape.join(', ')}\\]`),
    );
  });
}

test('of two inputs none is taken, and where a server tells none, a file is sent as the one that is named', () => {
  const two = metadataOf(['images', 'FP32', [1, 3, 64, 64]], ['sizes', 'INT64', [1, 2]]);
  assert.throws(
    () => pictureInput(two, undefined),
    /one input.*sizes INT64 \[1, 2\].*speaks COCO/s,
  );
  assert.throws(() => pictureInput(two, 'images'), /one input/);
  assert.throws(() => pictureInput(metadataOf(), undefined), /input=/);
  assert.deepEqual(pictureInput(metadataOf(), 'image'), {
    kind: 'encoded',
    name: 'image',
    shape: [1],
  });
});

test('metadata that are none are told by their field', () => {
  assert.throws(() => readModelMetadata([]), /inputs: expected a list of tensors, found nothing/);
  assert.throws(() => readModelMetadata({ inputs: [{ name: 'a' }] }), /inputs\[0\].*datatype/);
  assert.throws(() => metadataOf(['a', 'FP32', 'x']), /inputs\[0\]\.shape.*found "x"/);
});
