// New runs: those of the trainer come with the job that does them, those of other programs alone.

import { phrase } from '@migaki/coco';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { type Jobs, jobStateWords } from '../jobs/jobs.ts';
import { StoreError } from '../store-error.ts';
import { getRun, type Run } from './run.ts';
import { insertRunFile, type RunFile } from './run-files.ts';
import type { PinnedDataset, RunOrigin } from './run-record.ts';

/** The kind of the jobs that train. */
export const trainJobKind = 'train';

export interface NewTraining {
  /** The same key again answers the run that has it, and starts nothing. */
  key?: string;
  /** Where left out, the dataset's, the task's and the run's number. */
  name?: string;
  task: string;
  settings: Record<string, unknown>;
  dataset: PinnedDataset;
  validation: PinnedDataset | null;
  init: (RunOrigin & { versionId: number | null }) | null;
  modelName: string;
  primaryMetric: string;
  notes: string;
  createdBy: string;
}

/**
 * Makes a run and queues the job that does it; both are there, or neither. The job's parameter is `runId`.
 *
 * @param files that it is given, which are there when the job begins
 */
export async function startTrainingRun(
  store: Store,
  jobs: Jobs,
  training: NewTraining,
  files: readonly Omit<RunFile, 'createdAt'>[] = [],
): Promise<Run> {
  const { dataset, validation, init, task, createdBy, key = null } = training;
  const started = key === null ? null : await runOfKey(store, key);
  if (started !== null) return getRun(store, started);
  const id = await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const row = await transaction
        .insertInto('run')
        .values({
          name: training.name ?? `${dataset.name} ${task}`,
          kind: 'training',
          task,
          state: 'queued',
          settings: encodeJson(training.settings),
          ...pinned('dataset', dataset),
          ...pinned('validation', validation),
          init: init && encodeJson({ kind: init.kind, name: init.name }),
          init_version_id: init?.versionId ?? null,
          model_name: training.modelName,
          primary_metric: training.primaryMetric,
          notes: training.notes,
          key,
          created_by: createdBy,
        })
        .returning(['id', 'name'])
        .executeTakeFirstOrThrow();
      const name = training.name ?? `${row.name} ${row.id}`;
      const job_id = await jobs.enqueue(
        trainJob(row.id, name, dataset.datasetId, createdBy),
        transaction,
      );
      await transaction.updateTable('run').set({ name, job_id }).where('id', '=', row.id).execute();
      for (const file of files) await insertRunFile(transaction, row.id, file);
      return row.id;
    });
  return getRun(store, id);
}

/**
 * Queues a training again that failed or was cancelled: its own job, so that the log goes on, or another one where that
 * is forgotten.
 *
 * @throws StoreError `run-not-found`, `run-state`
 */
export async function resumeTrainingRun(
  store: Store,
  jobs: Jobs,
  runId: number,
  resumedBy: string,
): Promise<Run> {
  const run = await getRun(store, runId);
  if (run.kind !== 'training' || (run.state !== 'failed' && run.state !== 'cancelled')) {
    throw new StoreError('run-state', {
      where: run.name,
      expected: phrase`a training that failed or was cancelled`,
      found: run.kind === 'external' ? phrase`a run of another program` : jobStateWords[run.state],
    });
  }
  const job = run.jobId === null ? null : await jobs.get(run.jobId).catch(() => null);
  if (job?.state === 'failed' || job?.state === 'cancelled') {
    await jobs.retry(job.id); // whose hook says so to the run
    return getRun(store, runId);
  }
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const job = trainJob(run.id, run.name, run.dataset?.datasetId ?? null, resumedBy);
      const job_id = await jobs.enqueue(job, transaction);
      await requeue(transaction, run.id, job_id);
    });
  return getRun(store, runId);
}

const trainJob = (runId: number, name: string, datasetId: number | null, createdBy: string) => ({
  kind: trainJobKind,
  params: { runId },
  title: phrase`Train ${name}`,
  ...(datasetId !== null && { datasetId }),
  createdBy,
});

const requeue = (transaction: DatabaseTransaction, runId: number, job_id: string) =>
  transaction
    .updateTable('run')
    .set({
      state: 'queued',
      job_id,
      error: null,
      message: encodeJson(''),
      finished_at: null,
      changed_at: new Date(),
    })
    .where('id', '=', runId)
    .execute();

export interface NewExternalRun {
  name: string;
  task: string | null;
  settings: Record<string, unknown>;
  dataset: PinnedDataset | null;
  notes: string;
  createdBy: string;
  key: string | null;
}

/** Begins a run of another program. The same key again answers the run that has it. */
export async function beginExternalRun(store: Store, run: NewExternalRun): Promise<Run> {
  const db = databaseOf(store);
  const made = await db
    .insertInto('run')
    .values({
      name: run.name,
      kind: 'external',
      task: run.task,
      state: 'running',
      settings: encodeJson(run.settings),
      ...pinned('dataset', run.dataset),
      notes: run.notes,
      key: run.key,
      created_by: run.createdBy,
      started_at: new Date(),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return getRun(store, made?.id ?? (await runOfKey(store, run.key!))!);
}

async function runOfKey(store: Store, key: string): Promise<number | null> {
  const row = await databaseOf(store)
    .selectFrom('run')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The columns of a pinned dataset. */
function pinned<Name extends 'dataset' | 'validation'>(name: Name, pin: PinnedDataset | null) {
  if (pin === null) return {};
  const { datasetId, ...version } = pin;
  return { [`${name}_id`]: datasetId, [name]: encodeJson(version) } as {
    [Column in Name]: string;
  } & { [Column in `${Name}_id`]: number | null };
}
