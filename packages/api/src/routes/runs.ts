// Runs: what was trained on what, how it goes and what came of it; and runs of other programs, which tell of themselves.

import { z } from 'zod';
import { faultParts } from '../api-error.ts';
import { route } from '../route.ts';
import { id, nothing, queryText, sha256, timestamp, words } from './common.ts';
import { geometry } from './images.ts';

export const trainTasks = ['classify', 'regress', 'embed', 'detect', 'segment', 'pose'] as const;
export const trainTask = z.enum(trainTasks);
export type TrainTask = z.infer<typeof trainTask>;

const whole = (least: number, greatest: number) => z.number().int().min(least).max(greatest);

/** What a person may say of a run. Everything has a default that fits the data and the machine. */
export const trainSettings = z.object({
  size: z.enum(['tiny', 'small', 'medium']),
  /** How long the run may take, all included. One of `minutes` and `epochs`. */
  minutes: z.number().min(0.1).max(100_000),
  epochs: whole(1, 100_000),
  seed: whole(0, 2 ** 31),
  /** How many of the pictures validate, where no others were given for that. */
  split: z.number().min(0).max(0.9),
  /** Pictures of one step. */
  batch: whole(1, 1024),
  /** The greatest learning rate. */
  learningRate: z.number().min(1e-8).max(10),
  weightDecay: z.number().min(0).max(1),
  /** The longer side of what the network sees, pixels. */
  inputSide: whole(32, 2048),
  /** What may be turned over without becoming wrong. */
  flip: z.enum(['none', 'horizontal', 'both']),
  /** How often four pictures share an input. */
  mosaic: z.number().min(0).max(1),
  /** Whether rare classes come more often. */
  balance: z.boolean(),
  /** Stops after this many validations in a row that were no better; 0 never does. */
  patience: whole(0, 100_000),
  /** Whether a picture may have several classes. */
  multiLabel: z.boolean(),
  /** The field of images that a regression learns, such as `metadata.score`. */
  valueField: z.string().min(1).max(200),
  /** How many stages of the file to begin from stay as they are; all where left out. */
  freeze: whole(0, 100),
  /** How the pictures of the file to begin from are normalised. */
  normalisation: z.enum(['imagenet', 'unit', 'signed', 'none']),
  threads: whole(1, 256),
  loaders: whole(1, 64),
});
export type TrainSettingsBody = Partial<z.infer<typeof trainSettings>>;

export const runStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const runState = z.enum(runStates);
export type RunState = z.infer<typeof runState>;

/** A dataset as it was: what was named can change or go, this stays. */
export const pinnedDataset = z.object({
  /** Null once the dataset is deleted for good. */
  datasetId: id.nullable(),
  name: z.string(),
  version: z.string(),
  revision: z.number().int(),
  /** Only of the images that matched this when the run was begun; absent for all. */
  query: z.string().optional(),
});
export type PinnedDataset = z.infer<typeof pinnedDataset>;

/** A version of a model, as others name it. */
export const modelReference = z.object({
  modelId: id,
  name: z.string(),
  version: z.number().int(),
  aliases: z.array(z.string()),
});
export type ModelReference = z.infer<typeof modelReference>;

/** What a run began from: a model of ours, a file of the hub or one that was given. */
export const runInit = z.object({
  kind: z.enum(['model', 'hub', 'file']),
  /** `cells@3`, the hub's name, or the file's. */
  name: z.string(),
  /** Null for the others, and once that version is deleted. */
  model: modelReference.nullable(),
});

