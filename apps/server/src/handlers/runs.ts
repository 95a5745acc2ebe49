// Runs: started, listed, compared, looked at, and told of from outside.

import { rm } from 'node:fs/promises';
import { phrase } from '@migaki/coco';
import {
  beginExternalRun,
  changeRun,
  deleteRun,
  finishExternalRun,
  getRun,
  getRunFile,
  getRuns,
  listRunFiles,
  listRuns,
  logRunPoints,
  pinVersion,
  putRunFile,
  resumeTrainingRun,
  runCurves,
  StoreError,
  unnamedBlobs,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { compareRuns } from '../runs/compare-runs.ts';
import { metricColumn } from '../runs/metric-column.ts';
import { runFolderOf } from '../runs/run-folder.ts';
import { samplesOf } from '../runs/samples.ts';
import { type StartServices, startRun } from '../runs/start-run.ts';
import { run, runDetail, runFile } from './run-answers.ts';
import { attach, mediaTypeOf } from './sent-file.ts';

type RunHandlers = Pick<
  Handlers,
  | 'startRun'
  | 'listRuns'
  | 'getRun'
  | 'changeRun'
  | 'deleteRun'
  | 'cancelRun'
  | 'resumeRun'
  | 'getCurves'
  | 'compareRuns'
  | 'listSamples'
  | 'createRun'
  | 'logMetrics'
  | 'finishRun'
  | 'putRunFile'
  | 'getRunFile'
>;

export function runHandlers(services: StartServices): RunHandlers {
  const { store, blobs, jobs, folders } = services;
  return {
    startRun: async ({ body }, { caller }) => run(await startRun(services, body, caller)),

    listRuns: async ({ query: { q, sort, from, limit, ...filter } }) => {
      const page = await listRuns(store, { ...filter, text: q }, { sort, from, limit });
      return {
        total: page.total,
        items: page.runs.map(run),
        metrics: page.metrics.map(metricColumn),
        settings: page.settings,
      };
    },
    getRun: async ({ params }) => runDetail(store, await getRun(store, params.runId)),
    changeRun: async ({ params, body }) =>
      runDetail(store, await changeRun(store, params.runId, body)),
    deleteRun: async ({ params: { runId } }) => {
      const gone = await getRun(store, runId);
      const files = await listRunFiles(store, runId);
      await deleteRun(store, runId);
      await rm(runFolderOf(folders, gone), { recursive: true, force: true });
      const hashes = files.map(({ sha256 }) => sha256);
      for (const sha256 of await unnamedBlobs(store, hashes)) await blobs.delete(sha256);
      return {};
    },
    cancelRun: async ({ params: { runId } }) => {
      const going = await getRun(store, runId);
      const isGoing = going.state === 'queued' || going.state === 'running';
      if (going.jobId === null || !isGoing) {
        throw new StoreError('run-state', {
          where: going.name,
          expected: phrase`a training that is queued or running`,
          found:
            going.kind === 'external'
              ? phrase`a run of another program`
              : phrase`one that has ended`,
        });
      }
      await jobs.cancel(going.jobId);
      return runDetail(store, await getRun(store, runId));
    },
    resumeRun: async ({ params }, { caller }) =>
      runDetail(store, await resumeTrainingRun(store, jobs, params.runId, caller.user)),

    getCurves: async ({ query: { runs, names, points } }) => ({
      curves: await runCurves(store, runs, { names, points }),
    }),
    compareRuns: async ({ query }) => {
      const runs = await getRuns(store, query.runs);
      return { runs: runs.map(run), ...compareRuns(runs) };
    },
    listSamples: async ({ params, query }) => samplesOf(store, params.runId, query.step),

    createRun: async ({ body: { dataset, task = null, key = null, ...rest } }, { caller }) => {
      const author = caller.user;
      const pinned =
        dataset === undefined
          ? null
          : await pinVersion(store, dataset.datasetId, { version: dataset.version, author });
      const begun = { ...rest, task, key, dataset: pinned, createdBy: author };
      return runDetail(store, await beginExternalRun(store, begun));
    },
    logMetrics: async ({ params, body: { points } }) => {
      const dated = points.map(({ at, ...point }) => ({
        ...point,
        ...(at !== undefined && { at: new Date(at) }),
      }));
      await logRunPoints(store, params.runId, dated);
      return { pointCount: points.length };
    },
    finishRun: async ({ params, body }) =>
      runDetail(store, await finishExternalRun(store, params.runId, body)),
    putRunFile: async ({ params: { runId }, query: { path } }, { raw }) => {
      await getRun(store, runId);
      const { sha256, byteSize } = await blobs.put(raw.raw);
      const mediaType = mediaTypeOf(path);
      return runFile(await putRunFile(store, runId, { path, sha256, byteSize, mediaType }));
    },
    getRunFile: async ({ params, query }, { reply }) => {
      const { path, sha256, byteSize, mediaType } = await getRunFile(
        store,
        params.runId,
        query.path,
      );
      attach(reply, { fileName: path.split('/').at(-1)!, byteSize, mediaType });
      return blobs.open(sha256);
    },
  };
}
