// One run of one job: what its handler is given, and how what it does reaches the database.
//
// A run holds a claim, named by the message and the attempt. Everything it writes is written only
// while the claim is its own, so a run that was taken for dead and replaced changes nothing more.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  CocoError,
  type Fault,
  faultPhrase,
  inEnglish,
  type Phrase,
  phrase,
  type Words,
} from '@migaki/coco';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, executorOf, type Store } from '../database/store.ts';
import { nameDiskFull } from '../disk-full.ts';
import { isDatabaseAway } from '../postgres/database-away.ts';
import { databaseAway, StoreError, type StoreErrorCode } from '../store-error.ts';
import {
  type JobChanges,
  type JobFailure,
  type JobHooks,
  type JobLogLevel,
  type JobLogLine,
  type JobRow,
  jobFromRow,
  withJobTables,
  withJobTablesIn,
} from './job.ts';
import { CLAIM_SECONDS, HEARTBEAT_SECONDS, type Queue, type QueueMessage } from './queue.ts';
import { makeRateMeter } from './rate-meter.ts';

/** What a handler works with. */
export interface JobContext<Params = unknown> {
  id: string;
  params: Params;
  /** 1 for the first run. One that ended with everything else on the machine does not count. */
  attempt: number;
  /** Whether an earlier run began the work, since a person last asked for it. */
  isResumed: boolean;
  /** What `checkpoint` last kept, in this run or an earlier one; null at first. */
  resumeFrom: unknown;
  /**
   * Aborted when the job is to be cancelled or the workbench stops. The handler then ends by throwing
   * `signal.reason`, as `signal.throwIfAborted()` does; one that returns has finished its work.
   */
  signal: AbortSignal;
  /** May be called as often as one likes; the latest is written a few times a second. */
  progress(done: number, total?: number | null, unit?: string): void;
  /** Says in a few words what is being done; `null` when there is nothing to say. */
  message(words: Phrase | null): void;
  log(words: Words, level?: JobLogLevel): void;
  /**
   * Keeps a value to go on from. With `transaction` it is kept together with the effects that it
   * stands for, which makes them happen exactly once.
   */
  checkpoint(value: unknown, transaction?: DatabaseTransaction): Promise<void>;
}

/** Resolves with the result of the job, any JSON value. Must bear to be run again after a crash. */
export type JobHandler<Params = unknown> = (context: JobContext<Params>) => Promise<unknown>;

export interface JobHandlerOptions {
  /** How many jobs of the kind this process runs at once. */
  concurrency?: number;
  /** How often a job is started, crashes of the process included, before it counts as failed. */
  maxAttempts?: number;
  /** Whether it is started again after an error that nobody foresaw. Default yes. */
  triesAgain?: boolean;
  /**
   * Whether what a job has done is to go when it is cancelled. Its handler is then run until it ends by throwing the reason of
   * the signal, again if it must be, and with a signal that is aborted from the start where it was not running.
   */
  takesBack?: boolean;
  /** What an error of another package says to a person; null for one that nobody foresaw. */
  faultOf?: (error: unknown) => Fault | null;
}

/** Why a run was ended from outside; the reason of its signal. */
export class JobInterruption extends Error {
  readonly why: 'cancelled' | 'stopping' | 'claim-lost';

  constructor(why: JobInterruption['why']) {
    super(`The job was interrupted: ${why}.`);
    this.name = 'JobInterruption';
    this.why = why;
  }
}

export interface JobRun {
  interrupt(why: JobInterruption['why']): void;
  /** Gives the job back to the queue although its handler has not ended; it can write no more. */
  abandon(): Promise<void>;
  /** Resolves when the handler has ended and that is written down. Never rejects. */
  ended: Promise<void>;
}

const FLUSH_MILLIS = 300;
const TOUCH_MILLIS = (HEARTBEAT_SECONDS * 1000) / 3;
const LONGEST_LOG_LINES = 10_000;
/** A run that would outlast its claim goes back to the queue and resumes from its checkpoint. */
const LONGEST_RUN_MILLIS = (CLAIM_SECONDS - 60 * 60) * 1000;
const WRITE_RETRY_MILLIS = 1_000;
const RETRY_PAUSES_SECONDS = [2, 10, 60, 300];

type FaultOf = NonNullable<JobHandlerOptions['faultOf']>;

/** What only a person can mend although the call was right. */
const leftToPeople: ReadonlySet<string> = new Set<StoreErrorCode>(['disk-full', 'endpoint-failed']);

