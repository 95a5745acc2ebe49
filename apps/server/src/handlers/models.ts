// Models: what there is, aliases, files, and what came from what.

import { buffer } from 'node:stream/consumers';
import {
  addModelVersion,
  type BlobStore,
  changeModel,
  changeModelVersion,
  checkModelName,
  datasetLineage,
  deleteModel,
  deleteModelVersion,
  findModelVersion,
  getModel,
  getModelVersion,
  getRun,
  listModels,
  modelLineage,
  type Run,
  removeModelAlias,
  type Store,
  setModelAlias,
  unnamedBlobs,
} from '@migaki/store';
import { primaryMetrics } from '@migaki/train/scores';
import type { Handlers } from '../http/handlers.ts';
import { modelFile } from '../runs/converted-model.ts';
import { model, modelDetail, modelVersion, run } from './run-answers.ts';
import { attach } from './sent-file.ts';

type ModelHandlers = Pick<
  Handlers,
  | 'listModels'
  | 'getModel'
  | 'findModelVersion'
  | 'changeModel'
  | 'deleteModel'
  | 'importModel'
  | 'getModelVersion'
  | 'changeModelVersion'
  | 'deleteModelVersion'
  | 'downloadModel'
  | 'setModelAlias'
  | 'removeModelAlias'
  | 'getModelLineage'
  | 'getDatasetLineage'
>;

export function modelHandlers(store: Store, blobs: BlobStore): ModelHandlers {
  const deleteUnnamed = async (hashes: readonly string[]) => {
    for (const sha256 of await unnamedBlobs(store, hashes)) await blobs.delete(sha256);
  };
  return {
    listModels: async ({ query: { q, task, from, limit } }) => {
      const page = await listModels(store, { text: q, task }, { from, limit });
      return { total: page.total, items: page.models.map(model) };
    },
    getModel: async ({ params }) => modelDetail(await getModel(store, params.modelId)),
    findModelVersion: async ({ query }) =>
      modelVersion(await findModelVersion(store, query.reference)),
    changeModel: async ({ params, body }) =>
      modelDetail(await changeModel(store, params.modelId, body)),
    deleteModel: async ({ params }) => {
      await deleteUnnamed(await deleteModel(store, params.modelId));
      return {};
    },

    importModel: async ({ query: { name, notes = '', runId = null } }, { raw, caller }) => {
      checkModelName(name);
      if (runId !== null) await getRun(store, runId);
      const { sha256, byteSize } = await blobs.put(raw.raw);
      try {
        // Loaded when it is needed: it brings the runtime with it.
        const { convertModel, readModelCard } = await import('@migaki/train');
        const bytes = await buffer(await blobs.open(sha256));
        const card = readModelCard(bytes, name);
        // From one in fewer bits the others cannot be made, which this says.
        if (card.precision !== 'float32') convertModel(bytes, 'float32', name);
        const { task } = card.task;
        const made = await addModelVersion(store, {
          name,
          task,
          card: { ...card },
          metrics: card.scores,
          primaryMetric: primaryMetrics[task],
          sha256,
          byteSize,
          source: 'import',
          runId,
          notes,
          author: caller.user,
        });
        return modelVersion(made);
      } catch (error) {
        await deleteUnnamed([sha256]);
        throw error;
      }
    },
    getModelVersion: async ({ params }) =>
      modelVersion(await getModelVersion(store, params.modelId, params.version)),
    changeModelVersion: async ({ params, body }) =>
      modelVersion(await changeModelVersion(store, params.modelId, params.version, body)),
    deleteModelVersion: async ({ params }) => {
      await deleteUnnamed([await deleteModelVersion(store, params.modelId, params.version)]);
      return {};
    },
    downloadModel: async ({ params, query: { precision } }, { reply }) => {
      const version = await getModelVersion(store, params.modelId, params.version);
      const { content, byteSize } = await modelFile(blobs, version, precision);
      const stem = `${version.name}-${version.version}`;
      const fileName = precision === 'float32' ? `${stem}.onnx` : `${stem}-${precision}.onnx`;
      attach(reply, { fileName, byteSize, mediaType: 'application/octet-stream' });
      return content;
    },
    setModelAlias: async ({ params: { modelId, alias }, body }) =>
      modelDetail(await setModelAlias(store, modelId, alias, body.version)),
    removeModelAlias: async ({ params: { modelId, alias } }) =>
      modelDetail(await removeModelAlias(store, modelId, alias)),

    getModelLineage: async ({ params }) => {
      const { ancestors, descendants } = await modelLineage(store, params.modelId, params.version);
      return {
        ancestors: ancestors.map(({ version, run: maker }) => {
          const { modelId, name, version: number, aliases, dataset, validation, init } = version;
          return {
            model: { modelId, name, version: number, aliases },
            run: maker && lineageRun(maker),
            dataset,
            validation,
            init,
          };
        }),
        descendants: descendants.map((one) => ({ run: lineageRun(one), models: one.models })),
      };
    },
    getDatasetLineage: async ({ params }) => ({
      versions: (await datasetLineage(store, params.datasetId)).map(({ runs, ...version }) => ({
        ...version,
        runs: runs.map(({ use, ...one }) => ({ ...lineageRun(one), use, models: one.models })),
      })),
    }),
  };
}

function lineageRun(stored: Run) {
  const { id, name, state, task } = run(stored);
  return { id, name, state, task };
}
