// What a conversion could not carry over. Nothing is dropped in silence: every converter counts
// here what it leaves out or changes.

import { type FixedPhrase, phrase, type Words } from '../phrase.ts';

/** Everything that may get lost on the way, with the sentence that tells a person. */
export const lossFeatures = {
  'unusable-records': phrase`records that could not be understood were left out`,
  holes: phrase`holes in masks were filled`,
  'mask-parts': phrase`objects of several parts were joined or split`,
  masks: phrase`masks were left out or became boxes`,
  'mask-pixels': phrase`pixel masks became polygons, or polygons pixel masks`,
  crowds: phrase`crowd regions were written as single objects or left out`,
  rotation: phrase`rotated boxes became polygons or upright boxes`,
  keypoints: phrase`keypoints were left out`,
  'keypoint-visibility': phrase`keypoint visibility was simplified`,
  skeleton: phrase`skeletons and keypoint names were left out`,
  boxes: phrase`boxes were left out or recomputed from the outline`,
  areas: phrase`areas were recomputed from the outline`,
  shapes: phrase`shapes of kinds unknown to the other side were changed or left out`,
  captions: phrase`captions were left out`,
  'picture-labels': phrase`labels of whole pictures were left out`,
  scores: phrase`scores were left out`,
  attributes: phrase`attributes and unknown fields were left out`,
  'category-names': phrase`categories were renamed`,
  'category-details': phrase`supercategories, colours or ids of categories were left out`,
  'unused-categories': phrase`categories without annotations were left out`,
  'image-details': phrase`ids, dates, licences or further fields of pictures were left out`,
  'file-names': phrase`pictures were renamed`,
  splits: phrase`the division into training and validation pictures was left out`,
  'annotation-ids': phrase`annotations were renumbered`,
  info: phrase`dataset information and licences were left out`,
  'empty-pictures': phrase`pictures without annotations were left out`,
  'unlabelled-pictures': phrase`pictures without a label file were taken for pictures without objects`,
  'several-labels': phrase`objects or labels were left out where only one can be kept`,
  'annotation-versions': phrase`further versions of a picture's annotations were left out`,
  precision: phrase`coordinates were rounded`,
  'outside-picture': phrase`shapes were clipped at the edge of the picture`,
} as const satisfies Record<string, FixedPhrase>;

export type LossFeature = keyof typeof lossFeatures;

export interface Loss {
  feature: LossFeature;
  /** How many records it touched. */
  count: number;
  /** The first of them, ten at most: a JSON path on the COCO side, a file and line on the other. */
  examples: Words[];
}

/** Enough to mend a few bad lines without starting again for each, and still to be read by a person. */
const mostExamples = 10;

/**
 * Collects losses while a converter runs.
 *
 * @example
 * const losses = new LossList();
 * if (hasHoles) losses.add('holes', `annotations[${index}]`);
 * return { files, losses: losses.entries };
 */
export class LossList {
  /** One entry per feature, in the order in which each was first met. Grows while `add` is called. */
  readonly entries: Loss[] = [];
  readonly #byFeature = new Map<LossFeature, Loss>();

  add(feature: LossFeature, example: Words, count = 1): void {
    const known = this.#byFeature.get(feature);
    if (known === undefined) {
      const entry = { feature, count, examples: [example] };
      this.#byFeature.set(feature, entry);
      this.entries.push(entry);
      return;
    }
    known.count += count;
    if (known.examples.length < mostExamples) known.examples.push(example);
  }
}
