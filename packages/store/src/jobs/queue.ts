// All that is used of pg-boss. A message says "this job is due" and no more: what a job is and how it
// stands is in our tables, changed in the same transaction as its message. So pg-boss could be
// replaced by rewriting this file.

import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { SqlExecutor } from '../database/store.ts';

export interface QueueMessage {
  id: string;
  /** Counts how often the message was handed out again; names the claim that holds it. */
  retryCount: number;
  jobId: string;
}

export interface Queue {
  /** Makes room for a kind of job; must have been called before `send`. */
  prepare(kind: string): Promise<void>;
  /** Queues a message in the caller's transaction and answers its id. */
  send(
    kind: string,
    jobId: string,
    options: { db: SqlExecutor; delaySeconds?: number },
  ): Promise<string>;
  /** Claims up to `limit` messages. Each has to be touched within `HEARTBEAT_SECONDS`. */
  claim(kind: string, limit: number): Promise<QueueMessage[]>;
  touch(kind: string, message: QueueMessage): Promise<void>;
  /** Takes messages away, in the caller's transaction. */
  remove(kind: string, messageIds: string[], db: SqlExecutor): Promise<void>;
  /** Makes claimed messages due again at once, for when their claimants are known to be dead. */
  release(kind: string, messageIds: string[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A message untouched for so long had a dead claimant. With the two intervals below, the job goes
 * on in another process at most `HEARTBEAT_SECONDS + SUPERVISE_SECONDS` and a poll later.
 */
export const HEARTBEAT_SECONDS = 12;
const SUPERVISE_SECONDS = 2;

/** The longest that pg-boss lets a claim last. */
export const CLAIM_SECONDS = 24 * 60 * 60;

/** How long a workbench may stay switched off with jobs waiting. */
const RETENTION_SECONDS = 10 * 365 * 24 * 60 * 60;

/** A dead claimant is no fault of the message; how often a job may fail is decided elsewhere. */
const UNLIMITED_RETRIES = 1_000_000;

const messageOptions = {
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: CLAIM_SECONDS,
  retentionSeconds: RETENTION_SECONDS,
  retryLimit: UNLIMITED_RETRIES,
  retryDelay: 0,
};

/** Installs pg-boss's schema where it is missing. The pool stays its owner's to end. */
export async function openQueue(pool: Pool, onError: (error: Error) => void): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onError);
  await boss.start();
  const prepared = new Map<string, Promise<void>>();
  return {
    prepare(kind) {
      let preparing = prepared.get(kind);
      if (preparing === undefined) {
        preparing = boss.createQueue(kind);
        preparing.catch(() => prepared.delete(kind));
        prepared.set(kind, preparing);
      }
      return preparing;
    },
    async send(kind, jobId, { db, delaySeconds = 0 }) {
      const id = randomUUID();
      await boss.send(kind, { jobId }, { ...messageOptions, id, db, startAfter: delaySeconds });
      return id;
    },
    async claim(kind, limit) {
      const messages = await boss.fetch<{ jobId: string }>(kind, { batchSize: limit });
      return messages.map(({ id, retryCount, data }) => ({ id, retryCount, jobId: data.jobId }));
    },
    async touch(kind, { id, retryCount }) {
      await boss.touch(kind, { id, retryCount });
    },
    async remove(kind, messageIds, db) {
      if (messageIds.length > 0) await boss.deleteJob(kind, messageIds, { db });
    },
    async release(kind, messageIds) {
      if (messageIds.length > 0) await boss.fail(kind, messageIds);
    },
    stop: () => boss.stop({ graceful: false }),
  };
}
