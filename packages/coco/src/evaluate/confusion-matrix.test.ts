import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Bbox } from '../types.ts';
import { confusedPairs, confusionMatrix } from './confusion-matrix.ts';
import { diagnose } from './diagnose.ts';
import { arbitraryScene, groundTruthOf } from './testing/arbitrary-scene.ts';

const object = (category_id: number, bbox: Bbox, image_id = 3) => ({ image_id, category_id, bbox });

test('a detection of another category stands beside the diagonal, and its pair can be had', () => {
  const groundTruth = groundTruthOf([
    object(1, [0, 0, 100, 100]),
    object(2, [200, 0, 100, 100]),
    object(2, [0, 200, 100, 100], 5),
  ]);
  const results = [
    { ...object(2, [0, 0, 100, 90]), score: 0.9 },
    { ...object(2, [200, 0, 100, 100]), score: 0.8 },
    { ...object(1, [200, 0, 100, 100]), score: 0.7 },
    { ...object(2, [0, 200, 100, 100], 5), score: 0.1 },
  ];
  const matrix = confusionMatrix(groundTruth, results, { iouType: 'bbox' });
  assert.deepEqual(matrix.classes, [1, 2, 'background']);
  assert.deepEqual([...matrix.counts], [0, 1, 0, 0, 1, 1, 1, 0, 0]);
  assert.deepEqual(confusedPairs(matrix, 1, 2), [
    { imageId: 3, truthId: 1, detectionId: 1, iou: 0.9 },
  ]);
  assert.deepEqual(confusedPairs(matrix, 2, 'background'), [
    { imageId: 5, truthId: 3, detectionId: null, iou: 0 },
  ]);
  assert.deepEqual(confusedPairs(matrix, 'background', 1), [
    { imageId: 3, truthId: null, detectionId: 3, iou: 0 },
  ]);
  assert.deepEqual(confusedPairs(matrix, 7, 1), []);
});

test('a truth that is found twice leaves the second detection to the background', () => {
  const groundTruth = groundTruthOf([object(1, [0, 0, 100, 100])]);
  const results = [0.4, 0.9].map((score) => ({ ...object(1, [0, 0, 100, 100]), score }));
  const matrix = confusionMatrix(groundTruth, results, { iouType: 'bbox' });
  assert.equal(confusedPairs(matrix, 1, 1)[0].detectionId, 2);
  assert.equal(confusedPairs(matrix, 'background', 1)[0].detectionId, 1);
});

test('every truth but a crowd is counted once, and every sure detection at most once', () => {
  fc.assert(
    fc.property(arbitraryScene(), fc.constantFrom(0, 0.5), ({ groundTruth, results }, sure) => {
      const matrix = confusionMatrix(groundTruth, results, {
        iouType: 'bbox',
        scoreThreshold: sure,
      });
      const { pairs, counts, pairStart } = matrix;
      const truthIds = pairs.flatMap(({ truthId }) => truthId ?? []);
      const counted = groundTruth.annotations.filter(({ iscrowd }) => iscrowd === 0);
      assert.deepEqual(
        truthIds.toSorted((a, b) => a - b),
        counted.map(({ id }) => id),
      );
      const detectionIds = pairs.flatMap(({ detectionId }) => detectionId ?? []);
      assert.equal(new Set(detectionIds).size, detectionIds.length);
      assert.ok(detectionIds.every((id) => results[id - 1].score >= sure));
      if (counted.length === groundTruth.annotations.length) {
        assert.equal(detectionIds.length, results.filter(({ score }) => score >= sure).length);
      }
      assert.ok(counts.every((count, cell) => count === pairStart[cell + 1] - pairStart[cell]));
      for (const { imageId, truthId } of pairs) {
        if (truthId !== null) assert.equal(groundTruth.annotations[truthId - 1].image_id, imageId);
      }
    }),
  );
});

test('of a single category the matrix is the diagnosis', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const options = { iouType: 'bbox', categoryIds: [1], scoreThreshold: 0.3 } as const;
      const { counts } = confusionMatrix(groundTruth, results, options);
      const [{ truths, detections }] = diagnose(groundTruth, results, options).categories;
      assert.deepEqual(
        [...counts],
        [detections['true positive'], truths.missed, detections['false positive'], 0],
      );
    }),
  );
});
