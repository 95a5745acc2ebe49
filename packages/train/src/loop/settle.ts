// From what a person said and what the data is like to all that a run needs to know.

import { availableParallelism } from 'node:os';
import type { Size } from '../augment/layout.ts';
import type { Recipe } from '../augment/recipe.ts';
import { usualSize } from '../networks/residual.ts';
import { repeatFactors } from '../samples/batches.ts';
import { splitPictures } from '../samples/split.ts';
import type { LabelledPicture, TrainingSet } from '../samples/training-set.ts';
import { count, planTask } from '../tasks/plan-task.ts';
import type { TaskName, TaskPlan } from '../tasks/task-plan.ts';
import { taskOf } from '../tasks/tasks.ts';
import { chooseInput, findsObjects, median } from './choose-input.ts';
import type { RunPlan } from './run-plan.ts';
import { checkSettings, type TrainSettings } from './settings.ts';

/** What is known of the file to begin from before its graph is cut. */
export interface InitFile {
  /** The size that it was exported for; null where it takes any. */
  readonly inputSize: Size | null;
}

/** More than any network has. */
const allStages = 100;
/** What networks of model hubs mostly were trained with, pixels. */
const pretrainedSide = 224;

export interface Settled {
  readonly plan: RunPlan;
  readonly training: readonly LabelledPicture[];
  readonly validation: readonly LabelledPicture[];
  readonly notes: readonly string[];
  /** What makes less of the run than its person may expect. */
  readonly warnings: readonly string[];
}

const defaultMinutes = 10;
const defaultSplit = 0.2;

/** Pictures of a step, and the greatest learning rate that goes with it. */
const defaults: Record<TaskName, { batch: number; learningRate: number; weightDecay: number }> = {
  classify: { batch: 32, learningRate: 3e-3, weightDecay: 0.05 },
  // Where a number depends on shape, larger steps never leave the mean.
  regress: { batch: 32, learningRate: 1e-3, weightDecay: 0.05 },
  embed: { batch: 32, learningRate: 3e-3, weightDecay: 0.05 },
  detect: { batch: 8, learningRate: 4e-3, weightDecay: 0.01 },
  segment: { batch: 8, learningRate: 4e-3, weightDecay: 0.01 },
  pose: { batch: 8, learningRate: 4e-3, weightDecay: 0.01 },
};

/**
 * @param validation pictures kept for validation; where left out, those whose split says so, else a share of `set`
 * @throws TrainError `bad-setting`, `nothing-to-learn`
 */
export function settle(
  set: TrainingSet,
  validation: TrainingSet | null,
  settings: TrainSettings,
  init: InitFile | null = null,
): Settled {
  checkSettings(settings, init !== null);
  const planned = planTask(set, settings);
  const { task } = settings;
  const sides = sidesOf(planned.set, planned.plan, validation, settings);
  const size = init === null ? (settings.size ?? usualSize) : null;
  const side = settings.inputSide ?? (init && !findsObjects(task) ? pretrainedSide : undefined);
  const seed = settings.seed ?? 0;
  const fallback = defaults[task];
  const recipe = recipeOf(taskOf(task).recipe(planned.plan as never), settings);
  const hasBudget = settings.epochs !== undefined;
  return {
    plan: {
      model: {
        task: planned.plan,
        size,
        seed,
        input: init?.inputSize ?? chooseInput(planned.set.pictures, task, size ?? usualSize, side),
        imported: init && {
          normalisation: settings.normalisation ?? 'imagenet',
          frozenStages: settings.freeze ?? allStages,
        },
      },
      classes: planned.set.classes,
      minutes: hasBudget ? null : (settings.minutes ?? defaultMinutes),
      epochs: settings.epochs ?? null,
      seed,
      batch: settings.batch ?? fallback.batch,
      learningRate: settings.learningRate ?? fallback.learningRate,
      weightDecay: settings.weightDecay ?? fallback.weightDecay,
      recipe,
      weights: weightsOf(sides.training, settings.balance ?? true),
      training: sides.training.map(({ imageId }) => imageId),
      validation: sides.validation.map(({ imageId }) => imageId),
      patience: settings.patience ?? 0,
      threads: settings.threads ?? availableParallelism(),
      loaders: settings.loaders ?? Math.max(1, availableParallelism() >> 1),
    },
    ...sides,
    notes: [
      ...planned.notes,
      ...undecidedNotes(set, validation === null ? '' : ' of the dataset to learn from'),
      ...undecidedNotes(validation, ' of the dataset to validate with'),
    ],
    warnings: [
      ...(sides.validation.length === 0 ? [nothingValidates] : []),
      ...(init && findsObjects(task) ? smallInputWarnings(init, planned.set.pictures) : []),
    ],
  };
}

