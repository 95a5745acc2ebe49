// Brings a database to the schema of this program: forward only, one transaction per migration, and only one
// process at a time.

import { phrase } from '@migaki/coco';
import type { Pool, PoolClient } from 'pg';
import { StoreError } from '../store-error.ts';
import type { Migration } from './migration.ts';
import { migrations as allMigrations } from './migrations/index.ts';

/** Any number will do, as long as every process that migrates uses the same. */
const ADVISORY_LOCK = 6_247_425;

/**
 * Runs the migrations that the database lacks and answers their names.
 *
 * @throws StoreError `newer-database` where the database has migrations that this program does not know.
 * @example
 * await migrate(pool); // ['0001-datasets'] the first time, [] from then on
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[] = allMigrations,
): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    try {
      return await runMissing(client, migrations);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    }
  } finally {
    client.release();
  }
}

async function runMissing(client: PoolClient, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(
    'create table if not exists migration (name text primary key, ran_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  const ran = new Set(rows.map(({ name }) => name));
  const unknown = [...ran].filter((name) => migrations.every((known) => known.name !== name));
  if (unknown.length > 0) {
    throw new StoreError('newer-database', {
      expected: phrase`a database at ${migrations.at(-1)?.name ?? 'no migration'} or before`,
      found: phrase`one at ${unknown.at(-1)!}`,
      advice: phrase`Update the program, or restore a backup made with this version.`,
    });
  }
  const missing = migrations.filter(({ name }) => !ran.has(name));
  for (const { name, sql } of missing) {
    await client.query('begin');
    try {
      await client.query(sql);
      await client.query('insert into migration (name) values ($1)', [name]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw new Error(`The migration ${name} failed; the database is as before.`, { cause: error });
    }
  }
  return missing.map(({ name }) => name);
}