export const run = z.object({
  id,
  name: z.string(),
  /** `external` is one that another program tells of. */
  kind: z.enum(['training', 'external']),
  task: trainTask.nullable(),
  state: runState,
  /** From 0 to 1. */
  progress: z.number(),
  /** What it is doing just now; empty where it does not say. */
  message: words,
  step: z.number().int().nullable(),
  epoch: z.number().nullable(),
  /** Of training, pauses between its parts not counted. */
  elapsedSeconds: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** What was asked; of other programs whatever they say. */
  settings: z.record(z.string(), z.unknown()),
  /** What was settled where nothing was asked: `batch`, `inputWidth`, `parameterCount`, `trainingImages`, … */
  settled: z.record(z.string(), z.unknown()),
  /** Of the best state so far; of other programs the last of each. */
  metrics: z.record(z.string(), z.number()),
  /** The one that says which of two runs of the task is better. */
  primaryMetric: z.string().nullable(),
  dataset: pinnedDataset.nullable(),
  /** Where it was not a part of the dataset. */
  validation: pinnedDataset.nullable(),
  init: runInit.nullable(),
  /** The name under which its model is kept. */
  modelName: z.string().nullable(),
  /** What came of it; a run that was resumed may have made several. */
  models: z.array(modelReference),
  /** Its job, for its log; null for others than trainings, and once that is forgotten. */
  jobId: z.uuid().nullable(),
  error: z.object({ code: z.string(), message: z.string(), ...faultParts }).nullable(),
  notes: z.string(),
  createdBy: z.string(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type Run = z.infer<typeof run>;

export const runFile = z.object({
  /** With `/` between folders. */
  path: z.string(),
  sha256,
  byteSize: z.number().int(),
  mediaType: z.string(),
  createdAt: timestamp,
});
export type RunFile = z.infer<typeof runFile>;

export const runDetail = run.extend({
  files: z.array(runFile),
  /** Scores of each class at the best state, for tasks that have classes. */
  perClass: z.array(
    z.object({ class: z.string(), metrics: z.record(z.string(), z.number().nullable()) }),
  ),
  /** Names of everything that has a curve. */
  curves: z.array(z.string()),
  /** The last value of each of them. */
  latest: z.record(z.string(), z.number()),
});
export type RunDetail = z.infer<typeof runDetail>;

/** A number by name, and whether more of it is better; null where nobody can tell. */
export const metricColumn = z.object({ name: z.string(), isMoreBetter: z.boolean().nullable() });

export const curvePoint = z.object({
  step: z.number().int(),
  epoch: z.number().nullable(),
  /** Since the run began, pauses not counted. */
  seconds: z.number(),
  /** Mean of what the point stands for. */
  value: z.number(),
  /** The least and the greatest of it. */
  least: z.number(),
  greatest: z.number(),
});
export const curve = z.object({ runId: id, name: z.string(), points: z.array(curvePoint) });
export type Curve = z.infer<typeof curve>;

/** What a model says of a picture, or what is true of it. */
export const sampleObject = geometry.extend({
  categoryId: id.nullable(),
  categoryName: z.string(),
  /** Null for what is true. */
  score: z.number().nullable(),
});
export type SampleObject = z.infer<typeof sampleObject>;
/** Of classifications `objects` without a place, of regressions a number. */
const sampleSide = z.object({ objects: z.array(sampleObject), value: z.number().nullable() });
/** A picture of the validation that an embedding takes for alike. */
export const sampleNeighbour = z.object({
  imageId: id,
  fileName: z.string(),
  /** Null where the picture is not there any more. */
  sha256: sha256.nullable(),
  /** What it shows; empty where nobody says. */
  categoryName: z.string(),
  /** From −1 to 1. */
  cosine: z.number(),
  /** Whether it shows the same as the sample. */
  isSame: z.boolean(),
});
export type SampleNeighbour = z.infer<typeof sampleNeighbour>;
export const sample = z.object({
  datasetId: id.nullable(),
  imageId: id,
  fileName: z.string(),
  /** Null where the picture is not there any more. */
  sha256: sha256.nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  predicted: sampleSide,
  /** As the version has it that the run learned from. */
  truth: sampleSide,
  /** Of embeddings the most alike, the nearest first; of other tasks none. */
  neighbours: z.array(sampleNeighbour),
});
export type Sample = z.infer<typeof sample>;

/**
 * `createdAt`, `name`, `score` (each run's primary metric), `metric:AP`, `setting:batch`, …; with `-` before it, the greatest
 * first.
 */
export const runSort = z
  .string()
  .regex(
    /^-?(createdAt|name|state|task|score|dataset|seconds|metric:.{1,200}|setting:.{1,200})$/,
    'createdAt, name, state, task, score, dataset, seconds, metric:NAME or setting:NAME, with - for the greatest first',
  );
/** `1,2,3`; at most 50. */
const runIds = z
  .string()
  .regex(/^\d{1,16}(,\d{1,16}){0,49}$/, 'up to 50 ids with commas between them')
  .transform((text) => [...new Set(text.split(',').map(Number))]);
/** Letters, digits and signs, as `loss/box` or `TAR@FAR=0.01`. */
const metricName = z.string().trim().min(1).max(200);
const runName = z.string().trim().min(1).max(200);
const runParams = z.object({ runId: id });
const pin = { datasetId: id, version: z.string().min(1).optional() };
const filePath = z
  .string()
  .regex(
    /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\\][^\\]{0,498}$/,
    'a path inside of the run, with / between folders',
  );

export const runRoutes = {
  startRun: route({
    method: 'POST',
    path: '/api/runs',
    summary: 'Train on a version of a dataset; without one, the present revision becomes a version',
    permission: 'manage',
    body: z.object({
      ...pin,
      /** Only on the images that match now; not together with a version. Which they are stays with the run. */
      query: queryText.default(''),
      task: trainTask,
      settings: trainSettings.partial().default({}),
      /** Pictures to validate with; otherwise a part of the dataset is kept for that. */
      validation: z.object(pin).optional(),
      /** What to begin from; otherwise from scratch. */
      init: z
        .union([
          /** `cells`, `cells@3`, `cells@champion`. */
          z.object({ model: z.string().min(1) }),
          /** `owner/repository`, `owner/repository@revision/path/in/it.onnx`. */
          z.object({ hub: z.string().min(1) }),
          /** An upload of one ONNX file, with its weights beside it where they are. */
          z.object({ uploadId: z.uuid() }),
          /** On the server's disk, inside the folders that it is allowed to read. */
          z.object({ path: z.string().min(1) }),
        ])
        .optional(),
      name: runName.optional(),
      /** Its model becomes the next version of this one; by default the dataset's name and the task. */
      modelName: z.string().trim().min(1).max(100).optional(),
      notes: z.string().max(100_000).default(''),
    }),
    response: run,
  }),
  listRuns: route({
    method: 'GET',
    path: '/api/runs',
    summary: 'A window of the runs, in the order of any metric or setting',
    permission: 'read',
    query: z.object({
      /** In names, notes, datasets and models. */
      q: z.string().max(200).default(''),
      state: runState.optional(),
      task: trainTask.optional(),
      kind: z.enum(['training', 'external']).optional(),
      datasetId: id.optional(),
      modelId: id.optional(),
      sort: runSort.default('-createdAt'),
      from: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({
      total: z.number().int(),
      items: z.array(run),
      /** What any of the runs that match has, for columns. */
      metrics: z.array(metricColumn),
      settings: z.array(z.string()),
    }),
  }),
  getRun: route({
    method: 'GET',
    path: '/api/runs/:runId',
    summary: 'One run with its files',
    permission: 'read',
    params: runParams,
    response: runDetail,
  }),
  changeRun: route({
    method: 'PATCH',
    path: '/api/runs/:runId',
    summary: 'Rename a run, or write notes',
    permission: 'manage',
    params: runParams,
    body: z.object({ name: runName.optional(), notes: z.string().max(100_000).optional() }),
    response: runDetail,
  }),
  deleteRun: route({
    method: 'DELETE',
    path: '/api/runs/:runId',
    summary: 'Delete a run that has ended, with its curves and files; its models stay',
    permission: 'manage',
    params: runParams,
    response: nothing,
  }),
  cancelRun: route({
    method: 'POST',
    path: '/api/runs/:runId/cancel',
    summary: 'End a run early; what it has learned becomes a model all the same',
    permission: 'manage',
    params: runParams,
    response: runDetail,
  }),
  resumeRun: route({
    method: 'POST',
    path: '/api/runs/:runId/resume',
    summary: 'Go on with a run that failed or was cancelled, from its last checkpoint',
    permission: 'manage',
    params: runParams,
    response: runDetail,
  }),
  getCurves: route({
    method: 'GET',
    path: '/api/curves',
    summary: 'Curves of one or more runs, with so many points each at most',
    permission: 'read',
    query: z.object({
      runs: runIds,
      /** `loss,AP`; everything that has a curve where left out. */
      names: z
        .string()
        .max(10_000)
        .transform((text) => text.split(','))
        .optional(),
      points: z.coerce.number().int().min(2).max(5_000).default(400),
    }),
    response: z.object({ curves: z.array(curve) }),
  }),
  compareRuns: route({
    method: 'GET',
    path: '/api/run-comparison',
    summary: 'Runs side by side: where their settings differ, and which is better in what',
    permission: 'read',
    query: z.object({ runs: runIds }),
    response: z.object({
      /** In the order in which they were named; those that are gone are left out. */
      runs: z.array(run),
      /** A value for each run, null where it has none. */
      settings: z.array(
        z.object({ name: z.string(), values: z.array(z.unknown()), isSame: z.boolean() }),
      ),
      metrics: z.array(
        metricColumn.extend({
          values: z.array(z.number().nullable()),
          /** Positions of the best; none where nobody can tell. */
          best: z.array(z.number().int()),
        }),
      ),
    }),
  }),
  listSamples: route({
    method: 'GET',
    path: '/api/runs/:runId/samples',
    summary: 'What the model said of some pictures at a validation, and what is true of them',
    permission: 'read',
    params: runParams,
    query: z.object({
      /** Of a validation that has some; the last one where left out. */
      step: z.coerce.number().int().min(0).optional(),
    }),
    response: z.object({
      /** The validations that there are, the first one first. */
      validations: z.array(z.object({ step: z.number().int(), epoch: z.number().nullable() })),
      step: z.number().int().nullable(),
      items: z.array(sample),
    }),
  }),

  createRun: route({
    method: 'POST',
    path: '/api/external-runs',
    summary: 'Begin a run of another program, which then logs its metrics and files',
    permission: 'manage',
    body: z.object({
      name: runName,
      task: trainTask.optional(),
      settings: z.record(z.string().max(200), z.unknown()).default({}),
      /** What it learns from, if that is a dataset here. */
      dataset: z.object(pin).optional(),
      notes: z.string().max(100_000).default(''),
      /** The same key again answers the same run. */
      key: z.uuid().optional(),
    }),
    response: runDetail,
  }),
  logMetrics: route({
    method: 'POST',
    path: '/api/runs/:runId/points',
    summary:
      'Log points of curves of a run of another program; the same name and step again replaces the value',
    permission: 'manage',
    params: runParams,
    body: z.object({
      points: z
        .array(
          z.object({
            name: metricName,
            step: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
            value: z.number(),
            epoch: z.number().min(0).optional(),
            /** Now where left out. */
            at: timestamp.optional(),
          }),
        )
        .min(1)
        .max(10_000),
    }),
    response: z.object({ pointCount: z.number().int() }),
  }),
  finishRun: route({
    method: 'POST',
    path: '/api/runs/:runId/finish',
    summary: 'End a run of another program',
    permission: 'manage',
    params: runParams,
    body: z.object({
      state: z.enum(['succeeded', 'failed', 'cancelled']).default('succeeded'),
      /** Why it failed. */
      message: z.string().max(10_000).optional(),
    }),
    response: runDetail,
  }),
  putRunFile: route({
    method: 'PUT',
    path: '/api/runs/:runId/files',
    summary: 'Keep a file with a run, in the place of one of the same path; the body is the file',
    permission: 'manage',
    params: runParams,
    query: z.object({ path: filePath }),
    upload: 'application/octet-stream',
    response: runFile,
  }),
  getRunFile: route({
    method: 'GET',
    path: '/api/runs/:runId/files',
    summary: 'A file of a run',
    permission: 'read',
    params: runParams,
    query: z.object({ path: filePath }),
    response: { stream: 'application/octet-stream' },
  }),
};