/** What only a person can mend: the same again, by itself, would fail the same way. */
const isForPerson = (error: unknown, faultOf: FaultOf): boolean =>
  error instanceof CocoError ||
  (error instanceof StoreError
    ? error.httpStatus < 500 || leftToPeople.has(error.code)
    : faultOf(error) !== null);

const failureFrom = (error: unknown, faultOf: FaultOf): JobFailure => {
  const code = (error as { code?: unknown } | null)?.code?.toString() ?? null;
  if (isDatabaseAway(error)) {
    const message = inEnglish(faultPhrase(databaseAway));
    return { message, fault: databaseAway, code, stack: null };
  }
  const isTyped = error instanceof StoreError || error instanceof CocoError;
  return {
    message: error instanceof Error ? error.message : String(error),
    fault: isTyped ? error.details : faultOf(error),
    code,
    stack: error instanceof Error && !isForPerson(error, faultOf) ? (error.stack ?? null) : null,
  };
};

/**
 * Whether the database may do tomorrow what it did not do now: the connection, its resources, its
 * shutdown or a conflict failed, by the class of the SQLSTATE, or what failed was no statement at all.
 */
const isPassing = (error: unknown): boolean => {
  const { code } = error as { code?: string };
  return !/^[0-9A-Z]{5}$/.test(code ?? '') || /^(08|25|40|53|57|58)/.test(code ?? '');
};

interface RunOptions
  extends Required<
    Pick<JobHandlerOptions, 'maxAttempts' | 'triesAgain' | 'takesBack' | 'faultOf'>
  > {
  isResumed: boolean;
  hooks: JobHooks;
  onError: (error: Error) => void;
}

