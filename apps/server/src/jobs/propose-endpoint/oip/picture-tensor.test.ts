import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { RasterInput } from './model-metadata.ts';
import { pictureTensor } from './picture-tensor.ts';

const red = { r: 255, g: 0, b: 0 };
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } }).png();
const input: RasterInput = {
  kind: 'raster',
  name: 'image',
  datatype: 'UINT8',
  isChannelsFirst: false,
  channelCount: 3,
  width: 4,
  height: 4,
  isBatched: true,
};
const usual = { fit: 'stretch', normalisation: 'unit' } as const;

test('rows of pixels, stretched to the sides of the model', async () => {
  const tensor = await pictureTensor(await picture(8, 2).toBuffer(), input, usual);
  assert.deepEqual(tensor.shape, [1, 4, 4, 3]);
  assert.deepEqual([...tensor.values.slice(0, 6)], [255, 0, 0, 255, 0, 0]);
  const { scaleX, scaleY, offsetX, offsetY } = tensor.placement;
  assert.deepEqual([scaleX, scaleY, offsetX, offsetY], [0.5, 2, 0, 0]);
});

test('channel after channel, as floating-point numbers as the model wants them', async () => {
  const floats = { ...input, datatype: 'FP32', isChannelsFirst: true, isBatched: false } as const;
  const tensor = await pictureTensor(await picture(4, 4).toBuffer(), floats, {
    fit: 'stretch',
    normalisation: 'signed',
  });
  assert.deepEqual(tensor.shape, [3, 4, 4]);
  const planes = [0, 1, 2].map(
    (channel) => new Set(tensor.values.slice(channel * 16, channel * 16 + 16)),
  );
  assert.deepEqual(planes, [new Set([1]), new Set([-1]), new Set([-1])]);
});

test('whole, with grey beside it, where that is asked for', async () => {
  const tensor = await pictureTensor(await picture(8, 4).toBuffer(), input, {
    ...usual,
    fit: 'letterbox',
  });
  const rows = [0, 1, 2, 3].map((row) => tensor.values[row * 12]);
  assert.deepEqual(rows, [114, 255, 255, 114]);
  const { scaleX, scaleY, offsetX, offsetY } = tensor.placement;
  assert.deepEqual([scaleX, scaleY, offsetX, offsetY], [0.5, 0.5, 0, 1]);
});

test('a model that takes any size gets the picture’s own, upright; one side may follow the other', async () => {
  const turned = await picture(6, 4).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const any = { ...input, width: null, height: null };
  assert.deepEqual((await pictureTensor(turned, any, usual)).shape, [1, 6, 4, 3]);
  const wide = await picture(8, 4).toBuffer();
  assert.deepEqual((await pictureTensor(wide, { ...any, height: 2 }, usual)).shape, [1, 2, 4, 3]);
});

test('one channel of a coloured picture, three of a grey one', async () => {
  const coloured = await picture(4, 4).toBuffer();
  const grey = await pictureTensor(coloured, { ...input, channelCount: 1 }, usual);
  assert.deepEqual([grey.shape, grey.values.length], [[1, 4, 4, 1], 16]);
  const greyPicture = await picture(4, 4).greyscale().toBuffer();
  assert.equal((await pictureTensor(greyPicture, input, usual)).values.length, 48);
});

test('a damaged picture is told', async () => {
  const whole = await picture(64, 64).toBuffer();
  await assert.rejects(pictureTensor(whole.subarray(0, 60), input, usual), /a damaged one/);
});
