// One workbench per database, where the database is not ours to start: PostgreSQL's own advisory lock, held by a session
// for as long as the workbench runs. It ends with that session, however that ends. Two workbenches on one database would
// hand each other jobs whose files, uploads and pictures lie in the other's workspace.

import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { phrase } from '@migaki/coco';
import pg from 'pg';
import { StoreError } from '../store-error.ts';

export interface DatabaseClaim {
  release(): Promise<void>;
}

export type ClaimEvent =
  /** The session was lost; it is sought again until it is there or somebody else has the database. */
  | { kind: 'unreachable'; why: string }
  | { kind: 'reachable' }
  /** Another workbench took the database in the meantime. Nothing may be done with it any more. */
  | { kind: 'taken'; error: StoreError };

/** Any number will do that no other program uses on the same database. */
const ADVISORY_LOCK = 6_247_426;
/** The session of a workbench that was killed ends within moments. */
const PATIENCE_MILLIS = 3_000;
const RETRY_MILLIS = 250;
const RECONNECT_MILLIS = 1_000;
const CONNECT_LIMIT_MILLIS = 10_000;
const CHECK_MILLIS = 15_000;
/** PostgreSQL keeps as many bytes of the name of a session. */
const LONGEST_NAME_BYTES = 63;

/**
 * Takes the database for this process until `release` or its end.
 *
 * @throws StoreError `database-unreachable`, `database-in-use`
 */
export async function claimDatabase(
  connectionString: string,
  onEvent: (event: ClaimEvent) => void,
): Promise<DatabaseClaim> {
  refuseNoAddress(connectionString);
  const name = sessionName();
  const released = new AbortController();
  const { signal } = released;
  let session = await openSession(connectionString, name);
  try {
    const holder = await lock(session, name);
    if (holder !== null) throw inUse(connectionString, holder);
  } catch (error) {
    await session.end().catch(() => {});
    throw error;
  }

  const keep = async () => {
    for (;;) {
      const why = await endOf(session, signal);
      if (signal.aborted) return;
      onEvent({ kind: 'unreachable', why });
      for (;;) {
        try {
          session = await openSession(connectionString, name);
          const holder = await lock(session, name);
          if (holder === null) break;
          await session.end();
          return onEvent({ kind: 'taken', error: inUse(connectionString, holder) });
        } catch {
          await session.end().catch(() => {});
          await sleep(RECONNECT_MILLIS, null, { signal }).catch(() => {});
        }
        if (signal.aborted) return;
      }
      onEvent({ kind: 'reachable' });
    }
  };
  const keeping = keep();
  return {
    async release() {
      released.abort();
      await keeping;
      await session.end().catch(() => {});
    },
  };
}

/** The driver takes any word for the name of a database on a machine called `base`. The word may be a password: it is not told. */
function refuseNoAddress(connectionString: string): void {
  // A socket's folder is one, too.
  if (/^(postgres(ql)?:\/\/|socket:|\/)/.test(connectionString)) return;
  throw new StoreError('database-unreachable', {
    where: 'DATABASE_URL',
    expected: phrase`an address such as postgres://user:password@host:5432/database`,
    found: phrase`something else`,
    advice: phrase`Correct it, or leave DATABASE_URL out: a database comes with Migaki.`,
  });
}

async function openSession(connectionString: string, name: string): Promise<pg.Client> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString,
      application_name: name,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT_MILLIS,
    });
    client.on('error', () => {}); // `end` follows
    await client.connect();
    // A machine that dies does not say so: the server asks, and lets its lock go after a minute.
    await client.query(
      'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3',
    );
    return client;
  } catch (error) {
    await client?.end().catch(() => {});
    throw new StoreError(
      'database-unreachable',
      {
        where: placeOf(connectionString),
        expected: phrase`a PostgreSQL that lets us in`,
        found: reasonOf(error),
        advice: phrase`Start it, or correct DATABASE_URL; without that, a database comes with Migaki.`,
      },
      { cause: error },
    );
  }
}

/** What PostgreSQL tells of it, which is less where it has another user. */
interface Holder {
  name: string | null;
  since: Date | null;
  address: string | null;
}

/** @returns null where the lock is ours now, else who has it and does not let go */
async function lock(session: pg.Client, name: string): Promise<Holder | null> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const { rows } = await session.query('select pg_try_advisory_lock($1) as is_ours', [
      ADVISORY_LOCK,
    ]);
    if (rows[0].is_ours) return null;
    const holder = await holderOf(session, name);
    if (holder !== null && Date.now() > deadline) return holder;
    await sleep(RETRY_MILLIS);
  }
}

/** Ends our own former session, where the server has not noticed that it was lost. */
async function holderOf(session: pg.Client, name: string): Promise<Holder | null> {
  const { rows } = await session.query<Holder & { isOurs: boolean }>(
    `select a.application_name as name, a.backend_start as since, host(a.client_addr) as address,
       case when a.application_name = $2 then pg_terminate_backend(a.pid) else false end as "isOurs"
     from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.classid = 0 and l.objid = $1 and l.objsubid = 1 and l.granted
       and l.database = (select oid from pg_database where datname = current_database())`,
    [ADVISORY_LOCK, name],
  );
  return rows.find(({ isOurs }) => !isOurs) ?? null;
}

/** Waits for the end of the session and says how it came; asks now and then, because one may go silently. */
async function endOf(session: pg.Client, signal: AbortSignal): Promise<string> {
  const over = new AbortController();
  session.once('end', () => over.abort());
  const either = AbortSignal.any([signal, over.signal]);
  for (;;) {
    await sleep(CHECK_MILLIS, null, { signal: either }).catch(() => {});
    if (either.aborted) return 'the connection was closed';
    const trouble = await Promise.race([
      session.query('select 1').then(() => null, reasonOf),
      sleep(CHECK_MILLIS, 'no answer', { signal: either, ref: false }).catch(() => null),
    ]);
    if (trouble === null) continue;
    session.end().catch(() => {});
    return trouble;
  }
}

/** `migaki lab-7 4242 1f3c…`: who it is for people, and a mark to know our own sessions by. */
function sessionName(): string {
  const mark = randomBytes(6).toString('hex');
  const host = os.hostname().replace(/[^\x21-\x7e]/g, '?');
  const rest = `migaki  ${process.pid} ${mark}`.length;
  return `migaki ${host.slice(0, LONGEST_NAME_BYTES - rest)} ${process.pid} ${mark}`;
}

function inUse(connectionString: string, { name, since, address }: Holder): StoreError {
  const [, host, pid] = (name ?? '').split(' ');
  const who = pid === undefined ? 'another program' : `process ${pid} on ${host}`;
  const from = address === null ? '' : `, connected from ${address},`;
  const when = since === null ? '' : ` since ${since.toISOString()}`;
  return new StoreError('database-in-use', {
    where: placeOf(connectionString),
    expected: phrase`a database that no other workbench uses`,
    found: phrase`one that ${who}${from} has used${when}`,
    advice: phrase`Use that workbench, stop it, or give this one a database of its own in DATABASE_URL.`,
  });
}

/** Where a connection string leads, without what is secret in it. */
function placeOf(connectionString: string): string {
  try {
    const { host, pathname } = new URL(connectionString);
    return `DATABASE_URL (${host || 'a local socket'}${pathname})`;
  } catch {
    return 'DATABASE_URL';
  }
}

function reasonOf(error: unknown): string {
  const { message, code, errors } = error as Error & { code?: string; errors?: Error[] };
  // Several addresses of one name were tried.
  return (message || errors?.[0]?.message || code || String(error)).trim();
}