/** Runs a job that has just been claimed; `row` is the job as the claim left it. */
export function runJob(
  store: Store,
  queue: Queue,
  message: QueueMessage,
  row: JobRow,
  handler: JobHandler,
  { isResumed, maxAttempts, triesAgain, takesBack, faultOf, hooks, onError }: RunOptions,
): JobRun {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = (why: JobInterruption['why']) => {
    if (!signal.aborted) interruption.abort(new JobInterruption(why));
  };
  const db = withJobTables(databaseOf(store));
  const over = new AbortController();
  let hasGivenUp = false;

  // What the handler said and the database does not know yet.
  const { done, total, unit } = row;
  const said = { done, total, unit, message: encodeJson(row.message), isNews: false };
  let lines: (Pick<JobLogLine, 'at' | 'level'> & { text: string })[] = [];
  let lineCount = 0;
  const measureRate = makeRateMeter({ done, unit });

  const claimed = (query = db) =>
    query
      .updateTable('job')
      .where('id', '=', row.id)
      .where('message_id', '=', message.id)
      .where('attempt', '=', row.attempt)
      .where('state', '=', 'running');

  /** Writes what is new, and hears whether the claim still holds and the job is still wanted. */
  const flush = async () => {
    const { isNews, ...progress } = said;
    const newLines = lines;
    said.isNews = false;
    lines = [];
    try {
      await databaseOf(store)
        .transaction()
        .execute(async (transaction) => {
          const inside = withJobTablesIn(transaction);
          const held = await claimed(inside)
            .set({ ...progress, rate: measureRate(progress) })
            .returning('cancel_requested_at')
            .executeTakeFirst();
          if (held === undefined) return interrupt('claim-lost');
          if (held.cancel_requested_at !== null) interrupt('cancelled');
          if (newLines.length === 0) return;
          const logged = await inside
            .insertInto('job_log')
            .values(newLines.map((line) => ({ job_id: row.id, ...line })))
            .returning('seq')
            .execute();
          await claimed(inside)
            .set({ last_log_seq: logged.at(-1)!.seq })
            .execute();
        });
    } catch (error) {
      said.isNews ||= isNews;
      lines = [...newLines, ...lines];
      throw error;
    }
  };

  const keepFlushing = () =>
    repeat(FLUSH_MILLIS, over.signal, async () => {
      if (said.isNews || lines.length > 0) await flush().catch(onError);
    });
  const keepTouching = () =>
    repeat(TOUCH_MILLIS, over.signal, async () => {
      await queue.touch(row.kind, message).catch(onError);
      await flush().catch(onError);
    });

  const context: JobContext = {
    id: row.id,
    params: row.params,
    attempt: row.attempt,
    isResumed,
    resumeFrom: row.checkpoint,
    signal,
    progress(newDone, newTotal = said.total, newUnit = said.unit) {
      Object.assign(said, { done: newDone, total: newTotal, unit: newUnit, isNews: true });
    },
    message(words) {
      Object.assign(said, { message: encodeJson(words ?? ''), isNews: true });
    },
    log(words, level = 'info') {
      lineCount++;
      if (lineCount > LONGEST_LOG_LINES) return;
      const isLast = lineCount === LONGEST_LOG_LINES;
      const text = encodeJson(isLast ? phrase`Further lines are left out.` : words);
      lines.push({ at: new Date(), level, text });
    },
    async checkpoint(value, transaction) {
      const inside = transaction === undefined ? db : withJobTablesIn(transaction);
      const { numUpdatedRows } = await claimed(inside)
        .set({ checkpoint: encodeJson(value) })
        .executeTakeFirstOrThrow();
      if (numUpdatedRows > 0n) {
        context.resumeFrom = value;
        return;
      }
      interrupt('claim-lost');
      throw signal.reason; // which undoes the transaction
    },
  };

  /** Ends the claim: the job gets its new state, and its message goes or is replaced. */
  const settle = (changes: JobChanges, requeue?: { delaySeconds: number }) =>
    databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        const executor = executorOf(transaction);
        const held = await claimed(withJobTablesIn(transaction))
          .set({ rate: null, ...changes })
          .returningAll()
          .executeTakeFirst();
        if (held === undefined) return;
        await queue.remove(row.kind, [message.id], executor);
        if (held.state === 'failed' || held.state === 'cancelled') {
          await hooks.unsuccessful?.(jobFromRow(held), executor);
        }
        if (requeue === undefined) return;
        const message_id = await queue.send(row.kind, row.id, { db: executor, ...requeue });
        await withJobTablesIn(transaction)
          .updateTable('job')
          .set({ message_id })
          .where('id', '=', row.id)
          .execute();
      });
  const giveBack = () => settle({ state: 'queued', attempt: row.attempt - 1 }, { delaySeconds: 0 });

  const settleSuccess = (result: string) =>
    settle({ state: 'succeeded', finished_at: new Date(), result, error: null });

  const settleFailure = (error: unknown) => {
    const finished_at = new Date();
    const failure = failureFrom(error, faultOf);
    if (signal.aborted) {
      const { why } = signal.reason as JobInterruption;
      if (why === 'claim-lost') return Promise.resolve();
      if (why === 'stopping') return giveBack();
      const isTakenBack = !takesBack || error === signal.reason || row.attempt >= maxAttempts;
      if (isTakenBack) return settle({ state: 'cancelled', finished_at });
    } else if (isForPerson(error, faultOf) || !triesAgain || row.attempt >= maxAttempts) {
      return settle({ state: 'failed', finished_at, error: encodeJson(failure) });
    }
    const delaySeconds =
      RETRY_PAUSES_SECONDS[Math.min(row.attempt, RETRY_PAUSES_SECONDS.length) - 1];
    // That a database was away is no news once it is back, which it is by now: it takes this.
    const told = isDatabaseAway(error) ? null : encodeJson(failure);
    return settle({ state: 'queued', error: told }, { delaySeconds });
  };

  const run = async () => {
    const tooLong = setTimeout(interrupt, LONGEST_RUN_MILLIS, 'stopping');
    const repeated = Promise.all([keepFlushing(), keepTouching()]);
    let outcome: { result: string } | { error: unknown } = await Promise.resolve()
      .then(() => handler(context))
      .then((result) => ({ result: encodeJson(result ?? null) }))
      .catch((error: unknown) => ({ error: nameDiskFull(error) }));
    clearTimeout(tooLong);
    over.abort();
    await repeated;
    while (!hasGivenUp) {
      try {
        await flush();
        if ('error' in outcome) await settleFailure(outcome.error);
        else await settleSuccess(outcome.result);
        return;
      } catch (error) {
        onError(error as Error);
        // The outcome of hours of work is not given up because the database is away for a minute.
        if (isPassing(error)) await sleep(WRITE_RETRY_MILLIS);
        else if ('error' in outcome)
          return; // the job is handed out again, a bounded number of times
        else outcome = { error };
      }
    }
  };
  return {
    interrupt,
    async abandon() {
      hasGivenUp = true;
      over.abort();
      await giveBack().catch(onError); // else the heartbeat gives it back
    },
    ended: run(),
  };
}

/** Does something again and again, with pauses, until `over`. */
async function repeat(pauseMillis: number, over: AbortSignal, act: () => Promise<void>) {
  for (;;) {
    await sleep(pauseMillis, null, { signal: over }).catch(() => {});
    if (over.aborted) return;
    await act();
  }
}
