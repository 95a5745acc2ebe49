import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { StoreError } from '../store-error.ts';
import { connectionFromEnvironment } from './connection-from-environment.ts';
import { startDatabase } from './start-database.ts';
import type { DatabaseEvent } from './supervise.ts';
import {
  makeFilledWorkspace,
  makeWorkspace,
  mountSmallDisk,
  spawnWorkbench,
  startWorkbench,
} from './testing.ts';

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterOf(workspaceDir: string): Promise<number> {
  const file = path.join(workspaceDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  return Number.parseInt(await readFile(file, 'utf8'), 10);
}

/** A process that nobody has waited for yet, a zombie, counts as dead. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout !== '' && !stdout.startsWith('Z');
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** Starts, checks and stops the database, to show that the workspace is well. */
async function assertComesUp(workspaceDir: string, rows?: unknown[]): Promise<DatabaseEvent[]> {
  const events: DatabaseEvent[] = [];
  const database = await startDatabase({ workspaceDir, onEvent: (event) => events.push(event) });
  try {
    if (rows !== undefined) {
      const found = await query(database.connectionString, 'SELECT note FROM kept ORDER BY note');
      assert.deepEqual(
        found.map((row) => row.note),
        rows,
      );
    }
  } finally {
    await database.stop();
  }
  return events;
}

async function keepNote(connectionString: string, note: string): Promise<void> {
  await query(connectionString, 'CREATE TABLE IF NOT EXISTS kept (note text)');
  await query(connectionString, `INSERT INTO kept VALUES ('${note}')`);
}

describe('the embedded database', () => {
  test('starts in an empty folder, keeps what was written, and leaves no process', async (t) => {
    const workspaceDir = await makeWorkspace(t, 'new', 'folder');
    const database = await startDatabase({ workspaceDir });
    await keepNote(database.connectionString, 'first');
    const postmaster = await postmasterOf(workspaceDir);
    await database.stop();
    await database.stop();
    assert.equal(isAlive(postmaster), false);
    assert.deepEqual(await assertComesUp(workspaceDir, ['first']), []);
  });

  test('is durable, speaks UTF-8, sorts by code point and asks for the password', async (t) => {
    const workspaceDir = await makeWorkspace(t);
    const database = await startDatabase({ workspaceDir });
    t.after(() => database.stop());
    const [settings] = await query(
      database.connectionString,
      `SELECT current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
        current_setting('full_page_writes') pages, current_setting('server_encoding') encoding,
        current_setting('data_checksums') checksums, datlocprovider provider, datlocale locale
        FROM pg_database WHERE datname = current_database()`,
    );
    assert.deepEqual(settings, {
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      encoding: 'UTF8',
      checksums: 'on',
      provider: 'b',
      locale: 'C.UTF-8',
    });
    const [text] = await query(database.connectionString, `SELECT lower('ÄÉ磨き') AS lowered`);
    assert.equal(text.lowered, 'äé磨き');
    const wrong = new URL(database.connectionString);
    wrong.password = 'guessed';
    await assert.rejects(query(wrong.href, 'SELECT 1'), /password authentication failed/);
  });

  test('keeps its password to its owner', { skip: process.platform === 'win32' }, async (t) => {
    const workspaceDir = await makeWorkspace(t);
    await assertComesUp(workspaceDir);
    const cluster = path.join(workspaceDir, 'postgres', 'cluster');
    assert.equal((await stat(path.join(cluster, 'password'))).mode & 0o777, 0o600);
    assert.equal((await stat(cluster)).mode & 0o777, 0o700);
  });

  for (const name of ["with spaces and 'quotes'", '写真 と ラベル', 'long-'.repeat(45)]) {
    test(`starts in a folder named ${name.slice(0, 30)}`, async (t) => {
      const workspaceDir = await makeWorkspace(t, name, name);
      await assertComesUp(workspaceDir);
    });
  }

  test('starts below a folder that only root can enter', {
    skip: process.getuid?.() !== 0 && 'needs root',
  }, async (t) => {
    const workspaceDir = await makeWorkspace(t, 'private', 'workspace');
    await mkdir(path.dirname(workspaceDir), { mode: 0o700 });
    await assertComesUp(workspaceDir);
    await assertComesUp(workspaceDir);
  });

  test('refuses a second workbench and names the first', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const database = await startDatabase({ workspaceDir });
    t.after(() => database.stop());
    database.announce('http://127.0.0.1:8080');
    const second = startDatabase({ workspaceDir });
    await assert.rejects(second, {
      name: 'StoreError',
      code: 'workspace-in-use',
      message: new RegExp(
        `process ${process.pid} on ${os.hostname()} since 2.*answers at http://127\\.0\\.0\\.1:8080`,
      ),
    });
    assert.equal((await query(database.connectionString, 'SELECT 1 AS one'))[0].one, 1);
  });

  test('survives two starts in the same moment: one wins, one is refused', async (t) => {
    const workspaceDir = await makeWorkspace(t);
    const outcomes = await Promise.allSettled([
      startDatabase({ workspaceDir }),
      startDatabase({ workspaceDir }),
    ]);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    for (const { value } of won) t.after(() => value.stop());
    assert.equal(won.length, 1);
  });

  test('comes up after kill -9 of the workbench, whose server lived on', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    await keepNote(workbench.connectionString, 'before');
    await workbench.kill();
    const orphan = await postmasterOf(workspaceDir);
    assert.equal(isAlive(orphan), true);
    const events = await assertComesUp(workspaceDir, ['before']);
    assert.equal(events[0].kind, 'leftovers-stopped');
    assert.equal(isAlive(orphan), false);
  });

  test('comes up after kill -9 of everything', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    await keepNote(workbench.connectionString, 'committed');
    const postmaster = await postmasterOf(workspaceDir);
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], {
      encoding: 'utf8',
    });
    const all = [workbench.process.pid!, postmaster, ...children.trim().split(/\s+/).map(Number)];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await assertComesUp(workspaceDir, ['committed']);
  });

  test('what a killed postmaster leaves is recovered, and never noted as shut down', {
    skip: process.platform !== 'linux' && 'looks into /proc',
  }, async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    await keepNote(workbench.connectionString, 'committed');
    const sql = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`;
    const [{ pid }] = (await query(workbench.connectionString, sql)) as { pid: number }[];
    // As one that is at work for long, and sees late what is asked of it.
    process.kill(pid, 'SIGSTOP');
    process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
    await workbench.kill();
    const comesUp = assertComesUp(workspaceDir, ['committed']);
    const { SIGINT, SIGQUIT } = os.constants.signals;
    const endingSignals = (1n << BigInt(SIGINT - 1)) | (1n << BigInt(SIGQUIT - 1));
    await until(async () => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const [, pending] = /^ShdPnd:\s*([0-9a-f]+)$/m.exec(status)!;
      return (BigInt(`0x${pending}`) & endingSignals) !== 0n;
    });
    process.kill(pid, 'SIGCONT');
    await comesUp;
    const log = await readFile(path.join(workspaceDir, 'postgres', 'server.log'), 'utf8');
    assert.match(log, /database system was interrupted/);
  });

  test('comes up after kill -9 of workbench and postmaster while a query computes', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    await keepNote(workbench.connectionString, 'committed');
    const busy = query(
      workbench.connectionString,
      'SELECT count(*) FROM generate_series(1, 1e12::bigint)',
    ).catch(() => {});
    await until(async () => {
      const sql = `SELECT FROM pg_stat_activity WHERE query LIKE '%1e12%' AND pid <> pg_backend_pid()`;
      return (await query(workbench.connectionString, sql)).length === 1;
    });
    process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
    await workbench.kill();
    await assertComesUp(workspaceDir, ['committed']);
    await busy;
  });

  test('tells of a crash and restarts the server at the same address', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const events: DatabaseEvent[] = [];
    const database = await startDatabase({ workspaceDir, onEvent: (event) => events.push(event) });
    t.after(() => database.stop());
    await keepNote(database.connectionString, 'before');
    for (let crashes = 1; crashes <= 2; crashes++) {
      process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
      await until(() => events.length === 2 * crashes);
    }
    assert.deepEqual(
      events.map((event) => event.kind),
      ['crashed', 'restarted', 'crashed', 'restarted'],
    );
    assert.deepEqual(await query(database.connectionString, 'SELECT note FROM kept'), [
      { note: 'before' },
    ]);
  });

  test('gives up on a server that cannot stay up, says why, and still stops', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const events: DatabaseEvent[] = [];
    const database = await startDatabase({ workspaceDir, onEvent: (event) => events.push(event) });
    t.after(() => database.stop());
    const data = path.join(workspaceDir, 'postgres', 'cluster', 'data');
    await rm(path.join(data, 'global', 'pg_control'));
    process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
    await until(() => events.length === 2);
    const [, last] = events;
    assert.ok(last.kind === 'gave-up');
    assert.equal((last.error as { code: string }).code, 'database-damaged');
    await database.stop();
  });

  test('stops the server on SIGTERM, and only then ends', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    const postmaster = await postmasterOf(workspaceDir);
    const ended = once(workbench.process, 'exit');
    workbench.process.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(isAlive(postmaster), false);
  });

  test('keeps the server out of reach of the terminal', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const workbench = await startWorkbench(t, workspaceDir);
    const groupOf = (pid: number) =>
      execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    assert.notEqual(
      groupOf(await postmasterOf(workspaceDir)),
      groupOf(workbench.process.pid as number),
    );
    workbench.process.kill('SIGTERM');
    await once(workbench.process, 'exit');
  });

  test('begins again when the making of the cluster was cut off', async (t) => {
    const workspaceDir = await makeWorkspace(t);
    const databaseDir = path.join(workspaceDir, 'postgres');
    const entries = () => readdir(databaseDir).catch((): string[] => []);
    const workbench = spawnWorkbench(t, workspaceDir);
    await until(async () => {
      const name = (await entries()).find((entry) => entry.startsWith('initialising-'));
      if (name === undefined) return false;
      const made = await readdir(path.join(databaseDir, name, 'data')).catch((): string[] => []);
      return made.includes('global');
    });
    const ended = once(workbench, 'exit');
    workbench.kill('SIGKILL');
    await ended;
    assert.equal((await entries()).includes('cluster'), false);
    await assertComesUp(workspaceDir);
    await assertComesUp(workspaceDir);
    assert.deepEqual((await entries()).sort(), ['cluster', 'server.log']);
  });

  test('does not mistake another program for its server when the process id was given away', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    await assertComesUp(workspaceDir);
    const file = path.join(workspaceDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
    await writeFile(
      file,
      `${process.pid}\n${path.dirname(file)}\n1\n5432\n\n127.0.0.1\n 1 1\nready\n`,
    );
    await assertComesUp(workspaceDir);
  });
});

describe('a full disk', () => {
  test('is named when the cluster is made, and leaves nothing of it', async (t) => {
    const disk = await mountSmallDisk(t, 30);
    if (disk === null) return t.skip('needs to mount a file system');
    const workspaceDir = path.join(disk, 'workspace');
    await assert.rejects(startDatabase({ workspaceDir }), { code: 'disk-full' });
    assert.deepEqual(await readdir(path.join(workspaceDir, 'postgres')), []);
  });

  test('is named when a server starts, which comes up when there is space', async (t) => {
    const disk = await mountSmallDisk(t, 120);
    if (disk === null) return t.skip('needs to mount a file system');
    const workspaceDir = path.join(disk, 'workspace');
    const workbench = await startWorkbench(t, workspaceDir);
    await keepNote(workbench.connectionString, 'before');
    process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
    await workbench.kill();
    const filler = path.join(disk, 'filler');
    execFileSync('sh', ['-c', 'cat /dev/zero > "$0" || true', filler], { stdio: 'ignore' });
    await assert.rejects(startDatabase({ workspaceDir }), { code: 'disk-full' });
    await rm(filler);
    await assertComesUp(workspaceDir, ['before']);
  });

  test('keeps a crashed server from starting only until there is space', async (t) => {
    const disk = await mountSmallDisk(t, 120);
    if (disk === null) return t.skip('needs to mount a file system');
    const workspaceDir = path.join(disk, 'workspace');
    const events: DatabaseEvent[] = [];
    const database = await startDatabase({ workspaceDir, onEvent: (event) => events.push(event) });
    t.after(() => database.stop());
    await keepNote(database.connectionString, 'before');
    const filler = path.join(disk, 'filler');
    execFileSync('sh', ['-c', 'cat /dev/zero > "$0" || true', filler], { stdio: 'ignore' });
    process.kill(await postmasterOf(workspaceDir), 'SIGKILL');
    await until(() => events.some(({ kind }) => kind === 'waiting-for-space'));
    await rm(filler);
    await until(() => events.some(({ kind }) => kind === 'restarted'));
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['crashed', 'waiting-for-space', 'restarted'],
    );
    assert.equal((await query(database.connectionString, 'SELECT note FROM kept')).length, 1);
  });
});

describe('a database folder that cannot be used', () => {
  async function damaged(t: TestContext, damage: (data: string) => Promise<void>): Promise<string> {
    const workspaceDir = await makeFilledWorkspace(t);
    await damage(path.join(workspaceDir, 'postgres', 'cluster', 'data'));
    return workspaceDir;
  }

  test('of another PostgreSQL is refused by name and left alone', async (t) => {
    const workspaceDir = await damaged(t, (data) =>
      writeFile(path.join(data, 'PG_VERSION'), '17\n'),
    );
    await assert.rejects(startDatabase({ workspaceDir }), {
      code: 'database-version-mismatch',
      message: /expected a database folder of PostgreSQL 18, found one of PostgreSQL 17\./,
    });
  });

  test('without its version, its password or its control file is called damaged', async (t) => {
    for (const lost of ['PG_VERSION', '../password', 'global/pg_control']) {
      const workspaceDir = await damaged(t, (data) => rm(path.join(data, lost)));
      await assert.rejects(startDatabase({ workspaceDir }), { code: 'database-damaged' }, lost);
      // The refusal gave the workspace back: the next one says the same, not "in use".
      await assert.rejects(startDatabase({ workspaceDir }), { code: 'database-damaged' }, lost);
    }
  });

  test('that others may enter is refused, saying so', {
    skip: process.platform === 'win32',
  }, async (t) => {
    const workspaceDir = await damaged(t, (data) => chmod(data, 0o777));
    await assert.rejects(startDatabase({ workspaceDir }), {
      code: 'database-start-failed',
      message: /mode 0700\), found data directory .* has invalid permissions/,
    });
  });

  test('with a scrambled log is called damaged, quoting the server', async (t) => {
    const workspaceDir = await damaged(t, async (data) => {
      for (const name of await readdir(path.join(data, 'pg_wal'))) {
        if (/^[0-9A-F]{24}$/.test(name)) {
          await writeFile(path.join(data, 'pg_wal', name), Buffer.alloc(16 * 2 ** 20, 1));
        }
      }
    });
    await assert.rejects(startDatabase({ workspaceDir }), {
      code: 'database-damaged',
      message: /checkpoint record/,
    });
  });
});

describe('DATABASE_URL', () => {
  async function otherDatabase(t: TestContext): Promise<string> {
    const { connectionString, stop } = await startDatabase({
      workspaceDir: await makeFilledWorkspace(t),
    });
    t.after(stop);
    return connectionString;
  }
  const open = (workspaceDir: string, url: string) =>
    connectionFromEnvironment({ workspaceDir, environment: { DATABASE_URL: url } });

  test('takes the place of the embedded database, which is not made', async (t) => {
    const url = await otherDatabase(t);
    const workspaceDir = await makeWorkspace(t, 'empty');
    const database = await open(workspaceDir, url);
    assert.equal(database.connectionString, url);
    await assert.rejects(stat(path.join(workspaceDir, 'postgres')), { code: 'ENOENT' });
    await database.stop();
  });

  test('is taken by one workbench at a time, whichever their folders', async (t) => {
    const url = await otherDatabase(t);
    const [one, other] = [await makeWorkspace(t, 'one'), await makeWorkspace(t, 'other')];
    const first = await open(one, url);
    await assert.rejects(open(one, url), { code: 'workspace-in-use' });
    await assert.rejects(open(other, url), {
      code: 'database-in-use',
      message: new RegExp(
        `^DATABASE_URL \\(127\\.0\\.0\\.1:\\d+/migaki\\): expected .* process ${process.pid} on .* since 2`,
      ),
    });
    await first.stop();
    const second = await open(other, url);
    await assert.rejects(open(one, url), { code: 'database-in-use' });
    await second.stop();
  });

  test('that leads nowhere is refused in one sentence without the password', async (t) => {
    const workspaceDir = await makeFilledWorkspace(t);
    const nobody = new URL(await otherDatabase(t));
    nobody.password = 'guessed-secret';
    const urls = {
      'postgresql://me:guessed-secret@127.0.0.1:1/migaki': /lets us in, found .*ECONNREFUSED/,
      [nobody.href]: /lets us in, found password authentication failed/,
      'guessed-secret': /an address such as postgres:.* found something else/,
      'mysql://me:guessed-secret@127.0.0.1/x': /an address such as postgres:/,
    };
    for (const [url, reason] of Object.entries(urls)) {
      await assert.rejects(open(workspaceDir, url), (error: StoreError) => {
        assert.equal(error.code, 'database-unreachable', url);
        assert.match(error.message, /^DATABASE_URL.*: expected a/);
        assert.match(error.message, reason);
        assert.doesNotMatch(error.message, /guessed-secret/);
        return true;
      });
    }
  });
});
