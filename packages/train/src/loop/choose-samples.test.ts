import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered } from '../metrics/score-answers.ts';
import type { PictureAnswer } from '../predict/picture-answer.ts';
import { chooseSamples } from './choose-samples.ts';

const answered = (imageId: number, label: number, answer: PictureAnswer): Answered => ({
  picture: {
    imageId,
    fileName: `${imageId}.png`,
    path: '',
    width: 8,
    height: 8,
    objects: [],
    labels: [label],
    value: Number.NaN,
    split: '',
  },
  answer,
});
/** A place on the circle. */
const at = (degrees: number): PictureAnswer => {
  const angle = (degrees * Math.PI) / 180;
  return { kind: 'embedding', embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
};

test('samples of an embedding say their nearest neighbours, the nearest first, and which show the same', () => {
  const [first] = chooseSamples([
    answered(1, 0, at(0)),
    answered(2, 0, at(60)),
    answered(3, 1, at(10)),
    answered(4, 1, at(180)),
  ]);
  assert.deepEqual(
    first.neighbours.map(({ imageId, isSame, cosine }) => [imageId, isSame, cosine.toFixed(2)]),
    [
      [3, false, '0.98'],
      [2, true, '0.50'],
      [4, false, '-1.00'],
    ],
  );
});

test('pictures that no other shows the same as are neighbours but no samples, unless there are no others', () => {
  const pair = [answered(1, 0, at(0)), answered(2, 0, at(5))];
  const alone = answered(3, 1, at(2));
  const idsOf = (list: Answered[]) => chooseSamples(list).map(({ imageId }) => imageId);
  assert.deepEqual(idsOf([alone, ...pair]), [1, 2]);
  assert.deepEqual(idsOf([alone, answered(4, 2, at(9))]), [3, 4]);
});

test('samples of an embedding are of many identities, however the files are named', () => {
  const inTurns = Array.from({ length: 64 }, (_, i) => answered(i, i % 8, at(i)));
  const identities = chooseSamples(inTurns).map(({ imageId }) => imageId % 8);
  assert.equal(new Set(identities).size, 8);
});

test('samples come from all over the pictures, and those of other tasks have no neighbours', () => {
  const samples = chooseSamples(
    Array.from({ length: 40 }, (_, i) => answered(i, 0, { kind: 'value', value: i })),
  );
  assert.deepEqual(
    samples.map(({ imageId }) => imageId),
    [0, 5, 10, 15, 20, 25, 30, 35],
  );
  assert.ok(samples.every(({ neighbours }) => neighbours.length === 0));
});
