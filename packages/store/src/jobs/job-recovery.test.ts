import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { migrate } from '../database/migrate.ts';
import { openStore, type Store } from '../database/store.ts';
import { openPool } from '../postgres/open-pool.ts';
import { startDatabase } from '../postgres/start-database.ts';
import { makeFilledWorkspace } from '../postgres/testing.ts';
import { testStore } from '../testing/test-store.ts';
import { openJobs } from './jobs.ts';
import { openTestJobs, somebody, until, untilFinished, untilState } from './testing.ts';

const connectionOf = ({ pool }: Store): string => {
  const { host, user, database } = pool.options;
  return JSON.stringify({ host, user, database });
};

function startWorkerProcess(t: TestContext, store: Store, ...more: string[]): ChildProcess {
  const entry = new URL('./testing-worker.ts', import.meta.url).pathname;
  const worker = spawn(process.execPath, [entry, connectionOf(store), ...more], {
    stdio: 'inherit',
  });
  t.after(() => worker.kill('SIGKILL'));
  return worker;
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(worker, 'exit');
  worker.kill(signal);
  await ended;
}

async function storeWithNumbers(): Promise<Store> {
  const store = await testStore();
  await store.pool.query('create table written (number int)');
  return store;
}

const written = async ({ pool }: Store): Promise<number[]> =>
  (await pool.query('select number from written order by number')).rows.map((row) => row.number);

describe('a worker that is killed', () => {
  test('loses its job to another, which completes it with every effect once', async (t) => {
    const store = await storeWithNumbers();
    const jobs = await openTestJobs(t, store);
    const worker = startWorkerProcess(t, store);
    const id = await jobs.enqueue({ ...somebody, kind: 'write-numbers', params: { count: 150 } });
    await until(async () => (await written(store)).length > 20);
    const successor = startWorkerProcess(t, store);
    await end(worker, 'SIGKILL');
    const job = await untilFinished(jobs, id);
    assert.deepEqual([job.state, job.attempt], ['succeeded', 2]);
    assert.deepEqual(
      await written(store),
      Array.from({ length: 150 }, (_, number) => number),
    );
    await end(successor, 'SIGTERM');
  });

  test('finds its job again at once when nobody else can have it', async (t) => {
    const store = await storeWithNumbers();
    const jobs = await openTestJobs(t, store);
    const id = await jobs.enqueue({ ...somebody, kind: 'write-numbers', params: { count: 100 } });
    for (let kills = 1; kills <= 5; kills++) {
      const worker = startWorkerProcess(t, store, 'alone');
      await until(async () => (await written(store)).length > 15 * kills);
      await end(worker, 'SIGKILL');
    }
    const last = startWorkerProcess(t, store, 'alone');
    const job = await untilFinished(jobs, id);
    assert.deepEqual([job.state, job.attempt], ['succeeded', 1], 'ends of everything do not count');
    assert.deepEqual(
      await written(store),
      Array.from({ length: 100 }, (_, number) => number),
    );
    await end(last, 'SIGTERM');
  });

  test('gives its job up at once to whoever saw it die', async (t) => {
    const store = await storeWithNumbers();
    const jobs = await openTestJobs(t, store);
    const worker = startWorkerProcess(t, store);
    const id = await jobs.enqueue({ ...somebody, kind: 'write-numbers', params: { count: 60 } });
    await until(async () => (await written(store)).length > 20);
    await end(worker, 'SIGKILL');
    assert.equal((await jobs.get(id)).state, 'running', 'nobody has noticed yet');
    await jobs.release([id]);
    assert.equal((await jobs.get(id)).state, 'queued');
    const successor = startWorkerProcess(t, store);
    const job = await untilFinished(jobs, id);
    assert.deepEqual([job.state, job.attempt], ['succeeded', 2]);
    assert.equal((await written(store)).length, 60);
    await jobs.release([id]);
    assert.equal((await jobs.get(id)).state, 'succeeded', 'what is over stays over');
    await end(successor, 'SIGTERM');
  });

  test('by the job itself, time after time, is not given it for ever', async (t) => {
    const store = await storeWithNumbers();
    const jobs = await openTestJobs(t, store);
    const id = await jobs.enqueue({ ...somebody, kind: 'kill-yourself' });
    for (let start = 1; start <= 4; start++) {
      await once(startWorkerProcess(t, store), 'exit');
      await jobs.release([id]);
    }
    const survivor = startWorkerProcess(t, store);
    const job = await untilFinished(jobs, id);
    assert.equal(job.state, 'failed');
    assert.match(job.error?.message ?? '', /ended without a word, 4 times/);
    await end(survivor, 'SIGTERM');
  });
});

test('a database that goes away and comes back keeps its jobs running', async (t) => {
  const workspaceDir = await makeFilledWorkspace(t);
  const database = await startDatabase({ workspaceDir });
  const pool = openPool(database.connectionString);
  await migrate(pool);
  const store = openStore({ pool });
  const jobs = await openJobs(store);
  t.after(async () => {
    await jobs.stop();
    await pool.end();
    await database.stop();
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  jobs.registerHandler('patient', async ({ progress, attempt }) => {
    progress(1, 2);
    await released;
    progress(2, 2);
    return attempt;
  });
  const events: string[] = [];
  (async () => {
    for await (const event of jobs.watch()) events.push(event.type);
  })();
  const id = await jobs.enqueue({ ...somebody, kind: 'patient' });
  await untilState(jobs, id, 'running');
  const pidFile = path.join(workspaceDir, 'postgres/cluster/data/postmaster.pid');
  process.kill(Number.parseInt(await readFile(pidFile, 'utf8'), 10), 'SIGKILL');
  release();
  await until(async () => events.includes('resynchronise'));
  const job = await untilFinished(jobs, id);
  assert.deepEqual([job.state, job.result, job.progress.done], ['succeeded', 1, 2]);
  // The queue and the announcements work as before.
  assert.equal(
    (await untilFinished(jobs, await jobs.enqueue({ ...somebody, kind: 'patient' }))).state,
    'succeeded',
  );
});
