// Every long thing is a job: queued in the transaction that caused it, run at least once, cancelled,
// retried, resumed and watched in one way. See docs/decisions/0006-database-blobs-jobs.md.

import { randomUUID } from 'node:crypto';
import { type Phrase, phrase } from '@migaki/coco';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, executorOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import {
  finishedJobStates,
  type Job,
  type JobHooks,
  type JobLogLine,
  type JobRow,
  type JobState,
  jobFromRow,
  unfinishedJobStates,
  withJobTables,
  withJobTablesIn,
} from './job.ts';
import { type JobEvent, openJobEvents } from './job-events.ts';
import type { JobHandler, JobHandlerOptions } from './job-run.ts';
import { type JobWorker, startWorker } from './job-worker.ts';
import { openQueue } from './queue.ts';

export interface NewJob {
  /** A UUID; one is made where it is left out. */
  id?: string;
  /** Letters, digits, `-`, `_`, `.` and `/`. */
  kind: string;
  params: unknown;
  /** What the list of jobs shows. */
  title: Phrase;
  datasetId?: number;
  createdBy: string;
}

export interface JobFilter {
  states?: readonly JobState[];
  datasetId?: number;
  kind?: string;
}

export interface Jobs {
  /**
   * Queues a job. With `transaction` it exists if and when that commits.
   *
   * @returns the id of the job
   */
  enqueue(job: NewJob, transaction?: DatabaseTransaction): Promise<string>;
  /** From now on this process runs jobs of the kind. */
  registerHandler<Params>(
    kind: string,
    handler: JobHandler<Params>,
    options?: JobHandlerOptions,
  ): void;
  /** @throws StoreError `job-not-found` */
  get(id: string): Promise<Job>;
  /** The latest first. `before` is the number of the last job of the page before. */
  list(filter?: JobFilter, page?: { limit?: number; before?: number }): Promise<Job[]>;
  /** The lines after `after`, oldest first. */
  log(id: string, page?: { after?: number; limit?: number }): Promise<JobLogLine[]>;
  /**
   * Cancels at once what is queued and has changed no dataset, and asks what runs to end. Finished jobs stay as they are.
   *
   * @throws StoreError `job-not-found`
   */
  cancel(id: string): Promise<Job>;
  /**
   * Queues a failed or cancelled job again; it resumes from its checkpoint.
   *
   * @throws StoreError `job-not-found`, `job-state`
   */
  retry(id: string): Promise<Job>;
  /** Forgets a finished job and its log. @throws StoreError `job-not-found`, `job-state` */
  delete(id: string): Promise<void>;
  /** Forgets all finished jobs. @returns how many */
  deleteFinished(filter?: JobFilter): Promise<number>;
  /** Gives jobs back to the queue whose process is known to be dead, which else would show after a while. */
  release(ids: readonly string[]): Promise<void>;
  /** What happens to all jobs, from now on. See `JobEvent`. */
  watch(signal?: AbortSignal): AsyncIterable<JobEvent>;
  /** Interrupts what runs here, gives it back to the queue, and lets go of the database. */
  stop(options?: { graceMillis?: number }): Promise<void>;
}

export interface JobsOptions {
  /** No other process runs jobs of this database: what is marked as running died with its process, and resumes at once. */
  isAlone?: boolean;
  hooks?: JobHooks;
  /** Told before a job is taken by this process and after it was let go, for whoever has to `release` it. */
  onRun?: (jobId: string, isRunning: boolean) => void;
  onError?: (error: Error) => void;
}

const DEFAULT_PAGE = 100;
const GRACE_MILLIS = 10_000;

/**
 * Opens the jobs of a store whose database is migrated.
 *
 * @example
 * const jobs = await openJobs(store);
 * jobs.registerHandler<{ path: string }>('import', async ({ params, progress, signal }) => {
 *   for (const [index, file] of files.entries()) {
 *     signal.throwIfAborted();
 *     await importFile(file);
 *     progress(index + 1, files.length, 'files');
 *   }
 * });
 * await jobs.enqueue({ kind: 'import', params: { path: '…' }, title: phrase`Import cells`, createdBy: 'aiko' });
 */
