// Models: versions of ONNX files under a name, what they were made from, and the names that point at one of them.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, nothing, sha256, timestamp } from './common.ts';
import { modelReference, pinnedDataset, runInit, runState, trainTask } from './runs.ts';

export const modelPrecisions = ['float32', 'float16', 'int8'] as const;
export const modelPrecision = z.enum(modelPrecisions);
export type ModelPrecision = z.infer<typeof modelPrecision>;

const modelName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._+ -]{0,99}$/u,
    'up to 100 letters, digits, spaces and . _ + -, a letter or digit first',
  );
/** What points at a version: `champion`. */
export const modelAlias = z
  .string()
  .regex(
    /^(?!latest$)[a-z][a-z0-9_-]{0,49}$/,
    'up to 50 lower-case letters, digits, - and _, a letter first, and not “latest”',
  );

export const modelVersion = modelReference.extend({
  task: trainTask,
  /** Of the built-in networks: `tiny`, `small`, `medium`. */
  size: z.string().nullable(),
  classes: z.array(z.object({ categoryId: id, name: z.string(), keypoints: z.array(z.string()) })),
  /** What pictures are fitted into, pixels. */
  inputWidth: z.number().int(),
  inputHeight: z.number().int(),
  /** On the pictures kept for validation. */
  metrics: z.record(z.string(), z.number()),
  primaryMetric: z.string().nullable(),
  /** What it is like in each precision, where that was measured. */
  precisions: z.partialRecord(
    modelPrecision,
    z.object({
      byteSize: z.number().int(),
      millisecondsPerPicture: z.number(),
      metrics: z.record(z.string(), z.number()),
    }),
  ),
  sha256,
  byteSize: z.number().int(),
  /** Null for a file that was made elsewhere, and once its run is deleted. */
  run: z.object({ id, name: z.string() }).nullable(),
  source: z.enum(['run', 'import']),
  dataset: pinnedDataset.nullable(),
  notes: z.string(),
  author: z.string(),
  createdAt: timestamp,
});
export type ModelVersion = z.infer<typeof modelVersion>;

export const model = z.object({
  id,
  name: z.string(),
  notes: z.string(),
  versionCount: z.number().int(),
  /** Null once all are deleted. */
  latest: modelVersion.nullable(),
  aliases: z.array(z.object({ alias: z.string(), version: z.number().int() })),
  createdAt: timestamp,
});
export type Model = z.infer<typeof model>;

export const modelDetail = model.extend({
  /** The last one first. */
  versions: z.array(modelVersion),
});
export type ModelDetail = z.infer<typeof modelDetail>;

const lineageRun = z.object({ id, name: z.string(), state: runState, task: trainTask.nullable() });
/** A model and what it was made from. */
const made = z.object({
  model: modelReference,
  run: lineageRun.nullable(),
  dataset: pinnedDataset.nullable(),
  validation: pinnedDataset.nullable(),
  init: runInit.nullable(),
});

const modelParams = z.object({ modelId: id });
const versionParams = modelParams.extend({ version: z.coerce.number().int().min(1) });
const aliasParams = modelParams.extend({ alias: modelAlias });
const notes = z.string().max(100_000);

export const modelRoutes = {
  listModels: route({
    method: 'GET',
    path: '/api/models',
    summary: 'A window of the models, the last changed first',
    permission: 'read',
    query: z.object({
      q: z.string().max(200).default(''),
      task: trainTask.optional(),
      from: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ total: z.number().int(), items: z.array(model) }),
  }),
  getModel: route({
    method: 'GET',
    path: '/api/models/:modelId',
    summary: 'One model with all its versions',
    permission: 'read',
    params: modelParams,
    response: modelDetail,
  }),
  findModelVersion: route({
    method: 'GET',
    path: '/api/model-versions',
    summary: 'The version that a reference means: name, name@3, name@champion, name@latest',
    permission: 'read',
    query: z.object({ reference: z.string().min(1).max(200) }),
    response: modelVersion,
  }),
  changeModel: route({
    method: 'PATCH',
    path: '/api/models/:modelId',
    summary: 'Rename a model, or write notes',
    permission: 'manage',
    params: modelParams,
    body: z.object({ name: modelName.optional(), notes: notes.optional() }),
    response: modelDetail,
  }),
  deleteModel: route({
    method: 'DELETE',
    path: '/api/models/:modelId',
    summary: 'Delete a model at which no alias points, with all its versions',
    permission: 'manage',
    params: modelParams,
    response: nothing,
  }),
  importModel: route({
    method: 'POST',
    path: '/api/models',
    summary: 'Add an ONNX file of our format as the next version of a model; the body is the file',
    permission: 'manage',
    query: z.object({
      name: modelName,
      notes: notes.optional(),
      /** The run that made it, if that is here. */
      runId: id.optional(),
    }),
    upload: 'application/octet-stream',
    response: modelVersion,
  }),
  getModelVersion: route({
    method: 'GET',
    path: '/api/models/:modelId/versions/:version',
    summary: 'One version of a model',
    permission: 'read',
    params: versionParams,
    response: modelVersion,
  }),
  changeModelVersion: route({
    method: 'PATCH',
    path: '/api/models/:modelId/versions/:version',
    summary: 'Write notes on a version of a model',
    permission: 'manage',
    params: versionParams,
    body: z.object({ notes }),
    response: modelVersion,
  }),
  deleteModelVersion: route({
    method: 'DELETE',
    path: '/api/models/:modelId/versions/:version',
    summary: 'Delete a version at which no alias points; its number is not given again',
    permission: 'manage',
    params: versionParams,
    response: nothing,
  }),
  downloadModel: route({
    method: 'GET',
    path: '/api/models/:modelId/versions/:version/file',
    summary: 'The ONNX file of a version, in one of three precisions',
    permission: 'read',
    params: versionParams,
    query: z.object({ precision: modelPrecision.default('float32') }),
    response: { stream: 'application/octet-stream' },
  }),
  setModelAlias: route({
    method: 'PUT',
    path: '/api/models/:modelId/aliases/:alias',
    summary: 'Point an alias at a version; one that points elsewhere moves',
    permission: 'manage',
    params: aliasParams,
    body: z.object({ version: z.number().int().min(1) }),
    response: modelDetail,
  }),
  removeModelAlias: route({
    method: 'DELETE',
    path: '/api/models/:modelId/aliases/:alias',
    summary: 'Take an alias away',
    permission: 'manage',
    params: aliasParams,
    response: modelDetail,
  }),
  getModelLineage: route({
    method: 'GET',
    path: '/api/models/:modelId/versions/:version/lineage',
    summary: 'What a version was made from, back to the first, and what was made from it',
    permission: 'read',
    params: versionParams,
    response: z.object({
      /** The version itself, then what it began from, and so on. */
      ancestors: z.array(made),
      /** Runs that began from it, and what came of them. */
      descendants: z.array(z.object({ run: lineageRun, models: z.array(modelReference) })),
    }),
  }),
  getDatasetLineage: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/lineage',
    summary: 'What was made from the versions of a dataset, the last one first',
    permission: 'read',
    params: datasetParams,
    response: z.object({
      versions: z.array(
        z.object({
          version: z.string(),
          revision: z.number().int(),
          runs: z.array(
            lineageRun.extend({
              use: z.enum(['training', 'validation']),
              models: z.array(modelReference),
            }),
          ),
        }),
      ),
    }),
  }),
};
