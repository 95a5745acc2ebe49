import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bboxIou } from '../mask/iou.ts';
import type { CocoDataset } from '../types.ts';
import { spoilLabels } from './spoil-labels.ts';

const dataset: CocoDataset = {
  images: [{ id: 1, file_name: 'a.png', width: 400, height: 400 }],
  annotations: Array.from({ length: 100 }, (_, index) => ({
    id: index + 1,
    image_id: 1,
    category_id: 1 + (index % 3),
    bbox: [4 * (index % 10) * 9, 4 * Math.floor(index / 10) * 9, 30, 24],
    segmentation: [[0, 0, 1, 0, 1, 1]],
  })),
  categories: [1, 2, 3].map((id) => ({ id, name: `kind ${id}` })),
};

/** Park and Miller's generator: enough to be no constant. */
function numbers(): () => number {
  let state = 7;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

test('as many labels of each kind are spoiled as asked for, and the rest is as it was', () => {
  const {
    dataset: spoiled,
    spoiled: what,
    removed,
    countOfEach,
  } = spoilLabels(dataset, 0.05, numbers());
  assert.deepEqual([countOfEach, removed.length, what.size], [5, 5, 10]);
  assert.equal(spoiled.annotations.length, 95);
  for (const label of spoiled.annotations) {
    const before = dataset.annotations.find(({ id }) => id === label.id)!;
    const kind = what.get(label.id);
    if (kind === undefined) assert.equal(label, before);
    if (kind === 'swapped') {
      assert.notEqual(label.category_id, before.category_id);
      assert.deepEqual(label.bbox, before.bbox);
    }
    if (kind === 'misplaced') {
      const overlap = bboxIou(label.bbox!, before.bbox!, false);
      assert.ok(overlap >= 0.3 && overlap <= 0.6, String(overlap));
      const [left, top, width, height] = label.bbox!;
      assert.ok(left >= 0 && top >= 0 && left + width <= 400 && top + height <= 400);
      assert.equal(label.segmentation, undefined);
      assert.equal(label.area, width * height);
    }
  }
});

test('the same numbers spoil the same labels', () => {
  assert.deepEqual(spoilLabels(dataset, 0.1, numbers()), spoilLabels(dataset, 0.1, numbers()));
});

test('one category alone cannot be taken for another, and a label without an area is left alone', () => {
  const single: CocoDataset = {
    ...dataset,
    annotations: dataset.annotations.map((each, index) => ({
      ...each,
      category_id: 1,
      bbox: index < 50 ? each.bbox : [1, 1, 0, 5],
    })),
    categories: [{ id: 1, name: 'kind 1' }],
  };
  const { dataset: spoiled, spoiled: what, removed } = spoilLabels(single, 0.2, numbers());
  assert.ok([...what.values()].every((kind) => kind === 'misplaced'));
  assert.ok([...what.keys(), ...removed.map(({ id }) => id)].every((id) => id <= 50));
  assert.ok(spoiled.annotations.every(({ category_id }) => category_id === 1));
});
