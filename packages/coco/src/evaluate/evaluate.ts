// COCO's detection metrics: everything that COCOeval of pycocotools 2.0.11 computes. Checked against it
// element by element over recorded fixtures and random datasets.

import type { CocoDataset, CocoResult } from '../types.ts';
import { accumulate } from './accumulate.ts';
import { slotMatcher } from './outcomes.ts';
import { type EvaluationOptions, resolveParams } from './params.ts';
import { prepare } from './prepare.ts';
import { countRecords } from './rows.ts';
import { allocateTables, type ScoreTables } from './score-tables.ts';
import { similarityFor } from './similarity.ts';
import { summarize } from './summarize.ts';

export interface Evaluation extends ScoreTables {
  /** COCO's summary, twelve numbers (keypoints: ten) from 0 to 1; −1 where there is nothing to measure. */
  readonly stats: readonly number[];
  /** `AP`, `AP50`, …, in the order of `stats`. */
  readonly statNames: readonly string[];
  /**
   * What took no part: annotations and results of other pictures or categories, and detections past the
   * largest limit of their picture and category.
   */
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
 * @param onProgress told of each picture and category that was matched, far too often to be drawn each time
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
  onProgress: (detectionsDone: number, detectionCount: number) => void = () => {},
): Evaluation {
  const params = resolveParams(groundTruth, options);
  const groupBy = params.useCategories ? 'category' : 'image';
  const prepared = prepare(groundTruth, results, params, groupBy);
  // pycocotools looks OKS up under category −1 when categories are not used, and finds none.
  const nothingIsAlike = params.iouType === 'keypoints' && !params.useCategories;
  const detectionCount = prepared.detections.record.length;
  const matchSlot = slotMatcher(
    prepared,
    nothingIsAlike ? null : similarityFor(prepared),
    (detection) => onProgress(detection, detectionCount),
  );

  const tables = allocateTables(params, prepared.groups.slotCount);
  for (let slot = 0; slot < tables.shape.K; slot++) accumulate(tables, slot, matchSlot(slot));

  const { annotations } = groundTruth;
  const { truths, detections } = prepared;
  const tookPart = tables.detectionCounts.reduce((sum, count) => sum + count, 0);
  return {
    ...tables,
    ...summarize(tables),
    leftOut: {
      truths: annotations.length - countRecords(truths, annotations.length),
      detections: results.length - countRecords(detections, results.length),
      detectionsPastLimit: detections.record.length - tookPart,
    },
  };
}
