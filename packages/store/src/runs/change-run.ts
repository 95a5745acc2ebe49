// How a run goes on: what it tells of itself, and how it ends.

import { phrase, type Words } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { databaseOf, type SqlExecutor, type Store } from '../database/store.ts';
import type { Job, JobHooks } from '../jobs/job.ts';
import { jobStateWords } from '../jobs/jobs.ts';
import { StoreError } from '../store-error.ts';
import { trainJobKind } from './new-run.ts';
import { getRun, type Run, runNotFound } from './run.ts';
import { type ClassMetrics, finiteOnly, type RunFailure, type RunState } from './run-record.ts';

export interface RunNews {
  state?: RunState;
  progress?: number;
  message?: Words;
  step?: number;
  epoch?: number;
  elapsedSeconds?: number;
  settled?: Record<string, unknown>;
  /** Of the best state so far; what is no number is left out. */
  metrics?: Record<string, number>;
  perClass?: ClassMetrics[];
  error?: RunFailure | null;
  startedAt?: Date;
  finishedAt?: Date;
}

/** Writes down what is new of a run; a run that is gone stays gone. */
export async function tellRun(store: Store, runId: number, news: RunNews): Promise<void> {
  const { state, progress, step, epoch, message, settled, metrics, perClass, error } = news;
  await databaseOf(store)
    .updateTable('run')
    .set({
      ...defined({ state, progress, step, epoch, elapsed_seconds: news.elapsedSeconds }),
      ...defined({
        message: encoded(message),
        settled: encoded(settled),
        metrics: encoded(metrics && finiteOnly(metrics)),
        per_class: encoded(perClass),
        error: error === null ? null : encoded(error),
      }),
      ...(news.startedAt && { started_at: sql<Date>`coalesce(started_at, ${news.startedAt})` }),
      ...defined({ finished_at: news.finishedAt }),
      changed_at: new Date(),
    })
    .where('id', '=', runId)
    .execute();
}

const encoded = (value: unknown): string | undefined =>
  value === undefined ? undefined : encodeJson(value);

const defined = <Values extends object>(values: Values) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;

/** @throws StoreError `run-not-found` */
export async function changeRun(
  store: Store,
  runId: number,
  changes: { name?: string; notes?: string },
): Promise<Run> {
  await databaseOf(store)
    .updateTable('run')
    .set({ ...defined(changes), changed_at: new Date() })
    .where('id', '=', runId)
    .execute();
  return getRun(store, runId);
}

/**
 * Ends a run of another program. Ended once more in the same way it stays as it is.
 *
 * @throws StoreError `run-not-found`, `run-state`
 */
export async function finishExternalRun(
  store: Store,
  runId: number,
  { state, message }: { state: 'succeeded' | 'failed' | 'cancelled'; message?: string },
): Promise<Run> {
  const run = await getRun(store, runId);
  if (run.kind !== 'external') throw notExternal(run);
  if (run.finishedAt !== null && run.state === state) return run;
  await tellRun(store, runId, {
    state,
    ...(state === 'succeeded' && { progress: 1 }),
    ...(message !== undefined && { error: { message, fault: null, code: null } }),
    finishedAt: new Date(),
  });
  return getRun(store, runId);
}

/** What only a run of another program may be told from outside. */
export const notExternal = (run: Run) =>
  new StoreError('run-state', {
    where: run.name,
    expected: phrase`a run of another program`,
    found: phrase`a training of the workbench, which tells of itself`,
  });

/** @throws StoreError `run-not-found`, `run-state` for one that has not ended */
export async function deleteRun(store: Store, runId: number): Promise<void> {
  const run = await getRun(store, runId);
  if (run.kind === 'training' && (run.state === 'queued' || run.state === 'running')) {
    throw new StoreError('run-state', {
      where: run.name,
      expected: phrase`a run that has ended`,
      found: jobStateWords[run.state],
      advice: phrase`Cancel it first.`,
    });
  }
  const { numDeletedRows } = await databaseOf(store)
    .deleteFrom('run')
    .where('id', '=', runId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw runNotFound(runId);
}

/** What jobs that train say to their runs when they end without success, or are queued again by a person. */
export const runHooks: JobHooks = {
  async unsuccessful(job, executor) {
    if (job.kind !== trainJobKind) return;
    const { message, fault, code } = job.error ?? { message: '', fault: null, code: null };
    await tellOfJob(executor, job, job.state === 'failed' ? 'failed' : 'cancelled', {
      error: job.error === null ? null : { message, fault, code },
      isOver: true,
    });
  },
  async retried(job, executor) {
    if (job.kind === trainJobKind)
      await tellOfJob(executor, job, 'queued', { error: null, isOver: false });
    return job.datasetId;
  },
};

const tellOfJob = (
  executor: SqlExecutor,
  job: Job,
  state: RunState,
  { error, isOver }: { error: RunFailure | null; isOver: boolean },
) =>
  executor.executeSql(
    `update run set state = $2, error = $3, message = '""', finished_at = $4, changed_at = clock_timestamp()
     where job_id = $1`,
    [job.id, state, error && encodeJson(error), isOver ? new Date() : null],
  );

/**
 * Marks as cancelled what no job stands behind any more: runs of a backup that was made while they went.
 *
 * @returns how many
 */
export async function cancelLostRuns(store: Store): Promise<number> {
  const isLost: RawBuilder<boolean> = sql`kind = 'training' and state in ('queued', 'running')
    and not exists (select from job where job.id = run.job_id and job.state in ('queued', 'running'))`;
  const { numAffectedRows } = await sql`
    update run set state = 'cancelled', finished_at = now(), changed_at = clock_timestamp()
    where ${isLost}`.execute(databaseOf(store));
  return Number(numAffectedRows ?? 0);
}
