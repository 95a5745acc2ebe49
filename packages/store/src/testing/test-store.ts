// Gives each test a store on a database of its own, made from a template that has been migrated once.

import { after } from 'node:test';
import type { Pool } from 'pg';
import { migrate } from '../database/migrate.ts';
import { openStore, type Store } from '../database/store.ts';
import { preparedCluster, startTestCluster, type TestCluster } from './test-cluster.ts';

const TEMPLATE = 'migaki';
let cluster: Promise<{ cluster: TestCluster; admin: Pool }> | undefined;
let databaseCount = 0;

/**
 * A store on a fresh, migrated database. It goes with the test process, so nothing needs to be closed.
 *
 * @example
 * test('…', async () => { const store = await testStore(); … });
 */
export async function testStore(): Promise<Store> {
  return openStore({ pool: await testDatabase(TEMPLATE) });
}

/** A pool on a fresh database: a copy of `template`, or an empty one. */
export async function testDatabase(template = 'template1'): Promise<Pool> {
  cluster ??= startWithTemplate();
  const { cluster: running, admin } = await cluster;
  const name = `test_${++databaseCount}`;
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  const pool = running.poolOn(name);
  pools.push(pool);
  return pool;
}

const pools: Pool[] = [];

async function startWithTemplate() {
  const running = await startTestCluster();
  const admin = running.poolOn('postgres', 1);
  pools.push(admin);
  if (preparedCluster === null) {
    await admin.query(`create database ${TEMPLATE}`);
    const pool = running.poolOn(TEMPLATE, 1);
    await migrate(pool);
    await pool.end();
  }
  return { cluster: running, admin };
}

after(async () => {
  if (cluster === undefined) return;
  await Promise.all(pools.map((pool) => pool.end()));
  await (await cluster).cluster.stop();
});
