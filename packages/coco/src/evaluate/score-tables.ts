// The tables that an evaluation fills, and means over parts of them.

import { pairwiseSum } from './pairwise-sum.ts';
import type { EvaluationParams } from './params.ts';

/**
 * Tables with one number for each IoU threshold (T), recall threshold (R), category (K), area range (A)
 * and limit of detections (M), as far as their names say so; the last index runs fastest. −1 stands
 * where a category has no truth that counts.
 */
export interface ScoreTables {
  readonly params: EvaluationParams;
  /** Sizes of the tables. K is 1 where categories are not used. */
  readonly shape: { T: number; R: number; K: number; A: number; M: number };
  /** [T, R, K, A, M]: the best precision at this recall or a higher one; 0 past the recall reached. */
  readonly precision: Float64Array;
  /** [T, R, K, A, M]: the score from which on detections reach the recall; 0 where none do. */
  readonly scores: Float64Array;
  /** [T, K, A, M]: the recall of all detections together. */
  readonly recall: Float64Array;
  /** [T, K, A], under the largest limit of detections: the best F1 of any score threshold. */
  readonly bestF1: Float64Array;
  /** [T, K, A]: keep detections from this score on for the best F1; NaN where F1 is 0 or −1. */
  readonly bestF1Score: Float64Array;
  /** [K, A]: how many truths count. */
  readonly truthCounts: Int32Array;
  /** [K]: how many detections took part. */
  readonly detectionCounts: Int32Array;
}

export function allocateTables(params: EvaluationParams, categoryCount: number): ScoreTables {
  const shape = {
    T: params.iouThresholds.length,
    R: params.recallThresholds.length,
    K: categoryCount,
    A: params.areaRanges.length,
    M: params.maxDetections.length,
  };
  const { T, R, K, A, M } = shape;
  return {
    params,
    shape,
    precision: new Float64Array(T * R * K * A * M).fill(-1),
    scores: new Float64Array(T * R * K * A * M).fill(-1),
    recall: new Float64Array(T * K * A * M).fill(-1),
    bestF1: new Float64Array(T * K * A).fill(-1),
    bestF1Score: new Float64Array(T * K * A).fill(Number.NaN),
    truthCounts: new Int32Array(K * A),
    detectionCounts: new Int32Array(K),
  };
}

/** Which part of a table is averaged. */
export interface ScoreSelection {
  /** Averaged over recalls, precision is AP; recall is AR. */
  metric: 'precision' | 'recall';
  /** Default: all. A threshold that was not evaluated selects nothing. */
  iouThreshold?: number;
  /** Label of an area range. */
  area: string;
  /** One of the limits of detections; another one selects nothing. */
  maxDetections: number;
  /** Position of one category in the tables. Default: all. */
  category?: number;
}

/**
 * The mean of what is selected, categories without truths left out; −1 where nothing is left.
 *
 * @example
 * meanScore(evaluation, { metric: 'precision', area: 'all', maxDetections: 100 }); // AP
 */
export function meanScore(tables: ScoreTables, selection: ScoreSelection): number {
  const { params } = tables;
  const { T, K, A, M } = tables.shape;
  const R = selection.metric === 'precision' ? tables.shape.R : 1;
  const table = tables[selection.metric];
  const cells = areaAndLimitPairs(params, selection).map(([a, m]) => a * M + m);
  const [firstCategory, endCategory] =
    selection.category === undefined ? [0, K] : [selection.category, selection.category + 1];

  const values = new Float64Array(T * R * (endCategory - firstCategory) * cells.length);
  let count = 0;
  for (let t = 0; t < T; t++) {
    const threshold = params.iouThresholds[t];
    if (selection.iouThreshold !== undefined && threshold !== selection.iouThreshold) continue;
    for (let r = 0; r < R; r++) {
      for (let k = firstCategory; k < endCategory; k++) {
        const first = ((t * R + r) * K + k) * A * M;
        for (let i = 0; i < cells.length; i++) {
          const value = table[first + cells[i]];
          if (value > -1) values[count++] = value;
        }
      }
    }
  }
  return count === 0 ? -1 : pairwiseSum(values, 0, count) / count;
}

/** numpy pairs the ranges of the same label with the limits of the same number one by one. */
function areaAndLimitPairs(
  params: EvaluationParams,
  selection: ScoreSelection,
): [number, number][] {
  const areas = [...params.areaRanges.keys()].filter(
    (a) => params.areaRanges[a].label === selection.area,
  );
  const limits = [...params.maxDetections.keys()].filter(
    (m) => params.maxDetections[m] === selection.maxDetections,
  );
  if (areas.length === 0 || limits.length === 0) return [];
  return Array.from({ length: Math.max(areas.length, limits.length) }, (_, i) => [
    areas[i % areas.length],
    limits[i % limits.length],
  ]);
}
