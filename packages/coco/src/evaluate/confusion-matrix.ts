// Which categories a detector takes for which: truths and detections are paired whatever their category.

import type { CocoDataset, CocoResult } from '../types.ts';
import { unmatched } from './match.ts';
import { matchPictures } from './match-pictures.ts';
import { type EvaluationOptions, resolveParams } from './params.ts';
import { prepare } from './prepare.ts';
import { rowNumbers } from './rows.ts';

export interface ConfusionOptions
  extends Pick<EvaluationOptions, 'iouType' | 'imageIds' | 'categoryIds' | 'keypointSigmas'> {
  /** From which similarity on a detection finds a truth. Default: 0.5. */
  iouThreshold?: number;
  /** Detections of a lower score are left out. Default: 0.25. */
  scoreThreshold?: number;
}

/** A category's id, or what is no object: a detection of nothing, a truth that was not found. */
export type ConfusionClass = number | 'background';

export interface ConfusionPair {
  imageId: number;
  /** Null in the row of the background. */
  truthId: number | null;
  /** Position among the results, counted from 1; null in the column of the background. */
  detectionId: number | null;
  /** Similarity of the two, 0 where there is but one. */
  iou: number;
}

/** Square, with a row for each true class and a column for each predicted one. */
export interface ConfusionMatrix {
  /** Of rows and columns: the categories by ascending id, then the background. */
  classes: readonly ConfusionClass[];
  /** Row by row. The cell of background and background is 0. */
  counts: Uint32Array;
  /** The pairs that are counted, cell by cell, and there picture by picture. */
  pairs: readonly ConfusionPair[];
  /** First pair of each cell, and the number of pairs at the end. */
  pairStart: Uint32Array;
}

/**
 * Each picture's detections choose in the order of their score; each takes the free truth it is most
 * alike, whatever its category. What falls on a crowd is not counted, nor are crowds.
 *
 * @throws CocoError `bad-evaluation-input` like `evaluate`
 * @example
 * const matrix = confusionMatrix(groundTruth, results, { iouType: 'bbox' });
 * const catsTakenForDogs = confusedPairs(matrix, cat.id, dog.id);
 */
export function confusionMatrix(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: ConfusionOptions,
): ConfusionMatrix {
  const { iouThreshold = 0.5, scoreThreshold = 0.25, ...scope } = options;
  const params = resolveParams(groundTruth, scope);
  const prepared = prepare(groundTruth, results, params, 'image');
  const { truths, detections } = prepared;
  const classes: ConfusionClass[] = [...params.categoryIds, 'background'];
  const background = classes.length - 1;
  const cells: ConfusionPair[][] = Array.from({ length: classes.length ** 2 }, () => []);

  const isSure = (detection: number) => detections.score[detection] >= scoreThreshold;
  for (const picture of matchPictures(prepared, iouThreshold, truths.ignored, isSure)) {
    const add = (truth: number, detection: number) => {
      const row = truth === unmatched ? background : truths.category[truth];
      const column = detection === unmatched ? background : detections.category[detection];
      const isPair = truth !== unmatched && detection !== unmatched;
      const image = truth === unmatched ? detections.image[detection] : truths.image[truth];
      cells[row * classes.length + column].push({
        imageId: params.imageIds[image],
        truthId: truth === unmatched ? null : groundTruth.annotations[truths.record[truth]].id,
        detectionId: detection === unmatched ? null : detections.record[detection] + 1,
        iou: isPair ? picture.similarity(detection, truth) : 0,
      });
    };
    const found = new Set<number>();
    for (const detection of rowNumbers(picture.detections)) {
      if (!isSure(detection)) continue;
      const truth = picture.truthFoundBy(detection);
      if (truth !== unmatched && truths.ignored[truth] === 1) continue;
      add(truth, detection);
      found.add(truth);
    }
    for (const truth of rowNumbers(picture.truths)) {
      if (truths.ignored[truth] === 0 && !found.has(truth)) add(truth, unmatched);
    }
  }

  const pairStart = new Uint32Array(cells.length + 1);
  for (const [cell, { length }] of cells.entries()) pairStart[cell + 1] = pairStart[cell] + length;
  return {
    classes,
    counts: Uint32Array.from(cells, ({ length }) => length),
    pairs: cells.flat(),
    pairStart,
  };
}

/** The pairs that are counted in one cell; none for a category that is not in the matrix. */
export function confusedPairs(
  matrix: ConfusionMatrix,
  truth: ConfusionClass,
  predicted: ConfusionClass,
): readonly ConfusionPair[] {
  const row = matrix.classes.indexOf(truth);
  const column = matrix.classes.indexOf(predicted);
  if (row === -1 || column === -1) return [];
  const cell = row * matrix.classes.length + column;
  return matrix.pairs.slice(matrix.pairStart[cell], matrix.pairStart[cell + 1]);
}
