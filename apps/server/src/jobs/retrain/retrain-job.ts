// A round: a model is trained anew on the dataset as it is now, the way the last one was, and both are measured on the same
// pictures, which neither has learned from. The alias moves to the new one only if that is better.

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { phrase } from '@migaki/coco';
import {
  findModelVersion,
  getEvaluation,
  getModelVersion,
  getRun,
  type JobContext,
  type Jobs,
  type MeasuredAgainst,
  type ModelVersion,
  type PinnedDataset,
  pinVersion,
  type Run,
  type Store,
  StoreError,
  setModelAlias,
  startTrainingRun,
} from '@migaki/store';
import { isMoreBetter, primaryMetrics } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { type MeasureReport, type MeasureServices, measure } from '../evaluate/measure.ts';
import { learnedImages } from '../learned-images.ts';
import { notTrained } from './not-trained.ts';

export interface RetrainParams {
  datasetId: number;
  /** Of the model, without a version. */
  modelName: string;
  /** What moves to the better one. */
  alias: string;
  /** Instead of the time that the last one had. */
  minutes: number | null;
  author: string;
}

export interface RetrainReport {
  runId: number;
  /** `cells@3`; of the one that has the alias now, and of the other one. */
  winner: string;
  loser: string;
  hasMoved: boolean;
  /** Nothing had the alias before. */
  isFirst: boolean;
  /** Of the new one and of the old one, on so many pictures. */
  scores: { metric: string; own: number; former: number; pictures: number };
  evaluationId: number;
  formerEvaluationId: number;
  /** Both. */
  measuredAgainst: MeasuredAgainst | null;
}

export interface RetrainServices extends MeasureServices {
  jobs: Jobs;
}

const pollMillis = 1_000;

export async function runRetrain(
  services: RetrainServices,
  job: JobContext<RetrainParams>,
): Promise<RetrainReport> {
  const { store } = services;
  const { alias, datasetId } = job.params;
  const former = await formerVersion(store, job);
  const started = await start(services, job, former);
  job.message(phrase`Training ${started.name}`);
  const run = await ended(services, job, started.id);
  const made = run.models.at(-1);
  if (run.state !== 'succeeded' || made === undefined) throw notTrained(run);
  const version = await getModelVersion(store, made.modelId, made.version);
  const dataset = { ...run.dataset!, datasetId };
  const leftOut = await learnedByEither(services, [version, former], datasetId);
  const measured = (of: ModelVersion) => measuredOn(services, job, of, run, dataset, leftOut);

  const own = await measured(version);
  const others = await measured(former);
  const metric = primaryMetrics[version.task as keyof typeof primaryMetrics];
  const scores = {
    metric,
    own: own.metrics[metric],
    former: others.metrics[metric],
    pictures: own.picturesSeen,
  };
  const isBetter = isMoreBetter(metric) ? scores.own > scores.former : scores.own < scores.former;
  const [winner, loser] = isBetter ? [version, former] : [former, version];
  // Where nothing had the alias, the better one gets it all the same.
  if (!winner.aliases.includes(alias)) {
    await setModelAlias(store, winner.modelId, alias, winner.version);
  }
  job.message(null);
  return {
    runId: run.id,
    winner: nameOfModel(winner),
    loser: nameOfModel(loser),
    hasMoved: isBetter,
    isFirst: !former.aliases.includes(alias),
    scores,
    evaluationId: own.evaluationId,
    formerEvaluationId: others.evaluationId,
    measuredAgainst: (await getEvaluation(store, own.evaluationId)).measuredAgainst,
  };
}

/** The one that had the alias when the job first began, else the last. */
async function formerVersion(
  store: Store,
  { params: { modelName, alias }, resumeFrom, checkpoint }: JobContext<RetrainParams>,
): Promise<ModelVersion> {
  if (resumeFrom !== null) {
    const { modelId, version } = resumeFrom as Pick<ModelVersion, 'modelId' | 'version'>;
    return getModelVersion(store, modelId, version);
  }
  const found = await findModelVersion(store, `${modelName}@${alias}`).catch((error) => {
    if (error instanceof StoreError && error.code === 'model-not-found') return null;
    throw error;
  });
  const { modelId, version } = found ?? (await findModelVersion(store, modelName));
  await checkpoint({ modelId, version });
  return getModelVersion(store, modelId, version);
}

/** The key makes it one run, however often the job begins again. */
async function start(
  { store, jobs }: RetrainServices,
  { id, params }: JobContext<RetrainParams>,
  former: ModelVersion,
): Promise<Run> {
  const { datasetId, modelName, minutes, author } = params;
  const last = former.run === null ? null : await getRun(store, former.run.id);
  const { epochs, minutes: formerMinutes, ...settings } = last?.settings ?? {};
  const budget =
    minutes !== null ? { minutes } : epochs !== undefined ? { epochs } : { minutes: formerMinutes };
  return startTrainingRun(store, jobs, {
    key: id,
    task: former.task,
    settings: { ...settings, ...budget },
    dataset: await pinVersion(store, datasetId, { author }),
    validation: last?.validation ?? null,
    init: null,
    modelName,
    primaryMetric: primaryMetrics[former.task as keyof typeof primaryMetrics],
    notes: '',
    createdBy: author,
  });
}

/** Follows the run; whoever cancels the round cancels the run with it. */
async function ended(
  { store, jobs }: RetrainServices,
  job: JobContext<RetrainParams>,
  runId: number,
): Promise<Run> {
  for (;;) {
    const run = await getRun(store, runId);
    if (run.finishedAt !== null) return run;
    job.progress(Math.round(100 * run.progress), 100, 'percent');
    await sleep(pollMillis, null, { signal: job.signal }).catch(() => {});
    if (job.signal.aborted) {
      const { why } = job.signal.reason as { why?: string };
      if (why === 'cancelled' && run.jobId !== null) await jobs.cancel(run.jobId);
      throw job.signal.reason;
    }
  }
}

async function learnedByEither(
  { store, blobs }: RetrainServices,
  versions: readonly ModelVersion[],
  datasetId: number,
): Promise<Set<number>> {
  const learned = new Set<number>();
  for (const version of versions) {
    const { imageIds } = await learnedImages(store, blobs, version, datasetId);
    for (const id of imageIds ?? []) learned.add(id);
  }
  return learned;
}

function measuredOn(
  services: RetrainServices,
  job: JobContext<RetrainParams>,
  { id, modelId, version }: ModelVersion,
  { settings, validation }: Run,
  dataset: PinnedDataset & { datasetId: number },
  leftOut: ReadonlySet<number>,
): Promise<MeasureReport> {
  const { valueField } = settings;
  const hasOwn = validation !== null && validation.datasetId !== null;
  const on = hasOwn ? { ...validation, datasetId: validation.datasetId! } : dataset;
  return measure(
    services,
    job,
    {
      dataset: on,
      model: { modelId, version },
      query: '',
      withLearned: false,
      scoreThreshold: null,
      map: {},
      valueField: typeof valueField === 'string' ? valueField : null,
      author: job.params.author,
    },
    keyOf(`${job.id} ${id}`),
    hasOwn ? new Set() : leftOut,
  );
}

/** A UUID that is always the same for a text. */
function keyOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
