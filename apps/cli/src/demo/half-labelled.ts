// A dataset as a team has it in the middle of its work: some pictures to measure with, some labelled in a hurry, the rest bare. Of
// these some are left for whoever looks at what came of it.

import { type CocoDataset, type CocoImage, type MistakeKind, spoilLabels } from '@migaki/coco';

/** Of the pictures, those that are measured with; their labels stay as they are. */
const validationShare = 0.2;
/** Of the pictures, those that nobody looks over. */
const leftShare = 1 / 15;
/** Of the labels of the pictures that are learned from first, for each kind of mistake. */
const mistakeShare = 0.02;

export interface HalfLabelled {
  /** What is brought in. */
  shown: CocoDataset;
  /** Everything as it should be. */
  truth: CocoDataset;
  /** File names. */
  validation: ReadonlySet<string>;
  labelled: ReadonlySet<string>;
  /** To be looked over. */
  bare: ReadonlySet<string>;
  /** Bare as well, and left so. */
  left: ReadonlySet<string>;
  /** Made on purpose, all in labelled pictures. */
  mistakes: Readonly<Record<MistakeKind, number>>;
}

/**
 * @param truth boxes of every picture
 * @param random uniform in [0, 1)
 */
export function halfLabelled(truth: CocoDataset, random: () => number): HalfLabelled {
  const place = new Map(truth.images.map(({ id }) => [id, random()]));
  const order = truth.images.toSorted((a, b) => place.get(a.id)! - place.get(b.id)!);
  const validationCount = Math.max(1, Math.round(validationShare * order.length));
  const bareFrom = validationCount + Math.ceil((order.length - validationCount) / 2);
  const leftFrom = order.length - Math.max(1, Math.round(leftShare * order.length));
  const parts = {
    validation: order.slice(0, validationCount),
    labelled: order.slice(validationCount, bareFrom),
    bare: order.slice(bareFrom, leftFrom),
    left: order.slice(leftFrom),
  };
  const annotationsOf = (images: readonly CocoImage[]) => {
    const ids = new Set(images.map(({ id }) => id));
    return truth.annotations.filter(({ image_id }) => ids.has(image_id));
  };
  const annotations = annotationsOf(parts.labelled);
  const hurried = spoilLabels({ ...truth, annotations }, mistakeShare, random);
  const isValidation = new Set(parts.validation);
  const kinds = [...hurried.spoiled.values()];
  const namesOf = (images: readonly CocoImage[]) =>
    new Set(images.map(({ file_name }) => file_name));
  return {
    truth,
    shown: {
      ...truth,
      images: truth.images.map((image) => ({
        ...image,
        split: isValidation.has(image) ? 'val' : 'train',
      })),
      annotations: [...annotationsOf(parts.validation), ...hurried.dataset.annotations],
    },
    validation: namesOf(parts.validation),
    labelled: namesOf(parts.labelled),
    bare: namesOf(parts.bare),
    left: namesOf(parts.left),
    mistakes: {
      overlooked: hurried.removed.length,
      misplaced: kinds.filter((kind) => kind === 'misplaced').length,
      swapped: kinds.filter((kind) => kind === 'swapped').length,
    },
  };
}
