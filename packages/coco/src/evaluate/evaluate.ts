// COCO's detection metrics: everything that COCOeval of pycocotools 2.0.11 computes. Checked against it
// element by element over recorded fixtures and random datasets.

import type { CocoDataset, CocoResult } from '../types.ts';
import { accumulator, allocateTables, type ScoreTables } from './accumulate.ts';
import { slotMatcher } from './outcomes.ts';
import { type EvaluationOptions, type EvaluationParams, resolveParams } from './params.ts';
import { prepare } from './prepare.ts';
import { countRecords } from './rows.ts';
import { similarityFor } from './similarity.ts';
import { summarize } from './summarize.ts';

export interface Evaluation extends ScoreTables {
  readonly params: EvaluationParams;
  /** Sizes of the tables: IoU thresholds, recall thresholds, categories, area ranges, limits of detections. */
  readonly shape: { T: number; R: number; K: number; A: number; M: number };
  /** COCO's summary, twelve numbers (keypoints: ten) from 0 to 1; −1 where there is nothing to measure. */
  readonly stats: readonly number[];
  /** `AP`, `AP50`, …, in the order of `stats`. */
  readonly statNames: readonly string[];
  /** What took no part, being of a picture or category that is not evaluated, or past the limit of detections. */
  readonly leftOut: { truths: number; detections: number; detectionsPastLimit: number };
}

/**
 * Scores results against a ground truth as pycocotools does, its quirks included:
 * - The first result decides how all are read: by box, by mask, or by keypoints.
 * - Of annotations with the same id the last one stands for each; a match with annotation 0 is none.
 * - With `useCategories: false` K is 1, and keypoints match nothing.
 *
 * Where pycocotools fails and the meaning is plain, this does not: no results at all, `iscrowd`, `area` or
 * `num_keypoints` missing, masks among the results that are polygons. Masks are converted only where a
 * detection meets a truth; a broken one that is never compared goes unnoticed.
 *
 * @throws CocoError `bad-evaluation-input` where results and ground truth do not fit: a result of an
 *   unknown picture, or an object without the box, mask or keypoints that are to be compared
 * @example
 * const { stats, statNames } = evaluate(groundTruth, results, { iouType: 'bbox' });
 * console.log(statNames[0], stats[0]); // AP 0.512
 */
export function evaluate(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: EvaluationOptions,
): Evaluation {
  const params = resolveParams(groundTruth, options);
  const prepared = prepare(
    groundTruth,
    results,
    params,
    params.useCategories ? 'category' : 'image',
  );
  // pycocotools looks OKS up under category −1 when categories are not used, and finds none.
  const nothingIsAlike = params.iouType === 'keypoints' && !params.useCategories;
  const matchSlot = slotMatcher(prepared, nothingIsAlike ? null : similarityFor(prepared));
  const { slotCount } = prepared.groups;
  const tables = allocateTables(params, slotCount);
  const accumulate = accumulator(params, slotCount, tables);
  for (let slot = 0; slot < slotCount; slot++) accumulate(slot, matchSlot(slot));

  const truthCount = groundTruth.annotations.length;
  const detectionRows = prepared.detections.record.length;
  const evaluated = tables.detectionCounts.reduce((sum, count) => sum + count, 0);
  return {
    params,
    shape: {
      T: params.iouThresholds.length,
      R: params.recallThresholds.length,
      K: slotCount,
      A: params.areaRanges.length,
      M: params.maxDetections.length,
    },
    ...summarize(tables, params, slotCount),
    ...tables,
    leftOut: {
      truths: truthCount - countRecords(prepared.truths, truthCount),
      detections: results.length - countRecords(prepared.detections, results.length),
      detectionsPastLimit: detectionRows - evaluated,
    },
  };
}
