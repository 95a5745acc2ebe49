// What the records of evaluations are made of.

import type { ScoreStep } from '@migaki/coco';

/** A class of the model that is a category of the dataset. */
export interface EvaluatedClass {
  categoryId: number;
  name: string;
}

/** Of one class: how precision falls as recall rises, and from which score on that is. */
export type EvaluationCurve = { recall: number; precision: number; score: number }[];

/** Of one category that was measured: everything that was found, by how sure the model was. */
export interface ScoreRanking {
  /** What the model calls it; several classes may be one category. */
  classNames: string[];
  /** Objects, or pictures, that are of it. */
  truthCount: number;
  steps: ScoreStep[];
}

export interface CalibrationBin {
  certainty: number;
  accuracy: number;
  count: number;
}

/** What took no part. */
export interface LeftOut {
  /** Pictures that the model learned from. */
  learnedCount: number;
  /** Pictures of which nobody has said what is in them. */
  undecidedCount: number;
  /** Pictures that are missing or cannot be read. */
  problemCount: number;
  /** Classes of the model that are no category of the dataset. */
  classes: string[];
  /** Categories of the dataset that the model does not know, and that have objects. */
  categories: string[];
}

/** The labels of the pictures, of the categories that were measured. */
export interface MeasuredAgainst {
  labelCount: number;
  /** Of these, proposals that were accepted as they were, by `cells@1` or another source; the most first. */
  accepted: { model: string; count: number }[];
}

/** What became of one object, found or true, or of one picture. */
export interface JudgementRecord {
  imageId: number;
  outcome: string;
  annotationId: number | null;
  trueCategoryId: number | null;
  predictedCategoryId: number | null;
  score: number | null;
  /** With the true object; 0 where there is none. */
  iou: number;
  /** Left, top, right, bottom; pixels of the picture. */
  trueBox: number[] | null;
  predictedBox: number[] | null;
  trueValue: number | null;
  predictedValue: number | null;
  /** From 0, right, to 1, quite wrong. */
  wrongness: number;
}

/** Outcomes that are no mistakes. */
export const rightOutcomes: readonly string[] = ['matched', 'estimated'];

export const mistakeOutcomes = [
  'wrong class',
  'missed',
  'badly placed',
  'duplicate',
  'background',
] as const;
