// What happens to jobs, as one stream for everyone who looks on, whichever process makes it happen.
// PostgreSQL's NOTIFY tells that a job changed; what it is now is read once, for all, a few times a
// second.

import pg from 'pg';
import { databaseOf, type Store } from '../database/store.ts';
import { type Job, type JobState, jobFromRow, withJobTables } from './job.ts';

export type JobEvent =
  | { type: 'changed'; job: Job }
  | { type: 'removed'; id: string }
  /** Something may have been missed while the database was away: list the jobs anew. */
  | { type: 'resynchronise' };

/** What NOTIFY says. */
export interface JobAnnouncement {
  id: string;
  kind: string;
  state: JobState | 'deleted';
  isCancelRequested: boolean;
}

export interface JobEvents {
  /** Ends when `signal` is aborted or the jobs are closed. A slow reader skips to the latest. */
  watch(signal?: AbortSignal): AsyncIterable<JobEvent>;
  close(): Promise<void>;
}

/** Must match the trigger in the migration. */
const CHANNEL = 'migaki_job';
const READ_INTERVAL_MILLIS = 150;
const LARGEST_READ = 1_000;
const CHECK_INTERVAL_MILLIS = 15_000;
const RECONNECT_PAUSES_MILLIS = [100, 250, 500, 1_000, 2_000];

/**
 * @param onAnnouncement called for every change at once, and with null when some may have been missed
 */
export async function openJobEvents(
  store: Store,
  onAnnouncement: (announcement: JobAnnouncement | null) => void,
  onError: (error: Error) => void,
): Promise<JobEvents> {
  const watchers = new Set<Watcher>();
  const changed = new Set<string>();
  let reading: NodeJS.Timeout | null = null;
  let isClosed = false;

  const publish = (key: string, event: JobEvent) => {
    for (const watcher of watchers) watcher.push(key, event);
  };
  const read = async () => {
    const ids = [...changed].slice(0, LARGEST_READ);
    for (const id of ids) changed.delete(id);
    try {
      const db = withJobTables(databaseOf(store));
      const rows = await db.selectFrom('job').selectAll().where('id', 'in', ids).execute();
      const jobs = new Map(rows.map((row) => [row.id, jobFromRow(row)]));
      for (const id of ids) {
        const job = jobs.get(id);
        publish(id, job === undefined ? { type: 'removed', id } : { type: 'changed', job });
      }
    } catch (error) {
      onError(error as Error); // the database is away
      for (const id of ids) changed.add(id);
    }
    reading = null;
    if (changed.size > 0) readSoon();
  };
  const readSoon = () => {
    if (watchers.size === 0) changed.clear();
    else if (!isClosed) reading ??= setTimeout(read, READ_INTERVAL_MILLIS);
  };

  const listener = await listen(store.pool.options, {
    onNotification(payload) {
      const announcement: JobAnnouncement = JSON.parse(payload);
      onAnnouncement(announcement);
      if (watchers.size === 0) return;
      changed.add(announcement.id);
      readSoon();
    },
    onReconnect() {
      onAnnouncement(null);
      publish('', { type: 'resynchronise' });
    },
    onError,
  });

  return {
    async *watch(signal) {
      const watcher = makeWatcher();
      watchers.add(watcher);
      signal?.addEventListener('abort', watcher.end, { once: true });
      if (signal?.aborted) watcher.end();
      try {
        for (let event = await watcher.next(); event !== null; event = await watcher.next()) {
          yield event;
        }
      } finally {
        signal?.removeEventListener('abort', watcher.end);
        watchers.delete(watcher);
      }
    },
    async close() {
      isClosed = true;
      if (reading !== null) clearTimeout(reading);
      for (const watcher of watchers) watcher.end();
      await listener.close();
    },
  };
}

interface Watcher {
  push(key: string, event: JobEvent): void;
  /** The oldest event that was not read yet, or null after the end. */
  next(): Promise<JobEvent | null>;
  end(): void;
}

/** Holds at most one event per job, so a reader that stands still costs bounded memory. */
function makeWatcher(): Watcher {
  const pending = new Map<string, JobEvent>();
  let isEnded = false;
  let wake = () => {};
  return {
    push(key, event) {
      pending.delete(key);
      pending.set(key, event);
      wake();
    },
    async next() {
      while (pending.size === 0 && !isEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (isEnded) return null;
      const [key, event] = pending.entries().next().value as [string, JobEvent];
      pending.delete(key);
      return event;
    },
    end() {
      isEnded = true;
      wake();
    },
  };
}

/** Listens on a connection of its own, and on a new one whenever that is lost. */
async function listen(
  options: pg.PoolConfig,
  on: {
    onNotification(payload: string): void;
    onReconnect(): void;
    onError(error: Error): void;
  },
): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  const connect = async () => {
    // A pool hides its password from being copied.
    const next = new pg.Client({ ...options, password: options.password, keepAlive: true });
    next.on('notification', ({ payload }) => on.onNotification(payload ?? ''));
    next.on('error', () => {}); // `end` follows
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      if (isClosed) throw new Error('The listener was closed while it connected.');
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    client = next;
    next.once('end', () => {
      if (!isClosed && client === next) reconnect(0);
    });
    timer = setTimeout(check, CHECK_INTERVAL_MILLIS, next);
  };
  const reconnect = (attempt: number) => {
    client = null;
    if (timer !== null) clearTimeout(timer);
    const pause = RECONNECT_PAUSES_MILLIS[Math.min(attempt, RECONNECT_PAUSES_MILLIS.length - 1)];
    timer = setTimeout(() => {
      connect().then(on.onReconnect, (error) => {
        if (isClosed) return;
        on.onError(error);
        reconnect(attempt + 1);
      });
    }, pause);
  };
  /** A connection that went silently, as through a firewall, answers nothing. */
  const check = (checked: pg.Client) => {
    const silence = setTimeout(() => {
      if (client === checked) reconnect(0);
      checked.end().catch(() => {});
    }, CHECK_INTERVAL_MILLIS);
    checked.query('SELECT 1').then(
      () => {
        clearTimeout(silence);
        if (client === checked) timer = setTimeout(check, CHECK_INTERVAL_MILLIS, checked);
      },
      () => clearTimeout(silence), // `end` follows
    );
  };

  await connect();
  return {
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
