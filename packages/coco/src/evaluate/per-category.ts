// The summary of each category by itself.

import type { CocoCategory } from '../types.ts';
import { meanScore, type ScoreTables } from './score-tables.ts';

/** Scores from 0 to 1, under the largest limit of detections; −1 where the category has no truth that counts. */
export interface CategoryScores {
  categoryId: number;
  name: string;
  /** Mean over all IoU thresholds, in the area range `all`; `ap50` and `ap75` at 0.5 and 0.75 alone. */
  ap: number;
  ap50: number;
  ap75: number;
  ar: number;
  /** By the label of the area range. */
  byArea: Record<string, { ap: number; ar: number; truths: number }>;
  /** How many truths count in the area range `all`. */
  truths: number;
  /** How many detections took part. */
  detections: number;
}

/**
 * One row per category, in the order of the params' `categoryIds`; none where categories are not used.
 *
 * @example
 * for (const { name, ap, truths } of scoresPerCategory(evaluation, groundTruth.categories)) { … }
 */
export function scoresPerCategory(
  tables: ScoreTables,
  categories: readonly CocoCategory[],
): CategoryScores[] {
  const { params, shape } = tables;
  if (!params.useCategories) return [];
  const nameById = new Map(categories.map(({ id, name }) => [id, name]));
  const maxDetections = params.maxDetections[shape.M - 1];
  return params.categoryIds.map((categoryId, category) => {
    const mean = (metric: 'precision' | 'recall', area: string, iouThreshold?: number) =>
      meanScore(tables, { metric, area, maxDetections, iouThreshold, category });
    const byArea = Object.fromEntries(
      params.areaRanges.map(({ label }, a) => [
        label,
        {
          ap: mean('precision', label),
          ar: mean('recall', label),
          truths: tables.truthCounts[category * shape.A + a],
        },
      ]),
    );
    return {
      categoryId,
      name: nameById.get(categoryId) ?? '',
      ap: mean('precision', 'all'),
      ap50: mean('precision', 'all', 0.5),
      ap75: mean('precision', 'all', 0.75),
      ar: mean('recall', 'all'),
      byArea,
      truths: byArea.all?.truths ?? 0,
      detections: tables.detectionCounts[category],
    };
  });
}
