// Evaluations: how good a model is on a version of a dataset, together, by picture and by object.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, nothing, queryText, sha256, timestamp } from './common.ts';
import { job } from './jobs.ts';
import { modelAlias } from './models.ts';
import { modelReference, pinnedDataset, trainTask } from './runs.ts';

const score = z.number().min(0).max(1);

/** What can become of an object or of a picture's class. */
export const outcomes = [
  'matched',
  'wrong class',
  'missed',
  'badly placed',
  'duplicate',
  'background',
  'estimated',
] as const;
export const outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof outcome>;

/** Whose labels a model was measured on. */
const measuredAgainst = z
  .object({
    labelCount: z.number().int(),
    /** Of these, proposals that were accepted as they were, by `cells@1` or another source; the most first. */
    accepted: z.array(z.object({ model: z.string(), count: z.number().int() })),
  })
  .nullable();
export type MeasuredAgainst = z.infer<typeof measuredAgainst>;

/**
 * A model finds its own boxes again, which others miss by a little. A share s of them is worth up to s × (1 − score) to it: with 5 %
 * and an AP of 0.6 that is 0.02, more than by what two trainings of the same differ.
 */
export const leastFavouringShare = 0.05;

/** Models that a comparison favours, by the share of the labels that are theirs; the most first. */
export const favouredBy = (against: MeasuredAgainst): { model: string; share: number }[] =>
  (against?.accepted ?? [])
    .map(({ model, count }) => ({ model, share: count / against!.labelCount }))
    .filter(({ share }) => share >= leastFavouringShare);

export const evaluationSummary = z.object({
  id,
  task: trainTask,
  /** `cells@3`; of a model that may be gone by now. */
  modelName: z.string(),
  model: modelReference.nullable(),
  dataset: pinnedDataset,
  /** Whether pictures that the model learned from were among them, as far as that is known. */
  isTrainedOn: z.boolean(),
  metrics: z.record(z.string(), z.number()),
  primaryMetric: z.string(),
  imageCount: z.number().int(),
  /** Null where it was measured before that was kept, or is no matter of labels. */
  measuredAgainst,
  createdBy: z.string(),
  createdAt: timestamp,
});
export type EvaluationSummary = z.infer<typeof evaluationSummary>;

export const evaluation = evaluationSummary.extend({
  /** In the order of the confusion matrix, the curves and `perClass`. */
  classes: z.array(z.object({ categoryId: id, name: z.string() })),
  perClass: z.array(z.record(z.string(), z.number())),
  /** From which score on what was found counts; null where none is used. */
  scoreThreshold: z.number().nullable(),
  /** Rows are true classes, columns predicted ones; the last of each is what is none. */
  confusion: z.array(z.array(z.number().int())),
  /** Of objects: how precision falls as recall rises, at an IoU of 0.5, and from which score on that is. */
  curves: z.array(
    z.array(z.object({ recall: z.number(), precision: z.number(), score: z.number() })),
  ),
  /** Of classes of pictures: whether certainty can be believed, by tenths. */
  calibration: z.array(
    z.object({ certainty: z.number(), accuracy: z.number(), count: z.number().int() }),
  ),
  leftOut: z.object({
    /** Pictures that the model learned from. */
    learnedCount: z.number().int(),
    /** Pictures of which nobody has said what is in them. */
    undecidedCount: z.number().int(),
    /** Pictures that are missing or cannot be read. */
    problemCount: z.number().int(),
    /** Classes of the model that are no category of the dataset. */
    classes: z.array(z.string()),
    /** Categories with objects that the model does not know. */
    categories: z.array(z.string()),
  }),
  outcomes: z.partialRecord(outcome, z.number().int()),
});
export type Evaluation = z.infer<typeof evaluation>;

/** The picture as it is now; null once it is deleted. */
const judgedPicture = z
  .object({
    fileName: z.string(),
    sha256: sha256.nullable(),
    width: z.number(),
    height: z.number(),
  })
  .nullable();

/** Left, top, right, bottom; pixels of the picture. */
const corners = z.array(z.number()).length(4).nullable();

export const judgement = z.object({
  position: z.number().int(),
  imageId: id,
  image: judgedPicture,
  outcome,
  /** The true object that it is about. */
  annotationId: id.nullable(),
  /** Null for what is no object. */
  trueCategoryId: id.nullable(),
  predictedCategoryId: id.nullable(),
  score: z.number().nullable(),
  /** IoU, or for keypoints OKS, with the true object; 0 where there is none. */
  iou: z.number(),
  trueBox: corners,
  predictedBox: corners,
  /** Of a regression. */
  trueValue: z.number().nullable(),
  predictedValue: z.number().nullable(),
  /** From 0, right, to 1, quite wrong. */
  wrongness: z.number(),
});
export type Judgement = z.infer<typeof judgement>;

