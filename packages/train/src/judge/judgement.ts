// What is told of each object, found or true, and of each picture, once a model was measured.

import type { ScoreStep } from '@migaki/coco';
import type { Scores } from '../metrics/score-answers.ts';

/** What can become of an object or of a picture's class. */
export type Outcome =
  /** It was found, and called what it is. */
  | 'matched'
  /** It was found, but is called something else. */
  | 'wrong class'
  /** It is there and was not found. */
  | 'missed'
  /** It lies near a true object of its class, but not well enough. */
  | 'badly placed'
  /** It is a true object that was found already. */
  | 'duplicate'
  /** There is nothing. */
  | 'background'
  /** A number was estimated. */
  | 'estimated';

type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Judgement {
  readonly imageId: number;
  readonly outcome: Outcome;
  /** The true object that it is about; null where there is none, or where the whole picture is judged. */
  readonly annotationId: number | null;
  /** Class indices; null for what is no object. */
  readonly trueClass: number | null;
  readonly predictedClass: number | null;
  /** The model's confidence, 0 to 1; of an embedding the cosine to the nearest picture. Null where nothing was found. */
  readonly score: number | null;
  /** IoU, or for keypoints OKS, with the true object; 0 where there is none. */
  readonly iou: number;
  /** Pixels; of what is there and of what was found. */
  readonly trueBox: Box | null;
  readonly predictedBox: Box | null;
  /** Of a regression. */
  readonly trueValue: number | null;
  readonly predictedValue: number | null;
  /** From 0, right, to 1, quite wrong. */
  readonly wrongness: number;
}

export const judgementOf = (
  given: Pick<Judgement, 'imageId' | 'outcome' | 'wrongness'> & Partial<Judgement>,
): Judgement => ({
  annotationId: null,
  trueClass: null,
  predictedClass: null,
  score: null,
  iou: 0,
  trueBox: null,
  predictedBox: null,
  trueValue: null,
  predictedValue: null,
  ...given,
});

export interface JudgeOptions {
  /** From which score on what was found counts; where left out, the one with the greatest F1. */
  readonly scoreThreshold?: number | undefined;
}

/** What was found of one class, by how sure the model was: more than the judgements, which begin at a threshold. */
export interface ClassRanking {
  /** Objects, or pictures, that are of the class. */
  readonly truthCount: number;
  readonly steps: readonly ScoreStep[];
}

export interface Judged {
  readonly scores: Scores;
  readonly judgements: readonly Judgement[];
  /** Null where none is used. */
  readonly scoreThreshold: number | null;
  /** Rows are true classes, columns predicted ones; the last of each is what is none. Empty where there are no classes. */
  readonly confusion: readonly (readonly number[])[];
  /** By class, for objects: how precision falls as recall rises, and from which score on that is. */
  readonly curves: readonly (readonly { recall: number; precision: number; score: number }[])[];
  /** By class, where what is found has scores. */
  readonly rankings: readonly ClassRanking[];
  /** For classes of pictures: bins of certainty from 0 to 1. */
  readonly calibration: readonly { certainty: number; accuracy: number; count: number }[];
}
