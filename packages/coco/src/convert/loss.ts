// What a conversion could not carry over. Nothing is dropped in silence: every converter counts
// here what it leaves out or changes.

/** Everything that may get lost on the way, with the sentence that tells a person. */
export const lossFeatures = {
  'unusable-records': 'records that could not be understood were left out',
  holes: 'holes in masks were filled',
  'mask-parts': 'objects of several parts were joined or split',
  masks: 'masks were left out or became boxes',
  'mask-pixels': 'pixel masks became polygons, or polygons pixel masks',
  crowds: 'crowd regions were written as single objects or left out',
  rotation: 'rotated boxes became polygons or upright boxes',
  keypoints: 'keypoints were left out',
  'keypoint-visibility': 'keypoint visibility was simplified',
  skeleton: 'skeletons and keypoint names were left out',
  boxes: 'boxes were left out or recomputed from the outline',
  areas: 'areas were recomputed from the outline',
  shapes: 'shapes of kinds unknown to the other side were changed or left out',
  captions: 'captions were left out',
  'picture-labels': 'labels of whole pictures were left out',
  scores: 'scores were left out',
  attributes: 'attributes and unknown fields were left out',
  'category-names': 'categories were renamed',
  'category-details': 'supercategories, colours or ids of categories were left out',
  'unused-categories': 'categories without annotations were left out',
  'image-details': 'ids, dates, licences or further fields of pictures were left out',
  'file-names': 'pictures were renamed',
  splits: 'the division into training and validation pictures was left out',
  'annotation-ids': 'annotations were renumbered',
  info: 'dataset information and licences were left out',
  'empty-pictures': 'pictures without annotations were left out',
  'unlabelled-pictures': 'pictures without a label file were taken for pictures without objects',
  'several-labels': 'objects or labels were left out where only one can be kept',
  'annotation-versions': "further versions of a picture's annotations were left out",
  precision: 'coordinates were rounded',
  'outside-picture': 'shapes were clipped at the edge of the picture',
} as const satisfies Record<string, string>;

export type LossFeature = keyof typeof lossFeatures;

export interface Loss {
  feature: LossFeature;
  /** How many records it touched. */
  count: number;
  /** The first of them, ten at most: a JSON path on the COCO side, a file and line on the other. */
  examples: string[];
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

  add(feature: LossFeature, example: string, count = 1): void {
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
