// What a task makes of the labels that there are: which pictures it can learn from, which classes it tells apart.

import { type Phrase, personSigmas, phrase, type Words } from '@migaki/coco';
import type { TrainSettings } from '../loop/settings.ts';
import { withPictureLabels } from '../samples/picture-labels.ts';
import type { ClassName, TrainingSet } from '../samples/training-set.ts';
import { TrainError } from '../train-error.ts';
import type { PlanOf, TaskName, TaskPlan } from './task-plan.ts';

export interface PlannedTask {
  readonly plan: TaskPlan;
  /** The pictures that the task can learn from, their labels counted in `set.classes`. */
  readonly set: TrainingSet;
  /** What a person may want to know: what was left out, and why. */
  readonly notes: readonly string[];
}

const planners: {
  readonly [Name in TaskName]: (set: TrainingSet, settings: TrainSettings) => PlannedTask;
} = {
  classify: planClassify,
  regress: planRegress,
  embed: planEmbed,
  detect: (set) => planObjects(set, ({ length }) => ({ task: 'detect', classCount: length })),
  segment: planSegment,
  pose: planPose,
};

/** @throws TrainError `nothing-to-learn` */
export function planTask(set: TrainingSet, settings: TrainSettings): PlannedTask {
  // What a regression lacks is numbers, not labels, and it says so itself.
  if (set.pictures.length === 0 && settings.task !== 'regress') {
    refuse(
      phrase`labelled pictures`,
      phrase`none`,
      phrase`Label some pictures, or widen the filter.`,
    );
  }
  return planners[settings.task](set, settings);
}

function refuse(expected: Phrase, found: Words, advice: Phrase): never {
  throw new TrainError('nothing-to-learn', { expected, found, advice });
}

/** The set with only the classes that are used, counted anew, and a note on the others. */
function withUsedClasses(
  set: TrainingSet,
  used: ReadonlySet<number>,
): { set: TrainingSet; notes: string[] } {
  const kept = [...set.classes.keys()].filter((index) => used.has(index));
  const unused = set.classes.filter((_, index) => !used.has(index)).map(({ name }) => name);
  if (unused.length === 0) return { set, notes: [] };
  const newIndex = new Map(kept.map((index, i) => [index, i]));
  const pictures = set.pictures.map((picture) => ({
    ...picture,
    labels: picture.labels.flatMap((label) => newIndex.get(label) ?? []),
    objects: picture.objects.flatMap((object) => {
      const classIndex = newIndex.get(object.classIndex);
      return classIndex === undefined ? [] : [{ ...object, classIndex }];
    }),
  }));
  const shown = unused.slice(0, 5).join(', ') + (unused.length > 5 ? ' and more' : '');
  return {
    set: { ...set, classes: kept.map((index) => set.classes[index]), pictures },
    notes: [`Left out, because nothing has them: ${shown}.`],
  };
}

const picturesIn = (count: number): Phrase =>
  count === 1 ? phrase`1 picture` : phrase`${count} pictures`;
const classesIn = (count: number): Phrase =>
  count === 1 ? phrase`1 class` : phrase`${count} classes`;
const thingsIn = (count: number): Phrase =>
  count === 1 ? phrase`1 thing` : phrase`${count} things`;

/** `1 picture`, `3 pictures` */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

function planClassify(set: TrainingSet, settings: TrainSettings): PlannedTask {
  const { pictures, isOfObjects } = withPictureLabels(set.pictures);
  const notes = isOfObjects
    ? [phrase`No picture has a label of its own: what it shows is taken from its objects.`]
    : [];
  const isMultiLabel =
    settings.multiLabel ?? (isOfObjects || pictures.some(({ labels }) => labels.length > 1));
  // Where a picture has one class, one without was not labelled; where it may have any, it has none.
  const usable = isMultiLabel ? pictures : pictures.filter(({ labels }) => labels.length === 1);
  const used = new Set(usable.flatMap(({ labels }) => labels));
  if (used.size < (isMultiLabel ? 1 : 2)) {
    refuse(
      isMultiLabel ? phrase`pictures with labels` : phrase`pictures of two classes or more`,
      classesIn(used.size),
      phrase`Give pictures a category of their own (T in the annotator), or import a folder per class.`,
    );
  }
  const leftOut = pictures.length - usable.length;
  const kept = withUsedClasses({ ...set, pictures: usable }, used);
  return {
    plan: { task: 'classify', classCount: kept.set.classes.length, isMultiLabel },
    set: kept.set,
    notes: [
      ...notes,
      ...kept.notes,
      ...(leftOut > 0 ? [`${count(leftOut, 'picture')} without a label left out.`] : []),
    ],
  };
}

