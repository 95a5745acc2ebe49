// The metrics on ground truth and results in which any field may be missing or hold anything: refused, or numbers.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anyDataset } from '../../packages/coco/src/convert/testing/random-dataset.ts';
import { type CocoDataset, type CocoResult, evaluate } from '../../packages/coco/src/index.ts';
import { type FuzzTarget, unlessRefused } from './target.ts';

interface EvaluationInput {
  truth: CocoDataset;
  results: CocoResult[];
}

/** One field of one record, overwritten. */
interface Change {
  where: number;
  field: string;
  value: unknown;
}

const fields = [
  ...['id', 'image_id', 'category_id', 'bbox', 'segmentation', 'area', 'iscrowd', 'score'],
  ...['keypoints', 'num_keypoints', 'height', 'width', 'file_name', 'name', '__proto__'],
];
const oddNumber = fc.constantFrom(0, -1, 0.5, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY);
const oddValue = fc.oneof(
  fc.jsonValue(),
  oddNumber,
  fc.array(oddNumber, { maxLength: 5 }),
  fc.array(fc.array(oddNumber, { maxLength: 8 }), { maxLength: 2 }),
  fc.record({ size: fc.array(fc.nat(60)), counts: fc.oneof(fc.string(), fc.array(oddNumber)) }),
  fc.constant(undefined),
);
const change: fc.Arbitrary<Change> = fc.record({
  where: fc.nat(),
  field: fc.constantFrom(...fields),
  value: oddValue,
});

const inputs: fc.Arbitrary<EvaluationInput> = fc
  .record({
    truth: anyDataset(),
    scores: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
    changes: fc.array(change, { maxLength: 3 }),
  })
  .map(({ truth, scores, changes }) => {
    const annotations = truth.annotations;
    const results = scores.flatMap((score, index) => {
      const annotation = annotations[index % annotations.length];
      return annotation === undefined ? [] : [{ ...annotation, score }];
    });
    const input = structuredClone({ truth, results });
    const records = [...input.truth.annotations, ...input.truth.images, ...input.results];
    for (const { where, field, value } of records.length > 0 ? changes : []) {
      Object.assign(records[where % records.length], { [field]: structuredClone(value) });
    }
    return input;
  });

export const evaluation: FuzzTarget<EvaluationInput> = {
  name: 'evaluate',
  inputs,
  async check({ truth, results }) {
    for (const iouType of ['bbox', 'segm', 'keypoints'] as const) {
      const evaluated = await unlessRefused(() => evaluate(truth, results, { iouType }));
      if (evaluated === undefined) continue;
      const isScore = (value: number) => value === -1 || (value >= 0 && value <= 1);
      assert.ok(evaluated.stats.every(isScore), `${iouType}: ${evaluated.stats}`);
    }
  },
};
