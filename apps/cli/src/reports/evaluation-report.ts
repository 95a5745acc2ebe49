// What `eval --json` prints.

import type { CategoryScores, CocoDataset, ConfusionMatrix, Evaluation } from '@migaki/coco';

export interface EvaluationReport {
  /** Paths, as they were given. */
  groundTruth: string;
  results: string;
  type: 'bbox' | 'segm' | 'keypoints';
  iouThresholds: readonly number[];
  maxDetections: readonly number[];
  /** The summary of pycocotools in its order: from 0 to 1, or -1 where there is nothing to measure. */
  stats: readonly number[];
  names: readonly string[];
  seconds: { read: number; evaluate: number };
  leftOut: Evaluation['leftOut'];
  perCategory: readonly CategoryScores[];
  /** Only when asked for. */
  confusion: ConfusionReport | undefined;
}

export interface ConfusionReport {
  /** Names of rows and columns; the last is `background`, which is no object. */
  classes: string[];
  /** A row for each true class, with a column for each predicted one. */
  counts: number[][];
}

/** The matrix with names for ids. */
export function confusionReport(
  { categories }: CocoDataset,
  { classes, counts }: ConfusionMatrix,
): ConfusionReport {
  const nameOf = new Map(categories.map(({ id, name }) => [id, String(name)]));
  return {
    classes: classes.map((id) => (id === 'background' ? id : (nameOf.get(id) ?? `category ${id}`))),
    counts: classes.map((_, row) =>
      Array.from(counts.subarray(row * classes.length, (row + 1) * classes.length)),
    ),
  };
}