function planRegress(set: TrainingSet, settings: TrainSettings): PlannedTask {
  const pictures = set.pictures.filter(({ value }) => Number.isFinite(value));
  const values = pictures.map(({ value }) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  if (variance === 0) {
    refuse(
      phrase`pictures with different numbers to learn`,
      phrase`${picturesIn(values.length)} with a number in ${settings.valueField ?? phrase`no field`}`,
      phrase`Name the field that holds the number, such as metadata.score (--value).`,
    );
  }
  const leftOut = set.pictures.length - pictures.length;
  return {
    plan: { task: 'regress', mean, deviation: Math.sqrt(variance) },
    // What else is on the pictures is nothing to it.
    set: {
      ...set,
      classes: [],
      pictures: pictures.map((picture) => ({ ...picture, objects: [], labels: [] })),
    },
    notes: leftOut > 0 ? [`${count(leftOut, 'picture')} without a number left out.`] : [],
  };
}

const embeddingDimensions = 128;

function planEmbed(set: TrainingSet): PlannedTask {
  const pictures = set.pictures.filter(({ labels }) => labels.length === 1);
  const used = new Set(pictures.flatMap(({ labels }) => labels));
  if (used.size < 2 || pictures.length <= used.size) {
    refuse(
      phrase`several pictures each of two things or more`,
      phrase`${picturesIn(pictures.length)} of ${thingsIn(used.size)}`,
      phrase`Give each picture the category of what it shows, such as a person or a product.`,
    );
  }
  const kept = withUsedClasses({ ...set, pictures }, used);
  return {
    plan: { task: 'embed', classCount: kept.set.classes.length, dimensions: embeddingDimensions },
    ...kept,
  };
}

function planObjects(
  set: TrainingSet,
  planFor: (classes: readonly ClassName[]) => TaskPlan,
): PlannedTask {
  const objects = set.pictures.flatMap((picture) => picture.objects);
  const used = new Set(
    objects.filter(({ isCrowd }) => !isCrowd).map(({ classIndex }) => classIndex),
  );
  if (used.size === 0) {
    refuse(
      phrase`pictures with objects`,
      phrase`${picturesIn(set.pictures.length)} without any`,
      phrase`Draw boxes around some objects first, or import labels.`,
    );
  }
  const kept = withUsedClasses(set, used);
  return { plan: planFor(kept.set.classes), ...kept };
}

function planSegment(set: TrainingSet): PlannedTask {
  const hasMask = set.pictures.some(({ objects }) => objects.some(({ rings }) => rings.length > 0));
  if (!hasMask) {
    refuse(
      phrase`objects with outlines or masks`,
      phrase`boxes alone`,
      phrase`Draw polygons or masks, or train a detector (detect).`,
    );
  }
  return planObjects(set, ({ length }) => ({ task: 'segment', classCount: length }));
}

/** For keypoints that COCO says nothing of: a middle one of its own. */
const otherSigma = 0.05;

function planPose(set: TrainingSet): PlannedTask {
  const isPosed = ({ keypoints }: { keypoints: Float32Array }) =>
    keypoints.some((value, i) => i % 3 === 2 && value > 0);
  if (!set.pictures.some(({ objects }) => objects.some(isPosed))) {
    refuse(
      phrase`objects with keypoints`,
      phrase`none`,
      phrase`Define the keypoints of a category, and set them on some objects.`,
    );
  }
  return planObjects(set, (classes): PlanOf<'pose'> => {
    const keypointCount = Math.max(...classes.map(({ keypoints }) => keypoints.length));
    const isPerson = classes.length === 1 && classes[0].keypoints[0] === 'nose';
    return {
      task: 'pose',
      classCount: classes.length,
      keypointCount,
      sigmas:
        isPerson && keypointCount === personSigmas.length
          ? personSigmas
          : new Array<number>(keypointCount).fill(otherSigma),
    };
  });
}
