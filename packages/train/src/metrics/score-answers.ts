// How good a model's answers are, by the measures of its task: a few numbers by name, and one of them to go by.

import { evaluate, scoresPerCategory } from '@migaki/coco';
import { cocoResults, type PictureAnswer } from '../predict/picture-answer.ts';
import type { ClassName, LabelledPicture } from '../samples/training-set.ts';
import type { PlanOf, TaskName, TaskPlan } from '../tasks/task-plan.ts';
import { scoreClassification } from './classification.ts';
import { cocoTruth, comparedBy, type IouType } from './compared-by.ts';
import { scoreEmbedding } from './embedding.ts';
import { scoreRegression } from './regression.ts';

export interface Scores {
  /** By name; `isMoreBetter` says of each which way is better. */
  readonly values: Readonly<Record<string, number>>;
  /** By class and name, for tasks that have classes. */
  readonly perClass: readonly Readonly<Record<string, number>>[];
}

/** The number that says which of two models of a task is better. */
export const primaryMetrics: Record<TaskName, string> = {
  classify: 'macro_f1',
  regress: 'mae',
  embed: 'nearest_accuracy',
  detect: 'AP',
  segment: 'mask_AP',
  pose: 'keypoint_AP',
};

const errors = new Set(['loss', 'mae', 'rmse', 'calibration_error']);

/** Whether of two models the one with more of this measure is the better one. */
export const isMoreBetter = (metric: string): boolean =>
  !errors.has(metric) && !metric.endsWith('_loss');

export interface Answered {
  readonly picture: LabelledPicture;
  readonly answer: PictureAnswer;
}

type Scorer<Name extends TaskName> = (
  answered: readonly Answered[],
  classes: readonly ClassName[],
  plan: PlanOf<Name>,
) => Scores;

const scorers: { readonly [Name in TaskName]: Scorer<Name> } = {
  classify: (answered, classes, { isMultiLabel }) => {
    const pictures = answered.map(({ picture, answer }) => ({
      labels: picture.labels,
      probabilities: answer.kind === 'classes' ? answer.probabilities : [],
    }));
    const scores = scoreClassification(pictures, classes.length, isMultiLabel);
    const { accuracy, macroF1, calibrationError } = scores;
    return {
      values: { accuracy, macro_f1: macroF1, calibration_error: calibrationError },
      perClass: scores.classes.map(({ precision, recall, f1 }) => ({ precision, recall, f1 })),
    };
  },
  regress: (answered) => {
    const pairs = answered.map(({ picture, answer }) => ({
      truth: picture.value,
      predicted: answer.kind === 'value' ? answer.value : Number.NaN,
    }));
    const { mae, rmse, r2, rankCorrelation } = scoreRegression(pairs);
    return { values: { mae, rmse, r2, rank_correlation: rankCorrelation }, perClass: [] };
  },
  embed: (answered) => {
    const scores = scoreEmbedding(
      answered.flatMap(({ picture, answer }) =>
        answer.kind === 'embedding'
          ? [{ label: picture.labels[0], embedding: answer.embedding }]
          : [],
      ),
    );
    return {
      values: {
        nearest_accuracy: scores.nearestAccuracy,
        verification_accuracy: scores.verificationAccuracy,
        'TAR@FAR=0.01': scores.tarAtFar2,
        'TAR@FAR=0.001': scores.tarAtFar3,
      },
      perClass: [],
    };
  },
  detect: (answered, classes) => objectScores(answered, classes, ['bbox']),
  segment: (answered, classes) => objectScores(answered, classes, ['bbox', 'segm']),
  pose: (answered, classes, plan) =>
    objectScores(answered, classes, ['bbox', 'keypoints'], plan.sigmas),
};

export const scoreAnswers = (
  answered: readonly Answered[],
  classes: readonly ClassName[],
  plan: TaskPlan,
): Scores => (scorers[plan.task] as unknown as Scorer<never>)(answered, classes, plan as never);

const prefixes: Record<IouType, string> = { bbox: '', segm: 'mask_', keypoints: 'keypoint_' };

function objectScores(
  answered: readonly Answered[],
  classes: readonly ClassName[],
  iouTypes: readonly IouType[],
  keypointSigmas?: readonly number[],
): Scores {
  const truth = cocoTruth(
    answered.map(({ picture }) => picture),
    classes,
  );
  const results = answered.flatMap(({ picture, answer }) => cocoResults(answer, picture, classes));
  const values: Record<string, number> = {};
  const perClass: Record<string, number>[] = classes.map(() => ({}));
  for (const iouType of iouTypes) {
    const ofType = results.map((result) => comparedBy(iouType, result));
    const evaluation = evaluate(truth, ofType, {
      iouType,
      ...(iouType === 'keypoints' && { keypointSigmas }),
    });
    const prefix = prefixes[iouType];
    for (const [i, name] of evaluation.statNames.entries()) {
      if (['AP', 'AP50', 'AP75'].includes(name)) values[prefix + name] = evaluation.stats[i];
    }
    for (const { categoryId, ap, ap50 } of scoresPerCategory(evaluation, truth.categories)) {
      const index = classes.findIndex((one) => one.categoryId === categoryId);
      Object.assign(perClass[index], { [`${prefix}AP`]: ap, [`${prefix}AP50`]: ap50 });
    }
  }
  return { values, perClass };
}
