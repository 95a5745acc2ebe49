import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  banded,
  between,
  everything,
  extended,
  isSelected,
  nothingSelected,
  only,
  selectedCount,
  toggled,
} from './selection.ts';

test('toggling twice leaves the selection as it was', () => {
  const once = toggled(nothingSelected, 7, 0);
  assert.equal(isSelected(once, 7), true);
  assert.equal(selectedCount(once, 100), 1);
  assert.deepEqual(toggled(once, 7, 0).ids, nothingSelected.ids);
});

test('of everything, what is toggled is left out', () => {
  const allButOne = toggled(everything(), 7, 3);
  assert.equal(isSelected(allButOne, 7), false);
  assert.equal(isSelected(allButOne, 8), true);
  assert.equal(selectedCount(allButOne, 100), 99);
});

test('shift adds what lies between, also to everything with exceptions', () => {
  const some = extended(only(1, 0), [1, 2, 3]);
  assert.deepEqual([...some.ids], [1, 2, 3]);
  const all = extended(toggled(toggled(everything(), 1, 0), 2, 1), [2, 3]);
  assert.equal(isSelected(all, 2), true);
  assert.equal(isSelected(all, 1), false);
});

test('a range needs no order, and no anchor', () => {
  assert.deepEqual(between(9, 4), [4, 9]);
  assert.deepEqual(between(null, 4), [4, 4]);
});

test('a range that shrinks gives back what it took, but not what was chosen before', () => {
  const before = toggled(toggled(nothingSelected, 9, 8), 1, 0);
  const long = extended(before, [1, 2, 3]);
  assert.deepEqual([...extended(long, [1, 2]).ids].sort(), [1, 2, 9]);
});

test('a rectangle chooses anew, or adds to what is chosen', () => {
  const before = toggled(nothingSelected, 9, 8);
  assert.deepEqual([...banded(before, [1, 2], false).ids], [1, 2]);
  assert.deepEqual([...banded(before, [1, 2], true).ids], [9, 1, 2]);
  assert.equal(isSelected(banded(toggled(everything(), 1, 0), [1], true), 1), true);
});