function undecidedNotes(set: TrainingSet | null, ofWhich: string): string[] {
  const number = set?.undecidedCount ?? 0;
  if (number === 0) return [];
  const [are, them, those] = number === 1 ? ['is', 'it', 'it'] : ['are', 'them', 'those'];
  return [
    `${count(number, 'picture')}${ofWhich} without labels, or with proposals that wait, ${are} left out, because nobody has said that nothing more is in ${them}: look ${those} over, or mark ${those} reviewed or done.`,
  ];
}

const nothingValidates =
  'There is no picture to validate with: the weights of the last step are taken, and the model has no scores. Add pictures, or name a dataset to validate with.';

/** What is found in pictures has few pixels left where a network takes them far smaller than they are. */
const leastShareOfSides = 0.25;

function smallInputWarnings(
  { inputSize }: InitFile,
  pictures: readonly LabelledPicture[],
): string[] {
  if (inputSize === null) return [];
  const width = median(pictures.map((picture) => picture.width));
  const height = median(pictures.map((picture) => picture.height));
  const share = Math.min(inputSize.width / width, inputSize.height / height);
  if (share >= leastShareOfSides) return [];
  return [
    `The network to begin from takes pictures of ${inputSize.width} × ${inputSize.height} pixels alone, less than a quarter of the sides of these (mostly ${width} × ${height}): what is small in them is lost. Export it with dynamic axes for height and width, or for a larger size.`,
  ];
}

/** Who is learned from and who validates. */
function sidesOf(
  set: TrainingSet,
  task: TaskPlan,
  validation: TrainingSet | null,
  { split = defaultSplit }: TrainSettings,
): Pick<Settled, 'training' | 'validation'> {
  if (validation !== null) {
    // Identities are only held against each other, whatever those of the training are.
    const met = task.task === 'embed' ? validation.pictures : inClassesOf(set, validation);
    return { training: set.pictures, validation: usable(met, task) };
  }
  const isOf = (side: RegExp) => (picture: LabelledPicture) => side.test(picture.split);
  const others = set.pictures.filter((picture) => !isOf(/^test/i)(picture));
  const told = others.filter(isOf(/^val/i));
  const training = others.filter((picture) => !isOf(/^val/i)(picture));
  if (told.length > 0 && training.length > 0) return { training, validation: told };
  // Where all are for testing, they cannot be meant to be kept from the training.
  return splitPictures(others.length > 0 ? others : set.pictures, split, task);
}

/** Pictures of another dataset with their classes counted as in this one, met by name. */
function inClassesOf(set: TrainingSet, other: TrainingSet): LabelledPicture[] {
  const indexOf = new Map(set.classes.map(({ name }, index) => [name, index]));
  const newIndex = other.classes.map(({ name }) => indexOf.get(name));
  return other.pictures.map((picture) => ({
    ...picture,
    labels: picture.labels.flatMap((label) => newIndex[label] ?? []),
    objects: picture.objects.flatMap((object) => {
      const classIndex = newIndex[object.classIndex];
      return classIndex === undefined ? [] : [{ ...object, classIndex }];
    }),
  }));
}

/** Those that a model can be measured by. */
function usable(pictures: readonly LabelledPicture[], plan: TaskPlan): LabelledPicture[] {
  switch (plan.task) {
    case 'regress':
      return pictures.filter(({ value }) => Number.isFinite(value));
    case 'embed':
      return pictures.filter(({ labels }) => labels.length === 1);
    case 'classify':
      return pictures.filter(({ labels }) => plan.isMultiLabel || labels.length === 1);
    default:
      return [...pictures];
  }
}

/** What may be said of a recipe without writing one. */
const recipeSettings = ['flip', 'rotate', 'quarterTurns', 'mosaic', 'mix', 'trivial'] as const;

function recipeOf(recipe: Recipe, settings: TrainSettings): Recipe {
  const said = recipeSettings.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, settings[name]]],
  );
  return { ...recipe, ...Object.fromEntries(said) };
}

function weightsOf(pictures: readonly LabelledPicture[], isBalanced: boolean): number[] {
  if (!isBalanced) return pictures.map(() => 1);
  return repeatFactors(
    pictures.map(
      ({ labels, objects }) => new Set([...labels, ...objects.map(({ classIndex }) => classIndex)]),
    ),
  );
}
