import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropAround } from './crop.ts';

const picture = { width: 1000, height: 500 };

test('what is judged stands in the middle, with room around it', () => {
  const crop = cropAround([[400, 200, 500, 300]], picture, 4 / 3);
  const rounded = Object.values(crop).map((value) => Math.round(value));
  assert.deepEqual(rounded, [303, 140, 293, 220]);
  assert.equal(crop.left + crop.width / 2, 450);
  assert.equal(crop.top + crop.height / 2, 250);
});

test('at an edge it stays inside the picture, and a small one is not enlarged to a blur', () => {
  const { left, top, width, height } = cropAround([[0, 0, 4, 4]], picture, 1);
  assert.deepEqual([left, top, width, height], [0, 0, 64, 64]);
});

test('both boxes are in it, also where they fill the picture; without any, all of it', () => {
  const both = cropAround(
    [
      [10, 10, 40, 40],
      [900, 400, 990, 490],
    ],
    picture,
    4 / 3,
  );
  assert.ok(both.left <= 10 && both.left + both.width >= 990);
  assert.ok(both.top <= 10 && both.top + both.height >= 490);
  assert.deepEqual(cropAround([], picture, 4 / 3), { left: 0, top: 0, width: 1000, height: 500 });
});
