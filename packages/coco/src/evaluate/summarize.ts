// Means over the score tables, and the twelve or ten numbers that COCO's leaderboards list: `summarize`
// of pycocotools 2.0.11.

import type { ScoreTables } from './accumulate.ts';
import { pairwiseSum } from './pairwise-sum.ts';
import type { EvaluationParams, IouType } from './params.ts';

/** Which part of a table is averaged. */
export interface Selection {
  metric: 'precision' | 'recall';
  /** Default: all. A threshold that was not evaluated selects nothing. */
  iouThreshold?: number;
  /** Label of an area range. */
  area: string;
  /** One of the limits of detections; another one selects nothing. */
  maxDetections: number;
  /** Position of one category. Default: all. */
  slot?: number;
}

/**
 * The mean of what is selected, categories without truths left out; −1 where nothing is left.
 *
 * @example
 * meanScore(tables, params, slotCount, { metric: 'precision', area: 'all', maxDetections: 100 }); // AP
 */
export function meanScore(
  tables: ScoreTables,
  params: EvaluationParams,
  slotCount: number,
  selection: Selection,
): number {
  const [K, A, M] = [slotCount, params.areaRanges.length, params.maxDetections.length];
  const R = selection.metric === 'precision' ? params.recallThresholds.length : 1;
  const table = tables[selection.metric];
  const cells = areaAndLimitPairs(params, selection).map(([a, m]) => a * M + m);
  const slots = selection.slot === undefined ? [...Array(K).keys()] : [selection.slot];

  const values = new Float64Array(params.iouThresholds.length * R * slots.length * cells.length);
  let count = 0;
  for (const [t, threshold] of params.iouThresholds.entries()) {
    if (selection.iouThreshold !== undefined && threshold !== selection.iouThreshold) continue;
    for (let r = 0; r < R; r++) {
      for (const slot of slots) {
        for (const cell of cells) {
          const value = table[((t * R + r) * K + slot) * A * M + cell];
          if (value > -1) values[count++] = value;
        }
      }
    }
  }
  return count === 0 ? -1 : pairwiseSum(values, 0, count) / count;
}

/** numpy pairs the ranges of the same label and the limits of the same number one by one. */
function areaAndLimitPairs(params: EvaluationParams, selection: Selection): [number, number][] {
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

/** One number of the summary; `limit` is a number of detections, or the position of one in the params. */
type Statistic = [
  name: string,
  metric: Selection['metric'],
  area: string,
  limit: { detections: number } | { position: number },
  iouThreshold?: number,
];

const objectStatistics: readonly Statistic[] = [
  ['AP', 'precision', 'all', { detections: 100 }],
  ['AP50', 'precision', 'all', { position: 2 }, 0.5],
  ['AP75', 'precision', 'all', { position: 2 }, 0.75],
  ['APsmall', 'precision', 'small', { position: 2 }],
  ['APmedium', 'precision', 'medium', { position: 2 }],
  ['APlarge', 'precision', 'large', { position: 2 }],
  ['AR', 'recall', 'all', { position: 0 }],
  ['AR', 'recall', 'all', { position: 1 }],
  ['AR', 'recall', 'all', { position: 2 }],
  ['ARsmall', 'recall', 'small', { position: 2 }],
  ['ARmedium', 'recall', 'medium', { position: 2 }],
  ['ARlarge', 'recall', 'large', { position: 2 }],
];

const keypointStatistics: readonly Statistic[] = [
  ['AP', 'precision', 'all', { detections: 20 }],
  ['AP50', 'precision', 'all', { detections: 20 }, 0.5],
  ['AP75', 'precision', 'all', { detections: 20 }, 0.75],
  ['APmedium', 'precision', 'medium', { detections: 20 }],
  ['APlarge', 'precision', 'large', { detections: 20 }],
  ['AR', 'recall', 'all', { detections: 20 }],
  ['AR50', 'recall', 'all', { detections: 20 }, 0.5],
  ['AR75', 'recall', 'all', { detections: 20 }, 0.75],
  ['ARmedium', 'recall', 'medium', { detections: 20 }],
  ['ARlarge', 'recall', 'large', { detections: 20 }],
];

const statisticsByIouType: Record<IouType, readonly Statistic[]> = {
  bbox: objectStatistics,
  segm: objectStatistics,
  keypoints: keypointStatistics,
};

/**
 * COCO's summary, in its order. −1 stands where the params leave a number without meaning: AP is defined
 * for 100 detections (keypoints: 20), AP50 for a threshold of exactly 0.5, and so on.
 */
export function summarize(
  tables: ScoreTables,
  params: EvaluationParams,
  slotCount: number,
): { stats: number[]; statNames: string[] } {
  const statNames: string[] = [];
  const stats: number[] = [];
  for (const [name, metric, area, limit, iouThreshold] of statisticsByIouType[params.iouType]) {
    const isNamedByLimit = name === 'AR' && 'position' in limit;
    const maxDetections =
      'detections' in limit
        ? limit.detections
        : (params.maxDetections[limit.position] ?? Number.NaN);
    statNames.push(isNamedByLimit ? `AR${maxDetections}` : name);
    stats.push(
      meanScore(tables, params, slotCount, {
        metric,
        area,
        maxDetections,
        ...(iouThreshold !== undefined && { iouThreshold }),
      }),
    );
  }
  return { stats, statNames };
}
