import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitPictures } from './split.ts';
import type { LabelledPicture } from './training-set.ts';

const picture = (fileName: string, labels: number[] = []): LabelledPicture => ({
  imageId: 0,
  fileName,
  path: '',
  width: 10,
  height: 10,
  objects: [],
  labels,
  value: Number.NaN,
  split: '',
});
const many = (count: number) => Array.from({ length: count }, (_, i) => picture(`${i}.jpg`));
const detection = { task: 'detect', classCount: 1 } as const;

test('a share of the pictures validates, and none is on both sides', () => {
  const { training, validation } = splitPictures(many(100), 0.2, detection);
  assert.equal(validation.length, 20);
  assert.equal(training.length, 80);
  assert.ok(validation.every((one) => !training.includes(one)));
});

test('most pictures stay on their side when others come', () => {
  const names = ({ validation }: ReturnType<typeof splitPictures>) =>
    new Set(validation.map(({ fileName }) => fileName));
  const before = names(splitPictures(many(100), 0.2, detection));
  const after = names(splitPictures(many(110), 0.2, detection));
  const stayed = [...before].filter((name) => after.has(name)).length;
  assert.ok(stayed >= 16, `${stayed} of 20`);
});

test('of each class the same share validates, and never all of it', () => {
  const pictures = [...many(40).map((one) => ({ ...one, labels: [0] })), picture('x', [1])].concat(
    many(5).map(({ fileName }) => picture(`b${fileName}`, [2])),
  );
  const { validation } = splitPictures(pictures, 0.25, {
    task: 'classify',
    classCount: 3,
    isMultiLabel: false,
  });
  const count = (label: number) => validation.filter(({ labels }) => labels[0] === label).length;
  assert.deepEqual([count(0), count(1), count(2)], [10, 0, 1]);
});

test('an embedding is measured on things that it has never seen, where there are enough', () => {
  const pictures = Array.from({ length: 60 }, (_, i) => picture(`${i}.jpg`, [i % 12]));
  const { training, validation } = splitPictures(pictures, 0.25, {
    task: 'embed',
    classCount: 12,
    dimensions: 8,
  });
  const seen = new Set(training.map(({ labels }) => labels[0]));
  assert.equal(validation.length, 15);
  assert.ok(validation.every(({ labels }) => !seen.has(labels[0])));
});

test('no share is no validation, and one picture is learned from', () => {
  assert.equal(splitPictures(many(10), 0, detection).validation.length, 0);
  assert.equal(splitPictures(many(1), 0.5, detection).training.length, 1);
});
