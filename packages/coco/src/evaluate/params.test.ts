import assert from 'node:assert/strict';
import test from 'node:test';
import { linspace, resolveParams } from './params.ts';
import { groundTruthOf } from './testing/arbitrary-scene.ts';

test('default thresholds are the doubles of numpy.linspace', () => {
  assert.deepEqual(
    linspace(0.5, 0.95, 10),
    [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95],
  );
  const recalls = linspace(0, 1, 101);
  // numpy.linspace(0, 1, 101) differs from i / 100 at these, and nowhere else.
  const odd = [35, 41, 47, 57, 69, 70, 82, 83, 94, 95];
  assert.deepEqual(
    recalls.flatMap((recall, i) => (recall === i / 100 ? [] : [i])),
    odd,
  );
});

test('pictures, categories and limits are sorted, and repeated ids dropped', () => {
  const params = resolveParams(groundTruthOf([]), {
    iouType: 'bbox',
    imageIds: [10, 9, 10],
    categoryIds: [3, 1, 3],
    maxDetections: [100, 1, 10],
  });
  assert.deepEqual(params.imageIds, [9, 10]);
  assert.deepEqual(params.categoryIds, [1, 3]);
  assert.deepEqual(params.maxDetections, [1, 10, 100]);
});

test('without categories their order and repetitions are kept, as they order the objects', () => {
  const options = { iouType: 'bbox', useCategories: false } as const;
  const params = resolveParams(groundTruthOf([]), { ...options, categoryIds: [3, 1, 3] });
  assert.deepEqual(params.categoryIds, [3, 1, 3]);
  assert.deepEqual(resolveParams(groundTruthOf([]), options).categoryIds, [1, 2]);
});
