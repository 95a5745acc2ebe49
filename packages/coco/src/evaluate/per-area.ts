// The summary of each area range by itself.

import type { AreaRange } from './params.ts';
import { meanScore, type ScoreTables } from './score-tables.ts';

/** Scores from 0 to 1, under the largest limit of detections; −1 where the range has no truth that counts. */
export interface AreaScores extends AreaRange {
  ap: number;
  ap50: number;
  ap75: number;
  ar: number;
  /** How many truths count, all categories together. */
  truths: number;
}

/** One row per area range, in the order of the params. */
export function scoresPerArea(tables: ScoreTables): AreaScores[] {
  const { params, shape } = tables;
  const maxDetections = params.maxDetections[shape.M - 1];
  return params.areaRanges.map((range, a) => {
    const mean = (metric: 'precision' | 'recall', iouThreshold?: number) =>
      meanScore(tables, { metric, area: range.label, maxDetections, iouThreshold });
    return {
      ...range,
      ap: mean('precision'),
      ap50: mean('precision', 0.5),
      ap75: mean('precision', 0.75),
      ar: mean('recall'),
      truths: tables.truthCounts
        .filter((_, cell) => cell % shape.A === a)
        .reduce((x, y) => x + y, 0),
    };
  });
}
