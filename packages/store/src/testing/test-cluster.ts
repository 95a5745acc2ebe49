// One throw-away PostgreSQL for the tests of one process: the embedded binaries on a socket in a temporary folder,
// without fsync, gone with the process. The server of `postgres/` is for data that must last.

import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '../postgres/binaries.ts';
import { chooseServerUser } from '../postgres/server-user.ts';

export interface TestCluster {
  /** A pool on one of the cluster's databases; its user may do everything. */
  poolOn(database: string, max?: number): pg.Pool;
  stop(): Promise<void>;
}

const USER = 'migaki';
const START_LIMIT_MILLIS = 30_000;

/** A cluster that was made before, with a migrated database `migaki` and nothing in it; see `scripts/check.ts`. */
export const preparedCluster =
  process.env.MIGAKI_TEST_DATABASE === undefined
    ? null
    : join(process.env.MIGAKI_TEST_DATABASE, 'cluster', 'data');

/** Starts a cluster in a new folder. */
export async function startTestCluster(
  settings: Record<string, string> = {},
): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-pg-'));
  const account = await chooseServerUser(folder);
  const binaries = await findBinaries(account);
  if (account !== null) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const options = { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };

  makeData(data, options, binaries.initdb);
  const trusting = join(folder, 'hba.conf');
  writeFileSync(trusting, 'local all all trust\n');
  const all = {
    listen_addresses: '',
    unix_socket_directories: folder,
    hba_file: trusting,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_wal_size: '4GB',
    // Each test has a pool of its own, which holds its connections for a while.
    max_connections: '400',
    ...settings,
  };
  const server = spawn(
    binaries.postgres,
    ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  process.once('exit', () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });

  const poolOn = (database: string, max = 4) => {
    const pool = new pg.Pool({ host: folder, user: USER, database, max, idleTimeoutMillis: 500 });
    pool.on('error', () => {});
    return pool;
  };
  const pool = poolOn('postgres', 1);
  for (const started = performance.now(); ; await sleep(20)) {
    try {
      await pool.query('select 1');
      break;
    } catch (error) {
      const isLate = performance.now() - started > START_LIMIT_MILLIS;
      if (isLate || server.exitCode !== null) throw new Error(`${error}\n${said}`);
    }
  }
  await pool.end();
  return {
    poolOn,
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeData(data: string, options: SpawnOptions, initdb: string): void {
  const [command, words] =
    preparedCluster === null
      ? [initdb, ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']]
      : ['cp', ['-a', preparedCluster, data]];
  // Whom the server runs as may not look where the prepared one lies.
  const { uid, gid, ...rest } = options;
  const made = spawnSync(command, words, { ...(preparedCluster === null ? options : rest) });
  if (made.status !== 0) throw new Error(`${command} failed: ${made.stderr || made.error}`);
}
