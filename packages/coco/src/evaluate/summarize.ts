// The twelve or ten numbers that COCO's leaderboards list: `summarize` of pycocotools 2.0.11.

import type { IouType } from './params.ts';
import { meanScore, type ScoreSelection, type ScoreTables } from './score-tables.ts';

/**
 * One number of the summary. `limit` is a number of detections, or the position of one in the params,
 * whose value takes the place of `*` in the name.
 */
type Statistic = [
  name: string,
  metric: ScoreSelection['metric'],
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
  ['AR*', 'recall', 'all', { position: 0 }],
  ['AR*', 'recall', 'all', { position: 1 }],
  ['AR*', 'recall', 'all', { position: 2 }],
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
export function summarize(tables: ScoreTables): { stats: number[]; statNames: string[] } {
  const limitOf = (limit: Statistic[3]) =>
    'detections' in limit ? limit.detections : tables.params.maxDetections[limit.position];
  const statistics = statisticsByIouType[tables.params.iouType];
  return {
    stats: statistics.map(([, metric, area, limit, iouThreshold]) =>
      meanScore(tables, {
        metric,
        area,
        maxDetections: limitOf(limit) ?? Number.NaN,
        iouThreshold,
      }),
    ),
    statNames: statistics.map(([name, , , limit]) => name.replace('*', `${limitOf(limit) ?? '-'}`)),
  };
}
