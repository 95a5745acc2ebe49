// A process that runs jobs, for tests that kill it. Its argument is the configuration of the pool.

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { databaseOf, openStore } from '../database/store.ts';
import { openJobs } from './jobs.ts';

const pool = new pg.Pool(JSON.parse(process.argv[2]));
pool.on('error', () => {});
const store = openStore({ pool });
const jobs = await openJobs(store, { isAlone: process.argv[3] === 'alone' });

// Writes the numbers below `count`, each in one transaction with the checkpoint that says so.
jobs.registerHandler<{ count: number }>('write-numbers', async (context) => {
  const { params, signal, progress } = context;
  for (let next = Number(context.resumeFrom ?? 0); next < params.count; next++) {
    signal.throwIfAborted();
    await databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        await sql`insert into written (number) values (${next})`.execute(transaction);
        await context.checkpoint(next + 1, transaction);
      });
    progress(next + 1, params.count, 'numbers');
    await sleep(20);
  }
});

jobs.registerHandler('kill-yourself', async () => {
  process.kill(process.pid, 'SIGKILL');
});

process.once('SIGTERM', async () => {
  await jobs.stop();
  await pool.end();
});
