// What a pre-annotation is asked for, settled before it is queued: the version of the model, and which class is which category.

import { phrase } from '@migaki/coco';
import { countImages, getDataset, type Jobs, type Store } from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { PreannotateParams } from '../jobs/preannotate/preannotate-job.ts';
import type { ProposeResultsParams } from '../jobs/propose-results/propose-results-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { noSuchUpload, type Uploads } from '../uploads/uploads.ts';
import { job } from './answers.ts';
import { modelForDataset } from './model-for-dataset.ts';
import { precisionScores } from './precision-scores.ts';
import { proposedClasses } from './proposed-classes.ts';

export interface PreannotationServices {
  store: Store;
  jobs: Jobs;
  uploads: Uploads;
  /** Folders of the server's disk from which may be read. */
  allowedFolders: readonly string[];
}

export function preannotationHandlers({
  store,
  jobs,
  uploads,
  allowedFolders,
}: PreannotationServices): Pick<
  Handlers,
  'startPreannotation' | 'getPrecisionScores' | 'startResultsPreannotation'
> {
  return {
    startPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { model, matches } = await modelForDataset(store, datasetId, body.model, body.map);
      const { query, onlyUnlabelled, precision, controls, mistakes } = body;
      const scores =
        precision === undefined
          ? undefined
          : await precisionScores(store, datasetId, { model: nameOfModel(model), precision });
      // A query that cannot be understood is told now.
      await countImages(store, datasetId, { query });
      const asked: PreannotateParams = {
        datasetId,
        model,
        query,
        onlyUnlabelled,
        classes: proposedClasses(matches, body, scores),
        controls,
        mistakes,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'preannotate',
        params: asked,
        title: phrase`Let ${nameOfModel(model)} propose for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)), precisionScores: scores };
    },

    getPrecisionScores: ({ params: { datasetId }, query }) =>
      precisionScores(store, datasetId, query),

    startResultsPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { from, ...asked } = body;
      await countImages(store, datasetId, { query: asked.query });
      if ('uploadId' in from && !(await uploads.has(from.uploadId))) {
        throw noSuchUpload(from.uploadId);
      }
      const folders = foldersFor(caller, allowedFolders);
      const params: ProposeResultsParams = {
        ...asked,
        datasetId,
        from: 'uploadId' in from ? from : await allowedPaths(from, folders),
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'propose-results',
        params,
        title: phrase`Take results of ${asked.source} as proposals for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
  };
}

async function allowedPaths(
  { path, labelsPath }: { path: string; labelsPath?: string },
  folders: readonly string[],
): Promise<{ path: string; labelsPath?: string }> {
  return {
    path: await allowedPath(path, folders),
    ...(labelsPath !== undefined && { labelsPath: await allowedPath(labelsPath, folders) }),
  };
}
