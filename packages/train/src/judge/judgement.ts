// What is told of each object, found or true, and of each picture, once a model was measured.

/** Every thing that can become of an object or of a picture's class, with the sentence that explains it. */
export const outcomes = {
  matched: 'It was found, and called what it is.',
  'wrong class': 'It was found, but is called something else.',
  missed: 'It is there and was not found.',
  'badly placed': 'It lies near a true object of its class, but not well enough.',
  duplicate: 'It is a true object that was found already.',
  background: 'There is nothing.',
  estimated: 'A number was estimated.',
} as const satisfies Record<string, string>;

export type Outcome = keyof typeof outcomes;

/** Outcomes that are mistakes. */
export const isMistake = (outcome: Outcome): boolean =>
  outcome !== 'matched' && outcome !== 'estimated';

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