export async function openJobs(
  store: Store,
  { isAlone = false, hooks = {}, onRun = () => {}, onError = () => {} }: JobsOptions = {},
): Promise<Jobs> {
  const db = withJobTables(databaseOf(store));
  const workers = new Map<string, JobWorker>();
  const queue = await openQueue(store.pool, onError);
  const events = await openJobEvents(
    store,
    (announcement) => {
      for (const worker of workers.values()) worker.onAnnouncement(announcement);
    },
    onError,
  );
  if (isAlone) await takeOver();

  /**
   * Queues what the dead left, each under a new message: what may be left of them holds the old one and changes nothing
   * more. That everything ended is no fault of a job, so that start does not count as an attempt.
   */
  async function takeOver(): Promise<void> {
    const left = await db
      .selectFrom('job')
      .select(['id', 'kind'])
      .where('state', 'in', unfinishedJobStates)
      .execute();
    for (const { id, kind } of left) {
      await queue.prepare(kind);
      await changeJob(id, async (row, transaction) => {
        const executor = executorOf(transaction);
        await queue.remove(kind, [row.message_id], executor);
        const message_id = await queue.send(kind, id, { db: executor });
        const attempt = row.state === 'running' ? row.attempt - 1 : row.attempt;
        await withJobTablesIn(transaction)
          .updateTable('job')
          .set({ state: 'queued', message_id, attempt })
          .where('id', '=', id)
          .execute();
      });
    }
  }

  async function release(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    // A job may have been taken from the queue and not yet be marked as running.
    const taken = await db
      .selectFrom('job')
      .select(['kind', 'message_id'])
      .where('id', 'in', ids)
      .where('state', 'in', unfinishedJobStates)
      .execute();
    for (const [kind, rows] of Map.groupBy(taken, (row) => row.kind)) {
      await queue.prepare(kind);
      await queue.release(
        kind,
        rows.map((row) => row.message_id),
      );
    }
    await db
      .updateTable('job')
      .set({ state: 'queued' })
      .where('id', 'in', ids)
      .where('state', '=', 'running')
      .execute();
  }

  /** Runs a change of one job on its locked row. */
  async function changeJob(
    id: string,
    change: (row: JobRow, transaction: DatabaseTransaction) => Promise<void>,
  ): Promise<void> {
    await databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        const row = isUuid(id)
          ? await withJobTablesIn(transaction)
              .selectFrom('job')
              .selectAll()
              .where('id', '=', id)
              .forUpdate()
              .executeTakeFirst()
          : undefined;
        if (row === undefined) throw notFound(id);
        await change(row, transaction);
      });
  }

  const jobs: Jobs = {
    async enqueue(job, transaction) {
      await queue.prepare(job.kind);
      if (transaction === undefined) {
        return databaseOf(store)
          .transaction()
          .execute((own) => jobs.enqueue(job, own));
      }
      const id = job.id ?? randomUUID();
      const message_id = await queue.send(job.kind, id, { db: executorOf(transaction) });
      await withJobTablesIn(transaction)
        .insertInto('job')
        .values({
          id,
          message_id,
          kind: job.kind,
          title: encodeJson(job.title),
          params: encodeJson(job.params),
          dataset_id: job.datasetId ?? null,
          created_by: job.createdBy,
        })
        .execute();
      return id;
    },
    registerHandler(kind, handler, options = {}) {
      if (workers.has(kind)) throw new Error(`There is a handler of ${kind} already.`);
      const worker = startWorker(store, queue, kind, handler as JobHandler, {
        ...options,
        hooks,
        onRun,
        onError,
      });
      workers.set(kind, worker);
    },
    async get(id) {
      const row = isUuid(id)
        ? await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
        : undefined;
      if (row === undefined) throw notFound(id);
      return jobFromRow(row);
    },
    async list({ states, datasetId, kind } = {}, { limit = DEFAULT_PAGE, before } = {}) {
      const rows = await db
        .selectFrom('job')
        .selectAll()
        .$if(states !== undefined, (query) => query.where('state', 'in', states!))
        .$if(datasetId !== undefined, (query) => query.where('dataset_id', '=', datasetId!))
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
        .$if(before !== undefined, (query) => query.where('number', '<', before!))
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map(jobFromRow);
    },
    async log(id, { after = 0, limit = 1_000 } = {}) {
      if (!isUuid(id)) throw notFound(id);
      return db
        .selectFrom('job_log')
        .select(['seq', 'at', 'level', 'text'])
        .where('job_id', '=', id)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
    },
    async cancel(id) {
      await changeJob(id, async (row, transaction) => {
        const update = withJobTablesIn(transaction).updateTable('job').where('id', '=', id);
        const now = new Date();
        if (row.state === 'queued' && (await hasRevised(row, transaction))) {
          // Who does the work knows whether it is to be taken back, and need not wait for its turn.
          await queue.prepare(row.kind);
          const executor = executorOf(transaction);
          await queue.remove(row.kind, [row.message_id], executor);
          const message_id = await queue.send(row.kind, id, { db: executor });
          await update.set({ cancel_requested_at: now, message_id }).execute();
        } else if (row.state === 'queued') {
          const cancelled = await update
            .set({ state: 'cancelled', finished_at: now, cancel_requested_at: now })
            .returningAll()
            .executeTakeFirstOrThrow();
          await queue.prepare(row.kind);
          await queue.remove(row.kind, [row.message_id], executorOf(transaction));
          await hooks.unsuccessful?.(jobFromRow(cancelled), executorOf(transaction));
        } else if (row.state === 'running' && row.cancel_requested_at === null) {
          await update.set({ cancel_requested_at: now }).execute();
        }
      });
      return jobs.get(id);
    },
    async retry(id) {
      await changeJob(id, async (row, transaction) => {
        if (row.state !== 'failed' && row.state !== 'cancelled') {
          throw wrongState(row, phrase`a failed or cancelled job`);
        }
        await queue.prepare(row.kind);
        const executor = executorOf(transaction);
        const dataset_id = (await hooks.retried?.(jobFromRow(row), executor)) ?? row.dataset_id;
        const message_id = await queue.send(row.kind, id, { db: executor });
        await withJobTablesIn(transaction)
          .updateTable('job')
          .set({
            state: 'queued',
            dataset_id,
            message_id,
            attempt: 0,
            error: null,
            message: encodeJson(''),
            started_at: null,
            finished_at: null,
            cancel_requested_at: null,
          })
          .where('id', '=', id)
          .execute();
      });
      return jobs.get(id);
    },
    async delete(id) {
      await changeJob(id, async (row, transaction) => {
        if (unfinishedJobStates.some((state) => state === row.state)) {
          throw wrongState(row, phrase`a finished job`, phrase`Cancel it first.`);
        }
        await withJobTablesIn(transaction).deleteFrom('job').where('id', '=', id).execute();
      });
    },
    async deleteFinished({ states = finishedJobStates, datasetId, kind } = {}) {
      const { numDeletedRows } = await db
        .deleteFrom('job')
        .where('state', 'in', finishedJobStates)
        .where('state', 'in', states)
        .$if(datasetId !== undefined, (query) => query.where('dataset_id', '=', datasetId!))
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    release,
    watch: events.watch,
    async stop({ graceMillis = GRACE_MILLIS } = {}) {
      await Promise.all([...workers.values()].map((worker) => worker.stop(graceMillis)));
      await events.close();
      await queue.stop();
    },
  };
  return jobs;
}

/** Whether a job has changed its dataset, which an earlier run may have done. */
async function hasRevised(
  { id, dataset_id }: JobRow,
  transaction: DatabaseTransaction,
): Promise<boolean> {
  if (dataset_id === null) return false;
  const revision = await transaction
    .selectFrom('revision')
    .select('revision')
    .where('dataset_id', '=', dataset_id)
    .where('job_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return revision !== undefined;
}

/** How messages say that something is in a state. */
export const jobStateWords: Record<JobState, Phrase> = {
  queued: phrase`one that is queued`,
  running: phrase`one that is running`,
  succeeded: phrase`one that has succeeded`,
  failed: phrase`one that has failed`,
  cancelled: phrase`one that was cancelled`,
};

const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

const notFound = (id: string) =>
  new StoreError('job-not-found', {
    expected: phrase`the id of a job`,
    found: JSON.stringify(id.slice(0, 80)),
    advice: phrase`It may have been deleted.`,
  });

const wrongState = (row: JobRow, expected: Phrase, advice?: Phrase) =>
  new StoreError('job-state', {
    where: row.title,
    expected,
    found: jobStateWords[row.state],
    advice,
  });
