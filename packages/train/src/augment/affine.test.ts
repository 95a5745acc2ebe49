import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Affine,
  applied,
  inOrder,
  inverseOf,
  isMirrored,
  keepsBoxes,
  rotation,
  scaling,
  shearing,
  translation,
} from './affine.ts';

const near = (actual: readonly number[], expected: readonly number[]) => {
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(actual[i] - value) < 1e-9, `${actual} is not ${expected}`);
  }
};

test('maps are done in the order in which they are named', () => {
  near(applied(inOrder(translation(1, 0), scaling(2)), 3, 4), [8, 8]);
  near(applied(inOrder(scaling(2), translation(1, 0)), 3, 4), [7, 8]);
});

test('a quarter turn takes right to down, as on a screen', () => {
  near(applied(rotation(Math.PI / 2), 1, 0), [0, 1]);
});

test('the inverse leads back', () => {
  const map = inOrder(translation(3, -2), rotation(0.3), shearing(0.2, 0.1), scaling(2, -0.5));
  near(applied(inverseOf(map), ...applied(map, 7, 11)), [7, 11]);
});

test('mirrors and turned boxes are told', () => {
  assert.equal(isMirrored(scaling(-1, 1)), true);
  assert.equal(isMirrored(inOrder(scaling(-1, -1), rotation(1))), false);
  const quarter: Affine = [0, -1, 5, 1, 0, 0];
  assert.deepEqual([scaling(-2, 1), quarter, rotation(0.1)].map(keepsBoxes), [true, true, false]);
});
