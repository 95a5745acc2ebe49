// A job as the interface shows it, and as it is stored.

import type { Fault, Words } from '@migaki/coco';
import type { ColumnType, Generated, GeneratedAlways, Selectable, Updateable } from 'kysely';
import type { Database, DatabaseTransaction, SqlExecutor } from '../database/store.ts';

export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

export const unfinishedJobStates = ['queued', 'running'] as const;
export const finishedJobStates = ['succeeded', 'failed', 'cancelled'] as const;

export interface Job {
  id: string;
  /** Counts up; the key of a page and a short name. */
  number: number;
  kind: string;
  datasetId: number | null;
  title: Words;
  state: JobState;
  params: unknown;
  progress: JobProgress;
  /** What the handler says it is doing; empty when it says nothing. */
  message: Words;
  result: unknown;
  /** Why it failed; while it is queued again, why the last attempt did. */
  error: JobFailure | null;
  attempt: number;
  isCancelRequested: boolean;
  /** The last line of its log, for whoever follows it. */
  lastLogSeq: number;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface JobProgress {
  done: number;
  /** Null where nobody knows. */
  total: number | null;
  /** In the plural, such as `images`. */
  unit: string;
  /** Units per second of late; null before there is a measure and after the end. */
  ratePerSecond: number | null;
  secondsLeft: number | null;
}

export interface JobFailure {
  /** One sentence in English. */
  message: string;
  /** The same in its parts; null for a failure that nobody foresaw. */
  fault: Fault | null;
  /** The code of a typed error. */
  code: string | null;
  /** For whoever mends the program; null for a person's mistake. */
  stack: string | null;
}

/** What else happens, in the same transaction, when a job ends without success or is queued again by a person. */
export interface JobHooks {
  /** Called for a job that failed for good or was cancelled, by whichever process writes that down. */
  unsuccessful?(job: Job, sql: SqlExecutor): Promise<void>;
  /** Called for one that is to run again. @returns the dataset that it is about, null for none */
  retried?(job: Job, sql: SqlExecutor): Promise<number | null>;
}

export type JobLogLevel = 'info' | 'warning' | 'error';

export interface JobLogLine {
  seq: number;
  at: Date;
  level: JobLogLevel;
  text: Words;
}

/** A json column: read as a value, written as the text of `encodeJson`. */
type Json<Value> = ColumnType<Value, string | null, string | null>;

interface JobTable {
  id: string;
  number: GeneratedAlways<number>;
  kind: string;
  dataset_id: number | null;
  title: ColumnType<Words, string, never>;
  state: Generated<JobState>;
  params: ColumnType<unknown, string, string>;
  done: Generated<number>;
  total: number | null;
  unit: Generated<string>;
  rate: number | null;
  message: ColumnType<Words, never, string>;
  result: Json<unknown>;
  error: Json<JobFailure | null>;
  checkpoint: Json<unknown>;
  attempt: Generated<number>;
  message_id: string;
  last_log_seq: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
  cancel_requested_at: Date | null;
}

interface JobLogTable {
  job_id: string;
  seq: GeneratedAlways<number>;
  at: Date;
  level: JobLogLevel;
  text: ColumnType<Words, string, never>;
}

type JobTables = { job: JobTable; job_log: JobLogTable };

export type JobRow = Selectable<JobTable>;
export type JobChanges = Updateable<JobTable>;

export const withJobTables = (db: Database) => db.withTables<JobTables>();
export const withJobTablesIn = (transaction: DatabaseTransaction) =>
  transaction.withTables<JobTables>();
export type JobDatabase = ReturnType<typeof withJobTables>;

export function jobFromRow(row: JobRow): Job {
  const isRunning = row.state === 'running';
  const { done, total, unit } = row;
  const ratePerSecond = isRunning ? row.rate : null;
  const isPredictable = total !== null && ratePerSecond !== null && ratePerSecond > 0;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    datasetId: row.dataset_id,
    title: row.title,
    state: row.state,
    params: row.params,
    progress: {
      done,
      total,
      unit,
      ratePerSecond,
      secondsLeft: isPredictable ? Math.max(total - done, 0) / ratePerSecond : null,
    },
    message: row.message,
    result: row.result,
    error: row.error,
    attempt: row.attempt,
    isCancelRequested: row.cancel_requested_at !== null,
    lastLogSeq: row.last_log_seq,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