/** A model that was made from a dataset: what it learned from, the work that went into that, how good it became. */
export const round = z.object({
  model: modelReference,
  /** The model, or this version of it, is no more. */
  isDeleted: z.boolean(),
  task: trainTask,
  runId: id.nullable(),
  madeAt: timestamp,
  version: z.string(),
  revision: z.number().int(),
  /** That it learned from; where its run is gone, all that the version had. */
  imageCount: z.number().int().nullable(),
  /** That the version had; null where that is gone. */
  annotationCount: z.number().int().nullable(),
  /** How long people had worked on the dataset by then; null where nobody has told of any. */
  workMillis: z.number().int().nullable(),
  trainingSeconds: z.number().nullable(),
  metric: z.string().nullable(),
  /** By the last evaluation on this dataset, else by the validation of its run. */
  score: z.number().nullable(),
  evaluationId: id.nullable(),
  /** The version of the evaluation: only what was measured on one version can be compared. */
  measuredOn: z.string().nullable(),
  /** By that evaluation; see `favouredBy`. */
  measuredAgainst,
});
export type Round = z.infer<typeof round>;

const evaluationParams = z.object({ evaluationId: id });
const page = {
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(60),
};
/** A category, or `none` for what is no object. */
const categoryOrNone = z.union([z.literal('none'), id]).optional();

export const evaluationRoutes = {
  startEvaluation: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/evaluations',
    summary:
      'Measure a model on a version of the dataset; pictures that it learned from are left out. The result of the job has `evaluationId`',
    permission: 'manage',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. */
      model: z.string().min(1),
      /** Where left out, the dataset as it is now, which becomes a version. */
      version: z.string().optional(),
      /** Which pictures, of the dataset as it is now. */
      query: queryText.default(''),
      /** Also pictures that the model learned from. */
      withLearned: z.boolean().default(false),
      /** From which score on what was found counts; where left out, the one with the greatest F1. */
      scoreThreshold: score.optional(),
      /** Which category of the dataset a class of the model is, where they are not called alike. */
      map: z.record(z.string(), z.string()).default({}),
      /** The field of images that a regression is compared with, where the model's run does not say. */
      valueField: z.string().min(1).max(200).optional(),
    }),
    response: z.object({ job }),
  }),

  startRetraining: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/retrainings',
    summary:
      'Train a model anew on the dataset as it is now, measure it beside the one before on the same pictures, and move the alias if it is better',
    permission: 'manage',
    params: datasetParams,
    body: z.object({
      /** Its name, without a version. */
      model: z.string().min(1),
      alias: modelAlias.default('champion'),
      /** Instead of the time that the last one had. */
      minutes: z.number().min(0.1).max(100_000).optional(),
    }),
    response: z.object({ job }),
  }),

  listRounds: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/rounds',
    summary:
      'Every model that was made from the dataset: labels, work and quality, the first one first',
    permission: 'read',
    params: datasetParams,
    response: z.object({ rounds: z.array(round) }),
  }),

  listEvaluations: route({
    method: 'GET',
    path: '/api/evaluations',
    summary: 'Evaluations of a dataset, of a model or of all, the last one first',
    permission: 'read',
    query: z.object({ datasetId: id.optional(), modelId: id.optional(), ...page }),
    response: z.object({ total: z.number().int(), items: z.array(evaluationSummary) }),
  }),

  getEvaluation: route({
    method: 'GET',
    path: '/api/evaluations/:evaluationId',
    summary: 'An evaluation: metrics, confusion matrix, curves',
    permission: 'read',
    params: evaluationParams,
    response: evaluation,
  }),

  deleteEvaluation: route({
    method: 'DELETE',
    path: '/api/evaluations/:evaluationId',
    summary: 'Forget an evaluation',
    permission: 'manage',
    params: evaluationParams,
    response: nothing,
  }),

  listJudgements: route({
    method: 'GET',
    path: '/api/evaluations/:evaluationId/judgements',
    summary: 'What became of each object, found or true, the most wrong first',
    permission: 'read',
    params: evaluationParams,
    query: z.object({
      /** Several with commas between them. */
      outcome: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(outcome))
        .optional(),
      trueCategory: categoryOrNone,
      predictedCategory: categoryOrNone,
      leastScore: z.coerce.number().optional(),
      imageId: id.optional(),
      ...page,
    }),
    response: z.object({ total: z.number().int(), items: z.array(judgement) }),
  }),

  compareEvaluations: route({
    method: 'GET',
    path: '/api/evaluations/:evaluationId/differences',
    summary: 'Pictures on which one model is better than another, the greatest difference first',
    permission: 'read',
    params: evaluationParams,
    query: z.object({ other: id, ...page }),
    response: z.object({
      /** Pictures that both were measured on: this one better, the other better, neither. */
      better: z.number().int(),
      worse: z.number().int(),
      equal: z.number().int(),
      items: z.array(
        z.object({
          imageId: id,
          image: judgedPicture,
          mistakeCount: z.number().int(),
          otherMistakeCount: z.number().int(),
          wrongness: z.number(),
          otherWrongness: z.number(),
        }),
      ),
    }),
  }),
};
