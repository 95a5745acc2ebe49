// The job that trains: it writes down what is asked, lets a trainer work in a process of its own, and makes a version of a
// model of what came of it. It bears to be run again at any point: the trainer goes on from its last checkpoint.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPhrase } from '@migaki/coco';
import {
  addModelVersion,
  type BlobStore,
  getRun,
  type JobContext,
  JobInterruption,
  putRunFile,
  type Run,
  type RunFailure,
  type Store,
} from '@migaki/store';
import {
  type ModelCard,
  type PrecisionsMeasured,
  precisions,
  type RunPlan,
  type RunResult,
  runFiles,
  startTraining,
} from '@migaki/train';
import { keepConverted } from '../../runs/converted-model.ts';
import { learnedImagesPath } from '../../runs/given-files.ts';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { removePixels, runFolderOf } from '../../runs/run-folder.ts';
import { trainFaultOf } from '../../runs/train-fault.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { followTraining } from './follow-training.ts';
import { openRunTeller, type RunTeller } from './run-teller.ts';
import { writeRequest } from './write-request.ts';

export interface TrainParams {
  runId: number;
}

/** What the job says of itself in the end. */
export interface TrainReport {
  runId: number;
  /** `cells@3` */
  model: string;
}

export interface TrainServices {
  store: Store;
  blobs: BlobStore;
  folders: WorkspaceFolders;
}

/** How far the trainer steps back for the pages and other jobs. */
const niceness = 5;
const checkpointNames = ['best', 'last'] as const;

export async function runTrain(
  services: TrainServices,
  job: JobContext<TrainParams>,
): Promise<TrainReport> {
  const { store, folders } = services;
  const run = await getRun(store, job.params.runId);
  const folder = runFolderOf(folders, run);
  const teller = openRunTeller(store, run.id);
  teller.news({ state: 'running', error: null, startedAt: new Date() });
  try {
    if (!(await isThere(runFiles(folder).request))) await writeRequest(services, job, run, folder);
    const result = await trained(job, folder, teller);
    await teller.written();
    const model = await keepResult(services, run, folder, result);
    teller.news({
      ...(result.scores !== null && { metrics: result.scores.values }),
      elapsedSeconds: result.seconds,
      message: '',
    });
    // What was learned is kept; that somebody ended it early is said all the same.
    if (result.isCancelled) job.signal.throwIfAborted();
    teller.news({ state: 'succeeded', progress: 1, finishedAt: new Date() });
    job.message(null);
    return { runId: run.id, model };
  } catch (error) {
    // Where it fails for good or is cancelled, that is said with the end of the job; where another process has taken it
    // over, that one speaks.
    if (!(error instanceof JobInterruption) || error.why !== 'claim-lost') {
      const failure = failureOf(error);
      if (failure !== null) {
        job.log(failure.fault === null ? failure.message : faultPhrase(failure.fault), 'error');
      }
      teller.news({ state: 'queued', message: '', error: failure });
    }
    throw error;
  } finally {
    await teller.written();
    if (!isStopping(job.signal)) await removePixels(folder);
  }
}

function trained(
  job: JobContext<TrainParams>,
  folder: string,
  teller: RunTeller,
): Promise<RunResult> {
  const { signal } = job;
  const [ending, abandoning] = [new AbortController(), new AbortController()];
  const interrupt = () => {
    if (isStopping(signal)) abandoning.abort(signal.reason);
    else ending.abort();
  };
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  return startTraining(folder, {
    onEvent: followTraining(job, teller),
    signal: ending.signal,
    abandon: abandoning.signal,
    niceness,
  }).finally(() => signal.removeEventListener('abort', interrupt));
}

/** Whether it is to go on later, as at a restart of the workbench, rather than to end. */
const isStopping = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof JobInterruption && reason.why !== 'cancelled';

const failureOf = (error: unknown): RunFailure | null =>
  error instanceof JobInterruption || !(error instanceof Error)
    ? null
    : { message: error.message, fault: trainFaultOf(error), code: null };

/** Makes a version of the model, and keeps the checkpoints with the run. @returns `cells@3` */
async function keepResult(
  { store, blobs }: TrainServices,
  run: Run,
  folder: string,
  { modelPath, card, scores, precisions: measured, steps }: RunResult,
): Promise<string> {
  for (const name of checkpointNames) {
    const path = join(folder, `${name}.safetensors`);
    if (!(await isThere(path))) continue;
    const { sha256, byteSize } = await blobs.put(createReadStream(path));
    const mediaType = 'application/octet-stream';
    await putRunFile(store, run.id, { path: `${name}.safetensors`, sha256, byteSize, mediaType });
  }
  // One that was ended before its first step has learned nothing.
  if (steps === 0) return '';
  await keepLearned(blobs, store, run, folder);
  const bytes = await readFile(modelPath);
  const { sha256, byteSize } = await blobs.put(bytes);
  for (const precision of precisions) {
    if (precision === 'float32') continue;
    await keepConverted(blobs, { sha256, bytes, name: run.name }, precision);
  }
  const made = await addModelVersion(store, {
    name: run.modelName!,
    task: run.task!,
    card: { ...card } satisfies ModelCard as unknown as Record<string, unknown>,
    metrics: scores?.values ?? {},
    primaryMetric: run.primaryMetric,
    precisions: precisionFields(measured),
    sha256,
    byteSize,
    source: 'run',
    runId: run.id,
    notes: '',
    author: run.createdBy,
  });
  return nameOfModel(made);
}

/** Which pictures it has learned from, so that it is not measured on them. */
async function keepLearned(
  blobs: BlobStore,
  store: Store,
  run: Run,
  folder: string,
): Promise<void> {
  const { training } = JSON.parse(await readFile(runFiles(folder).plan, 'utf8')) as RunPlan;
  const blob = await blobs.put(Buffer.from(JSON.stringify(training)));
  const mediaType = 'application/json';
  await putRunFile(store, run.id, { path: learnedImagesPath, ...blob, mediaType });
}

const precisionFields = (measured: PrecisionsMeasured | null) =>
  Object.fromEntries(
    Object.entries(measured?.of ?? {}).map(([precision, { bytes, scores, ...rest }]) => [
      precision,
      { ...rest, byteSize: bytes, metrics: { ...scores } },
    ]),
  );

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
