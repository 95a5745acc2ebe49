// Lays ground truth and results out as rows of numbers, in the order in which they are matched and
// summed up: one typed array per property, so that what follows makes no object for each of them.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { CocoAnnotation, CocoDataset, CocoResult } from '../types.ts';
import { checkResults } from './check-records.ts';
import { type GroupBy, type Groups, groupRows } from './groups.ts';
import type { EvaluationParams } from './params.ts';
import { permute, type Rows, rowsInScope, standIns } from './rows.ts';
import { resultShapes, type Shapes, truthShapes } from './shapes.ts';
import { fileOrder, orderByDescendingScore, orderByKey } from './stable-order.ts';

export interface TruthRows extends Rows {
  readonly shapes: Shapes;
  /** Square pixels. */
  readonly area: Float64Array;
  /** 1 where a detection may fall without being counted: crowds, and people without keypoints. */
  readonly ignored: Uint8Array;
  /** 1 where any number of detections may match. */
  readonly crowd: Uint8Array;
  /** 1 where the annotation's id is 0, by which pycocotools tells an unmatched detection. */
  readonly idIsZero: Uint8Array;
}

/** Rows of one group stand highest score first. */
export interface DetectionRows extends Rows {
  readonly shapes: Shapes;
  readonly score: Float64Array;
  /** Square pixels. */
  readonly area: Float64Array;
  /** The same rows slot by slot, each slot by descending score; ties by picture, then as in their group. */
  readonly byScore: Int32Array;
}

export interface Prepared {
  readonly params: EvaluationParams;
  readonly truths: TruthRows;
  readonly detections: DetectionRows;
  readonly groups: Groups;
}

/** @throws CocoError `bad-evaluation-input` where the two lists cannot belong together */
export function prepare(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  params: EvaluationParams,
  groupBy: GroupBy,
): Prepared {
  checkResults(groundTruth, results);
  const truths = truthRows(groundTruth, params, groupBy);
  const detections = detectionRows(groundTruth, results, params, groupBy);
  const groups = groupRows(truths, detections, groupBy, params.categoryIds.length);
  return { params, truths, detections, groups };
}

function truthRows(
  groundTruth: CocoDataset,
  params: EvaluationParams,
  groupBy: GroupBy,
): TruthRows {
  const standIn = standIns(groundTruth.annotations);
  const unsorted = rowsInScope(groundTruth.annotations, params, standIn);
  const order = orderByGroup(listedOrder(unsorted, params, groupBy), unsorted, params, groupBy);
  const rows = permute(unsorted, order);
  const shapes = truthShapes(groundTruth);
  const ofKeypoints = params.iouType === 'keypoints';
  const count = rows.record.length;
  const area = new Float64Array(count);
  const ignored = new Uint8Array(count);
  const crowd = new Uint8Array(count);
  const idIsZero = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const annotation = groundTruth.annotations[rows.record[row]];
    area[row] = shapes.area(rows.record[row]);
    if (annotation.iscrowd || (ofKeypoints && labelledKeypoints(annotation) === 0)) {
      ignored[row] = 1;
    }
    // Python's int() cuts off: an `iscrowd` of 0.5 is ignored, and yet one detection takes it.
    if (Math.trunc(Number(annotation.iscrowd))) crowd[row] = 1;
    if (Number(annotation.id) === 0) idIsZero[row] = 1;
  }
  return { ...rows, shapes, area, ignored, crowd, idIsZero };
}

/** `num_keypoints`, or where it is missing the number of keypoints with a visibility above 0. */
function labelledKeypoints(annotation: CocoAnnotation): number {
  if (typeof annotation.num_keypoints === 'number') return annotation.num_keypoints;
  const keypoints = Array.isArray(annotation.keypoints) ? annotation.keypoints : [];
  return keypoints.filter((value, i) => i % 3 === 2 && value > 0).length;
}

function detectionRows(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  params: EvaluationParams,
  groupBy: GroupBy,
): DetectionRows {
  const unsorted = rowsInScope(results, params, null);
  const shapes = resultShapes(groundTruth, results);
  // Read in the order of the file, in which the records lie in memory: several times as fast as row by row.
  const scores = new Float64Array(unsorted.record.length);
  const areas = new Float64Array(unsorted.record.length);
  for (let i = 0; i < scores.length; i++) {
    scores[i] = scoreOf(results, unsorted.record[i]);
    areas[i] = shapes.area(unsorted.record[i]);
  }
  // One sort by score serves every group, slot, area range and threshold: splitting it stably keeps it.
  const byImage = orderByKey(
    listedOrder(unsorted, params, groupBy),
    unsorted.image,
    params.imageIds.length,
  );
  const byScore = orderByDescendingScore(byImage, scores);
  const order = orderByGroup(byScore, unsorted, params, groupBy);
  const bySlot =
    groupBy === 'category'
      ? orderByKey(byScore, unsorted.category, params.categoryIds.length)
      : byScore;
  return {
    ...permute(unsorted, order),
    shapes,
    score: valuesInOrder(scores, order),
    area: valuesInOrder(areas, order),
    byScore: rowsOfPositions(order, bySlot),
  };
}

function valuesInOrder(values: Float64Array, order: Int32Array): Float64Array {
  const ordered = new Float64Array(order.length);
  for (let row = 0; row < order.length; row++) ordered[row] = values[order[row]];
  return ordered;
}

/** The rows that `positions` have got in `order`. */
function rowsOfPositions(order: Int32Array, positions: Int32Array): Int32Array {
  const rowOf = new Int32Array(order.length);
  for (let row = 0; row < order.length; row++) rowOf[order[row]] = row;
  const rows = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) rows[i] = rowOf[positions[i]];
  return rows;
}

/** Where a group is a picture, pycocotools lays its objects end to end category by category. */
function listedOrder(rows: Rows, params: EvaluationParams, groupBy: GroupBy): Int32Array {
  const order = fileOrder(rows.record.length);
  return groupBy === 'category'
    ? order
    : orderByKey(order, rows.category, params.categoryIds.length);
}

function orderByGroup(
  order: Int32Array,
  rows: Rows,
  params: EvaluationParams,
  groupBy: GroupBy,
): Int32Array {
  const byImage = orderByKey(order, rows.image, params.imageIds.length);
  return groupBy === 'category'
    ? orderByKey(byImage, rows.category, params.categoryIds.length)
    : byImage;
}

function scoreOf(results: readonly CocoResult[], position: number): number {
  const { score } = results[position];
  if (typeof score === 'number') return score;
  throw new CocoError('bad-evaluation-input', {
    where: `results[${position}].score`,
    expected: phrase`a number`,
    found: JSON.stringify(score) ?? phrase`nothing`,
    advice: phrase`Detections are ranked by their score.`,
  });
}
