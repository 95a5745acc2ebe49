import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../augment/recipe.ts';
import { batchesOf, repeatFactors } from './batches.ts';
import type { LabelledPicture } from './training-set.ts';

const pictures = (count: number): LabelledPicture[] =>
  Array.from({ length: count }, (_, i) => ({
    imageId: i + 1,
    fileName: `${i + 1}.png`,
    path: '',
    width: 10,
    height: 10,
    objects: [],
    labels: [],
    value: Number.NaN,
    split: '',
  }));
const ones = (count: number) => new Array<number>(count).fill(1);
const idsOf = (batches: ReturnType<typeof batchesOf>, from: number, to: number, recipe = plain) =>
  Array.from({ length: to - from }, (_, i) =>
    batches.itemsOf(from + i, recipe).map((item) => item.pictures.map(({ imageId }) => imageId)),
  ).flat();

test('an epoch has every picture, each once, in an order of its own', () => {
  const batches = batchesOf({ pictures: pictures(12), weights: ones(12), batchSize: 4, seed: 1 });
  assert.equal(batches.stepsPerEpoch, 3);
  const [first, second] = [idsOf(batches, 0, 3), idsOf(batches, 3, 6)].map((ids) => ids.flat());
  for (const ids of [first, second]) {
    assert.deepEqual(
      ids.toSorted((a, b) => a - b),
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
  }
  assert.notDeepEqual(first, second);
});

test('a batch is a function of its number and the seed', () => {
  const make = (seed: number) =>
    batchesOf({ pictures: pictures(50), weights: ones(50), batchSize: 8, seed });
  const forwards = make(7);
  forwards.itemsOf(0, plain);
  assert.deepEqual(forwards.itemsOf(20, plain), make(7).itemsOf(20, plain));
  assert.notDeepEqual(idsOf(make(7), 0, 3), idsOf(make(8), 0, 3));
});

test('fewer pictures than a batch come several times, each time under another key', () => {
  const batches = batchesOf({ pictures: pictures(1), weights: [1], batchSize: 4, seed: 1 });
  const items = batches.itemsOf(0, plain);
  assert.equal(items.length, 4);
  assert.equal(new Set(items.map(({ key }) => key)).size, 4);
});

test('a mosaic takes three pictures more, a mixture one', () => {
  const batches = batchesOf({ pictures: pictures(30), weights: ones(30), batchSize: 30, seed: 1 });
  const sizes = idsOf(batches, 0, 10, { ...plain, mosaic: 0.5, mix: 1 }).map(
    ({ length }) => length,
  );
  assert.deepEqual([...new Set(sizes)].sort(), [2, 4]);
  const mosaics = sizes.filter((size) => size === 4).length;
  assert.ok(mosaics > 110 && mosaics < 190, `${mosaics} of 300`);
});

test('with a few variants, a picture comes under few keys, and each is always the same row', () => {
  const batches = batchesOf({
    pictures: pictures(6),
    weights: ones(6),
    batchSize: 6,
    seed: 1,
    variants: 3,
  });
  const recipe = { ...plain, mix: 0.5 };
  const rows = new Map<number, string>();
  for (let batch = 0; batch < 60; batch++) {
    for (const { key, pictures: together } of batches.itemsOf(batch, recipe)) {
      const names = together.map(({ fileName }) => fileName).join();
      assert.equal(rows.get(key) ?? names, names);
      rows.set(key, names);
    }
  }
  assert.equal(rows.size, 18);
});

test('pictures come as often as their weight says', () => {
  const weights = ones(20).with(3, 2.5);
  const batches = batchesOf({ pictures: pictures(20), weights, batchSize: 5, seed: 3 });
  const counts = idsOf(batches, 0, 40 * batches.stepsPerEpoch)
    .flat()
    .filter((id) => id === 4).length;
  assert.ok(counts >= 40 * 2 && counts <= 40 * 3, `${counts} times in 40 epochs`);
});

test('who no longer takes part does not come', () => {
  const batches = batchesOf({
    pictures: pictures(10),
    weights: ones(10),
    takesPart: ({ imageId }, epoch) => imageId !== 5 || epoch === 0,
    batchSize: 5,
    seed: 3,
  });
  assert.ok(idsOf(batches, 0, 2).flat().includes(5));
  assert.ok(!idsOf(batches, 2, 12).flat().includes(5));
});

test('rare classes come more often, by the square root of how rare they are', () => {
  const sets = Array.from({ length: 100 }, (_, i) => new Set(i === 0 ? [0, 1] : [0]));
  const factors = repeatFactors(sets, { share: 0.16 });
  assert.equal(factors[0], 4);
  assert.ok(factors.slice(1).every((factor) => factor === 1));
});
