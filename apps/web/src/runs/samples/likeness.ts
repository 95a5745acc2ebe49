// How alike what a model found and what is true are, by what the task is scored by: boxes, masks or keypoints. Pure.

import type { Category, Sample, SampleObject, TrainTask } from '@migaki/api';
import {
  bboxIou,
  oksFor,
  personSigmas,
  type Rle,
  rleArea,
  rleFromSegmentation,
  rleIou,
  type Segmentation,
} from '@migaki/coco';

/** From 0 to 1; what the truth does not have, as a mask, is left to the boxes. */
export type Likeness = (found: SampleObject, truth: SampleObject) => number;

interface Seen {
  picture: Pick<Sample, 'width' | 'height'>;
  categories: ReadonlyMap<number, Category>;
}

const likenessOf: Partial<Record<TrainTask, (seen: Seen) => Likeness>> = {
  segment: ({ picture }) => maskLikeness(picture),
  pose: poseLikeness,
};

export const likenessFor = (task: TrainTask | null, seen: Seen): Likeness =>
  (task === null ? undefined : likenessOf[task]?.(seen)) ?? boxLikeness;

const boxLikeness: Likeness = (found, truth) =>
  found.bbox === null || truth.bbox === null
    ? 0
    : bboxIou(found.bbox, truth.bbox, truth.iscrowd === 1);

const maskLikeness =
  (picture: Seen['picture']): Likeness =>
  (found, truth) => {
    const trueMask = maskOf(truth, picture);
    if (trueMask === null) return boxLikeness(found, truth);
    const mask = maskOf(found, picture);
    return mask === null ? 0 : rleIou(mask, trueMask, truth.iscrowd === 1);
  };

/** For keypoints that COCO says nothing of, as the trainer scores them. */
const otherSigma = 0.05;

function poseLikeness({ picture, categories }: Seen): Likeness {
  return (found, truth) => {
    const { keypoints } = truth;
    const isPosed = keypoints?.some((value, i) => i % 3 === 2 && value > 0);
    if (keypoints === null || !isPosed) return boxLikeness(found, truth);
    if ((found.keypoints?.length ?? 0) < keypoints.length) return 0;
    const count = keypoints.length / 3;
    const isPerson =
      count === personSigmas.length &&
      categories.get(truth.categoryId ?? -1)?.keypoints?.[0] === 'nose';
    const sigmas = isPerson ? personSigmas : new Array<number>(count).fill(otherSigma);
    return oksFor(sigmas).toKeypoints(found.keypoints!, keypoints, areaOf(truth, picture));
  };
}

/** Square pixels. */
function areaOf(object: SampleObject, picture: Seen['picture']): number {
  const mask = maskOf(object, picture);
  if (mask !== null) return rleArea(mask);
  return object.bbox === null ? 0 : object.bbox[2] * object.bbox[3];
}

/** Masks are laid out once, though each change of what is shown asks for them again. */
const masks = new WeakMap<SampleObject, Rle | null>();

/** Null where there is none, or none that can be laid out. */
function maskOf(object: SampleObject, { width, height }: Seen['picture']): Rle | null {
  const known = masks.get(object);
  if (known !== undefined) return known;
  let mask: Rle | null = null;
  try {
    if (object.segmentation !== null && width !== null && height !== null) {
      mask = rleFromSegmentation(object.segmentation as Segmentation, height, width);
    }
  } catch {
    // A broken outline that was imported: its box still says where it is.
  }
  masks.set(object, mask);
  return mask;
}
