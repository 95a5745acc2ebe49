// Puts the tables of a backup in the place of those that are there, in one transaction. They are loaded into a schema
// of their own, at the migrations that the backup was made with, brought up to date there, and only then swapped in: so
// people read the old data until the new is complete, and whatever ends it early leaves the old.

import { type Phrase, phrase, type Words } from '@migaki/coco';
import { escapeIdentifier, type PoolClient } from 'pg';
import { copyIn } from '../database/copy-in.ts';
import type { Migration } from '../database/migration.ts';
import { migrations as allMigrations } from '../database/migrations/index.ts';
import { type DatabaseTransaction, type Store, withConnection } from '../database/store.ts';
import { unfinishedJobStates } from '../jobs/job.ts';
import { StoreError } from '../store-error.ts';
import { copyTarget, describeTables } from './carried-table.ts';
import { carriedTables, everCarriedTables } from './carried-tables.ts';
import type { SnapshotTable } from './snapshot.ts';

export interface SavedSnapshot {
  migrations: readonly string[];
  tables: readonly SnapshotTable[];
  /** The rows of a table, as `Snapshot.rows` gave them. A stream that fails undoes everything. */
  rows(table: SnapshotTable): AsyncIterable<Uint8Array>;
}

export interface LoadOptions {
  /** Whether to put it in the place of what is there. Otherwise the workspace must be empty. */
  replace: boolean;
  /** The job that does this; others must not be under way. */
  jobId?: string;
  /** Runs last, in the transaction that everything happens in. */
  beforeCommit?: (transaction: DatabaseTransaction) => Promise<void>;
  /** The program's own; others for tests. */
  migrations?: readonly Migration[];
}

/** Where the tables lie until they are complete. Nobody else ever sees it. */
const STAGING = 'migaki_restore';

/**
 * @throws StoreError `newer-backup`, `bad-backup`, `workspace-not-empty`, `workspace-busy`, `disk-full`; what `rows`
 *   throws. Nothing has changed then.
 */
export async function loadSnapshot(
  store: Store,
  saved: SavedSnapshot,
  { replace, jobId, beforeCommit, migrations = allMigrations }: LoadOptions,
): Promise<void> {
  refuseNewer(saved.migrations, migrations);
  await withConnection(store, async ({ db, client }) => {
    await db.transaction().execute(async (transaction) => {
      const schema = await currentSchema(client);
      await refuseUnlessReady(client, { replace, jobId });
      try {
        await loadInto(client, saved, migrations);
      } catch (error) {
        throw contentError(error);
      }
      await client.query(`set local search_path = ${escapeIdentifier(schema)}`);
      await lockEverything(client);
      await refuseUnlessReady(client, { replace, jobId });
      await swap(client, schema, jobId);
      await beforeCommit?.(transaction);
    });
    // Index-only scans need what a vacuum notes. Where it fails, the server does it later by itself.
    const names = carriedTables.map(escapeIdentifier);
    await client.query(`vacuum (analyze) ${names.join(', ')}`).catch(() => {});
  });
}

/** Whether a restore may begin, asked before anything is read. @throws as `loadSnapshot` does */
export async function refuseUnlessLoadable(
  store: Store,
  saved: Pick<SavedSnapshot, 'migrations'>,
  { replace, jobId, migrations = allMigrations }: LoadOptions,
): Promise<void> {
  refuseNewer(saved.migrations, migrations);
  await withConnection(store, ({ client }) => refuseUnlessReady(client, { replace, jobId }));
}

/** @throws StoreError `workspace-busy` where another job than this one is under way */
export async function refuseUnlessAlone(store: Store, jobId: string): Promise<void> {
  await withConnection(store, ({ client }) => refuseOtherJobs(client, jobId));
}

function refuseNewer(names: readonly string[], known: readonly Migration[]): void {
  const isKnown = names.length > 0 && names.every((name, index) => known[index]?.name === name);
  if (isKnown) return;
  throw new StoreError('newer-backup', {
    expected: phrase`a backup at ${known.at(-1)!.name} or before`,
    found: phrase`one at ${names.at(-1) ?? 'no migration'}`,
    advice: phrase`Update the program, then restore it again.`,
  });
}

async function refuseOtherJobs(client: PoolClient, jobId: string | undefined): Promise<void> {
  const { rows } = await client.query<{ title: Words; state: 'queued' | 'running' }>(
    'select title, state from job where state = any($1) and id is distinct from $2 order by number',
    [unfinishedJobStates, jobId ?? null],
  );
  if (rows.length === 0) return;
  const [{ title, state }] = rows;
  const first = phrase`“${title}” (${{ queued: phrase`queued`, running: phrase`running` }[state]})`;
  throw new StoreError('workspace-busy', {
    expected: phrase`no other jobs under way, whose data would be replaced beneath them`,
    found: rows.length === 1 ? first : phrase`${first} and ${rows.length - 1} more`,
    advice: phrase`Wait until they end, or cancel them.`,
  });
}

async function refuseUnlessReady(
  client: PoolClient,
  { replace, jobId }: Pick<LoadOptions, 'replace' | 'jobId'>,
): Promise<void> {
  await refuseOtherJobs(client, jobId);
  if (replace) return;
  // Everything else belongs to a dataset, or is a picture that none has any more.
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from dataset',
  );
  const [{ count }] = rows;
  if (count === 0) return;
  throw new StoreError('workspace-not-empty', {
    expected: phrase`an empty workspace`,
    found: count === 1 ? phrase`one with 1 dataset` : phrase`one with ${count} datasets`,
    advice: phrase`Restore into a new workspace, or have the backup replace what is here with --replace.`,
  });
}

