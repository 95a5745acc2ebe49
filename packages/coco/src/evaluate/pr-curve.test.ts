import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../coco-error.ts';
import { diagnose } from './diagnose.ts';
import { evaluate } from './evaluate.ts';
import { scoresPerCategory } from './per-category.ts';
import { precisionRecallCurve } from './pr-curve.ts';
import { arbitraryScene, groundTruthOf } from './testing/arbitrary-scene.ts';

test('the mean of a curve is the average precision of its category', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const evaluation = evaluate(groundTruth, results, { iouType: 'bbox' });
      for (const { categoryId, ap75, truths } of scoresPerCategory(evaluation, [])) {
        const curve = precisionRecallCurve(evaluation, { categoryId, iouThreshold: 0.75 });
        assert.equal(curve === null, truths === 0);
        if (curve !== null) assert.ok(Math.abs(curve.averagePrecision - ap75) < 1e-12);
      }
    }),
  );
});

test('keeping the detections from the score of a point on reaches its recall', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const evaluation = evaluate(groundTruth, results, { iouType: 'bbox' });
      const curve = precisionRecallCurve(evaluation, { categoryId: 1 });
      for (const { recall, precision, score } of curve?.points.filter((_, r) => r % 25 === 0) ??
        []) {
        if (score === null) {
          assert.ok(recall > curve!.maxRecall);
          assert.equal(precision, 0);
          continue;
        }
        const { matched, missed } = diagnose(groundTruth, results, {
          iouType: 'bbox',
          categoryIds: [1],
          scoreThreshold: score,
        }).categories[0].truths;
        assert.ok(matched / (matched + missed) >= recall);
      }
    }),
  );
});

test('the best F1 is the best of all score thresholds, tied scores kept together', () => {
  fc.assert(
    fc.property(arbitraryScene(), fc.constantFrom(1, 2, 100), ({ groundTruth, results }, limit) => {
      const evaluation = evaluate(groundTruth, results, {
        iouType: 'bbox',
        maxDetections: [limit],
      });
      const curve = precisionRecallCurve(evaluation, { categoryId: 1 });
      const f1At = (scoreThreshold: number) => {
        const [row] = diagnose(groundTruth, results, {
          iouType: 'bbox',
          categoryIds: [1],
          maxDetections: limit,
          scoreThreshold,
        }).categories;
        const right = row.detections['true positive'];
        const { matched, missed } = row.truths;
        return (2 * right) / (right + row.detections['false positive'] + matched + missed);
      };
      if (curve === null) return;
      const best = Math.max(0, ...results.map(({ score }) => f1At(score)));
      assert.equal(curve.bestF1?.f1 ?? 0, best);
      if (curve.bestF1 !== null) assert.equal(f1At(curve.bestF1.score), best);
    }),
  );
});

test('a curve is found by the threshold as a person writes it', () => {
  const truth = {
    image_id: 3,
    category_id: 1,
    bbox: [0, 0, 10, 10] as [number, number, number, number],
  };
  const evaluation = evaluate(groundTruthOf([truth]), [{ ...truth, score: 0.7 }], {
    iouType: 'bbox',
  });
  assert.deepEqual(precisionRecallCurve(evaluation, { categoryId: 1, iouThreshold: 0.9 })?.bestF1, {
    f1: 1,
    score: 0.7,
  });
});

test('a curve that was not evaluated is refused, with what was', () => {
  const evaluation = evaluate(groundTruthOf([]), [], { iouType: 'bbox' });
  const asked = [
    { categoryId: 1, iouThreshold: 0.42 },
    { categoryId: 42 },
    {},
    { categoryId: 1, area: 'tiny' },
    { categoryId: 1, maxDetections: 42 },
  ];
  for (const selection of asked) {
    assert.throws(
      () => precisionRecallCurve(evaluation, selection),
      (error) => error instanceof CocoError && error.code === 'bad-evaluation-input',
      JSON.stringify(selection),
    );
  }
});
