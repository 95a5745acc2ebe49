// Takes due jobs of one kind and runs them, so many at a time.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, faultPhrase, inEnglish, phrase } from '@migaki/coco';
import { encodeJson } from '../database/json-codec.ts';
import { databaseOf, executorOf, type Store } from '../database/store.ts';
import { type JobFailure, type JobHooks, type JobRow, jobFromRow, withJobTablesIn } from './job.ts';
import type { JobAnnouncement } from './job-events.ts';
import { type JobHandler, type JobHandlerOptions, type JobRun, runJob } from './job-run.ts';
import type { Queue, QueueMessage } from './queue.ts';

export interface JobWorker {
  /** Hears of changes; null when some may have been missed. */
  onAnnouncement(announcement: JobAnnouncement | null): void;
  /** Interrupts what runs and gives it back to the queue. */
  stop(graceMillis: number): Promise<void>;
}

/** Finds what no announcement tells of: retries that fell due, jobs of dead processes. */
const POLL_MILLIS = 2_000;
const DEFAULT_MAX_ATTEMPTS = 4;

export function startWorker(
  store: Store,
  queue: Queue,
  kind: string,
  handler: JobHandler,
  options: JobHandlerOptions & {
    hooks: JobHooks;
    /** Told before a job is taken and after it was let go. */
    onRun: (jobId: string, isRunning: boolean) => void;
    onError: (error: Error) => void;
  },
): JobWorker {
  const {
    concurrency = 1,
    maxAttempts = DEFAULT_MAX_ATTEMPTS,
    triesAgain = true,
    takesBack = false,
    faultOf = () => null,
  } = options;
  const { hooks, onRun, onError } = options;
  const runs = new Map<string, JobRun>();
  const stopping = new AbortController();
  let endPause = () => {};
  let isWoken = false;
  const wake = () => {
    isWoken = true;
    endPause();
  };

  const work = async () => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      try {
        await queue.prepare(kind);
        const free = concurrency - runs.size;
        const messages = free > 0 ? await queue.claim(kind, free) : [];
        for (const message of messages) await start(message);
        if (messages.length > 0) continue;
      } catch (error) {
        onError(error as Error); // the database is away; the poll tries again
      }
      await pause();
    }
  };

  const pause = async () => {
    if (isWoken) return; // since the queue was looked at
    const pausing = new AbortController();
    endPause = () => pausing.abort();
    await sleep(POLL_MILLIS, null, { signal: pausing.signal }).catch(() => {});
    endPause = () => {};
  };

  const start = async (message: QueueMessage) => {
    // A job that comes while it runs here: the database lost sight of this process for a while.
    const former = runs.get(message.jobId);
    former?.interrupt('claim-lost');
    await former?.ended;
    onRun(message.jobId, true);
    const claimed = await claimJob(store, queue, kind, message, { maxAttempts, takesBack, hooks });
    if (claimed === null) return onRun(message.jobId, false);
    const { row, isResumed } = claimed;
    const options = { isResumed, maxAttempts, triesAgain, takesBack, faultOf, hooks, onError };
    const run = runJob(store, queue, message, row, handler, options);
    runs.set(row.id, run);
    if (row.cancel_requested_at !== null) run.interrupt('cancelled');
    if (stopping.signal.aborted) run.interrupt('stopping');
    run.ended.then(() => {
      if (runs.get(row.id) === run) {
        runs.delete(row.id);
        onRun(row.id, false);
      }
      wake();
    });
  };

  const working = work();
  return {
    onAnnouncement(announcement) {
      if (
        announcement === null ||
        (announcement.kind === kind && announcement.state === 'queued')
      ) {
        wake();
      }
      if (announcement?.isCancelRequested) runs.get(announcement.id)?.interrupt('cancelled');
    },
    async stop(graceMillis) {
      stopping.abort();
      wake();
      for (const run of runs.values()) run.interrupt('stopping');
      const grace = new AbortController();
      await Promise.race([
        working.then(() => Promise.all([...runs.values()].map((run) => run.ended))),
        sleep(graceMillis, null, { signal: grace.signal }).catch(() => {}),
      ]);
      grace.abort();
      await Promise.all([...runs.values()].map((run) => run.abandon()));
    },
  };
}

/**
 * Marks the job as running, unless it need not run any more.
 *
 * @returns null where there is nothing to run
 */
async function claimJob(
  store: Store,
  queue: Queue,
  kind: string,
  message: QueueMessage,
  { maxAttempts, takesBack, hooks }: { maxAttempts: number; takesBack: boolean; hooks: JobHooks },
): Promise<{ row: JobRow; isResumed: boolean } | null> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const db = withJobTablesIn(transaction);
      const job = await db
        .selectFrom('job')
        .selectAll()
        .where('id', '=', message.jobId)
        .where('message_id', '=', message.id)
        .where('state', 'in', ['queued', 'running'])
        .forUpdate()
        .executeTakeFirst();
      if (job === undefined) {
        await queue.remove(kind, [message.id], executorOf(transaction));
        return null;
      }
      const update = db.updateTable('job').where('id', '=', job.id);
      const isCancelled = job.cancel_requested_at !== null;
      if ((isCancelled && !takesBack) || job.attempt >= maxAttempts) {
        const state = isCancelled ? 'cancelled' : 'failed';
        const error = isCancelled ? null : encodeJson(endedWithItsProcess(job));
        const ended = await update
          .set({ state, error, finished_at: new Date() })
          .returningAll()
          .executeTakeFirstOrThrow();
        await queue.remove(kind, [message.id], executorOf(transaction));
        await hooks.unsuccessful?.(jobFromRow(ended), executorOf(transaction));
        return null;
      }
      const row = await update
        .set({
          state: 'running',
          attempt: job.attempt + 1,
          started_at: job.started_at ?? new Date(),
          rate: null,
          error: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { row, isResumed: job.started_at !== null };
    });
}

function endedWithItsProcess({ attempt }: JobRow): JobFailure {
  const fault: Fault = {
    expected: phrase`a process that runs the job to its end`,
    found: phrase`one that ended without a word, ${attempt} times`,
    advice: phrase`It may need more memory than there is.`,
  };
  return { message: inEnglish(faultPhrase(fault)), fault, code: null, stack: null };
}