async function currentSchema(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
  return rows[0].schema;
}

async function loadInto(
  client: PoolClient,
  saved: SavedSnapshot,
  migrations: readonly Migration[],
): Promise<void> {
  const [earlier, later] = [saved.migrations.length, migrations.length];
  await client.query(`create schema ${STAGING}`);
  await client.query(`set local search_path = ${STAGING}`);
  for (const { sql } of migrations.slice(0, earlier)) await client.query(sql);
  const tables = await describeTables(client, STAGING, everCarriedTables);
  refuseOtherTables(saved.tables, tables);
  const restoreChecks = await dropChecks(client);
  for (const table of tables) {
    const from = saved.tables.find(({ name }) => name === table.name)!;
    const target = copyTarget(STAGING, { ...table, columns: from.columns });
    const rowCount = await copyIn(client, target, saved.rows(from));
    if (rowCount !== from.rowCount) {
      throw badBackup(phrase`${from.rowCount} rows of ${from.name}`, String(rowCount));
    }
    for (const [column, last] of Object.entries(from.lastNumbers)) {
      if (last === null) continue;
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [
        escapeIdentifier(from.name),
        column,
        last,
      ]);
    }
  }
  await restoreChecks();
  for (const { sql } of migrations.slice(earlier, later)) await client.query(sql);
}

/** Names from the file get into SQL only where they are those of our own schema. */
function refuseOtherTables(
  found: readonly SnapshotTable[],
  expected: Awaited<ReturnType<typeof describeTables>>,
): void {
  const shapeOf = ({ name, columns, lastNumbers }: (typeof expected)[number]) =>
    [name, ...columns.toSorted(), '#', ...Object.keys(lastNumbers).toSorted()].join(' ');
  const [ours, theirs] = [expected, found].map((tables) => tables.map(shapeOf).toSorted());
  const differing = theirs.findIndex((shape, index) => shape !== ours[index]);
  if (ours.length === theirs.length && differing === -1) return;
  throw badBackup(
    phrase`the tables and columns that its migrations make`,
    theirs[differing]?.split(' ')[0] ?? phrase`${theirs.length} tables`,
  );
}

/**
 * Takes foreign keys and indexes away while rows come in, which is several times faster than keeping them up, and asks
 * for no order of the tables.
 *
 * @returns puts them back, which also checks the keys
 */
async function dropChecks(client: PoolClient): Promise<() => Promise<void>> {
  const keys = await foreignKeys(client, `conrelid in (${staged}) and confrelid in (${staged})`);
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index
     where indrelid in (${staged})
       and not exists (select from pg_constraint where conindid = indexrelid and contype <> 'f')`,
  );
  for (const { drop } of keys) await client.query(drop);
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return async () => {
    for (const { definition } of indexes.rows) await client.query(definition);
    for (const { add } of keys) await client.query(add);
  };
}

const staged = `select oid from pg_class where relnamespace = '${STAGING}'::regnamespace`;

/** Those for which a condition on `pg_constraint` holds, as statements in words of the current schema. */
async function foreignKeys(client: PoolClient, condition: string, values: unknown[] = []) {
  const { rows } = await client.query<{ add: string; drop: string }>(
    `select format('alter table %s add constraint %I %s', conrelid::regclass, conname,
         pg_get_constraintdef(oid)) as add,
       format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
     from pg_constraint where contype = 'f' and ${condition}`,
    values,
  );
  return rows;
}

/** Datasets before jobs, as everyone takes them, so that nobody waits for us while we wait for them. */
async function lockEverything(client: PoolClient): Promise<void> {
  const names = [...carriedTables, 'job'].map(escapeIdentifier);
  await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
}

async function swap(client: PoolClient, schema: string, jobId: string | undefined): Promise<void> {
  const names = carriedTables.map(escapeIdentifier);
  const carried =
    'select oid from pg_class where relnamespace = $1::regnamespace and relname = any($2)';
  const keys = await foreignKeys(
    client,
    `confrelid in (${carried}) and conrelid not in (${carried})`,
    [escapeIdentifier(schema), carriedTables],
  );
  for (const { drop } of keys) await client.query(drop);
  // Done again, a job would do to the new data what was meant for the old.
  await client.query('delete from job where id is distinct from $1', [jobId ?? null]);
  await client.query(`drop table ${names.join(', ')}`);
  for (const name of names) {
    await client.query(`alter table ${STAGING}.${name} set schema ${escapeIdentifier(schema)}`);
  }
  await client.query(`drop schema ${STAGING} cascade`);
  for (const { add } of keys) await client.query(add);
}

const badBackup = (expected: Phrase, found: Words): StoreError =>
  new StoreError('bad-backup', {
    expected,
    found,
    advice: phrase`The file is damaged or was changed. The workspace is as it was.`,
  });

/** What the server has against rows (SQLSTATE classes 22 and 23) is the file's fault; a full disk is nobody's. */
function contentError(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (error instanceof StoreError || code === undefined) return error;
  if (/^2[23]/.test(code)) return badBackup(phrase`rows that fit the tables`, message);
  return error;
}
