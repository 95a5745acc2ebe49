// How precision falls as recall rises, for one category at one IoU threshold, and the score threshold
// that balances the two best.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { ScoreTables } from './score-tables.ts';

export interface CurveSelection {
  /** Left out where categories were not used. */
  categoryId?: number;
  /** One of the thresholds that were evaluated. Default: 0.5. */
  iouThreshold?: number;
  /** Label of an area range. Default: `all`. */
  area?: string;
  /** One of the limits of detections. Default: the largest. */
  maxDetections?: number;
}

export interface PrecisionRecallCurve {
  points: CurvePoint[];
  /** Mean precision of the points. */
  averagePrecision: number;
  /** The recall of all detections together. */
  maxRecall: number;
  /**
   * The score threshold of the highest F1, under the largest limit of detections; unlike the curve it is
   * not interpolated. Null where no detection is right.
   */
  bestF1: { f1: number; score: number } | null;
}

export interface CurvePoint {
  /** A recall threshold of the params. */
  recall: number;
  /** The best precision at this recall or a higher one; 0 past the recall reached. */
  precision: number;
  /** Keep detections from this score on to reach the recall; null past the recall reached. */
  score: number | null;
}

/**
 * The curve whose mean is AP, or null where the category has no truth that counts.
 * @throws CocoError `bad-evaluation-input` for what was not evaluated
 * @example
 * precisionRecallCurve(evaluation, { categoryId: 1, iouThreshold: 0.75 })?.bestF1?.score; // 0.43
 */
export function precisionRecallCurve(
  tables: ScoreTables,
  selection: CurveSelection = {},
): PrecisionRecallCurve | null {
  const { params } = tables;
  const { R, K, A, M } = tables.shape;
  const iouThreshold = selection.iouThreshold ?? 0.5;
  // 0.9 was typed where numpy's linspace has 0.8999999999999999.
  const isMeant = (threshold: number) => Math.abs(threshold - iouThreshold) < 1e-9;
  const t = positionOf(params.iouThresholds, isMeant, 'iouThreshold', iouThreshold);
  const k = params.useCategories
    ? positionOf(params.categoryIds, same(selection.categoryId), 'categoryId', selection.categoryId)
    : 0;
  const labels = params.areaRanges.map(({ label }) => label);
  const area = selection.area ?? 'all';
  const a = positionOf(labels, same(area), 'area', area);
  const limit = selection.maxDetections ?? params.maxDetections[M - 1];
  const m = positionOf(params.maxDetections, same(limit), 'maxDetections', limit);

  if (tables.truthCounts[k * A + a] === 0) return null;
  const maxRecall = tables.recall[((t * K + k) * A + a) * M + m];
  const points = params.recallThresholds.map((recall, r) => {
    const cell = (((t * R + r) * K + k) * A + a) * M + m;
    const precision = tables.precision[cell];
    return { recall, precision, score: recall <= maxRecall ? tables.scores[cell] : null };
  });
  const f1 = tables.bestF1[(t * K + k) * A + a];
  return {
    points,
    averagePrecision: points.reduce((sum, { precision }) => sum + precision, 0) / points.length,
    maxRecall,
    bestF1: f1 > 0 ? { f1, score: tables.bestF1Score[(t * K + k) * A + a] } : null,
  };
}

const same =
  <Value>(wanted: Value) =>
  (value: Value) =>
    value === wanted;

function positionOf<Value>(
  values: readonly Value[],
  isWanted: (value: Value) => boolean,
  where: string,
  wanted: unknown,
): number {
  const position = values.findIndex(isWanted);
  if (position !== -1) return position;
  throw new CocoError('bad-evaluation-input', {
    where,
    expected: phrase`one that was evaluated: ${values.join(', ')}`,
    found: String(wanted),
  });
}
