// All that a backup holds of the database, as it was at one moment, however long the reading takes and whoever
// changes it meanwhile.

import type { Readable } from 'node:stream';
import { escapeIdentifier, type PoolClient } from 'pg';
import { copyOut } from '../database/copy-out.ts';
import { type Store, withConnection } from '../database/store.ts';
import { type CarriedTable, copyTarget, describeTables } from './carried-table.ts';
import { blobColumn, everCarriedTables } from './carried-tables.ts';

export interface SnapshotTable extends CarriedTable {
  rowCount: number;
}

export interface Snapshot {
  /** Those that made the schema, in their order. */
  migrations: string[];
  tables: SnapshotTable[];
  /** Of distinct blobs that the tables name. */
  blobCount: number;
  /** The rows of a table in COPY's text form. To be read to the end before anything else is asked. */
  rows(table: SnapshotTable): Readable;
  /** The SHA-256 of every blob that the tables name, in order; asks between what else is read. */
  blobs(): AsyncIterable<string>;
}

const BLOBS_PER_FETCH = 1_000;

/**
 * Works on the database as it is now, for as long as `work` takes.
 *
 * @example
 * await withSnapshot(store, async (snapshot) => {
 *   for (const table of snapshot.tables) await pipeline(snapshot.rows(table), fileOf(table.name));
 * });
 */
export function withSnapshot<Result>(
  store: Store,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  return withConnection(store, async ({ client }) => {
    await client.query('begin isolation level repeatable read read only');
    // Values as any server and any session reads them back.
    await client.query("set local datestyle = 'ISO'; set local timezone = 'UTC'");
    await client.query("set local extra_float_digits = 1; set local client_encoding = 'UTF8'");
    const result = await work(await takeSnapshot(client));
    await client.query('commit');
    return result;
  });
}

async function takeSnapshot(client: PoolClient): Promise<Snapshot> {
  const migrations = await client.query<{ name: string; schema: string }>(
    'select name, current_schema() as schema from migration order by name',
  );
  const [{ schema }] = migrations.rows;
  const described = await describeTables(client, schema, everCarriedTables);
  const tables: SnapshotTable[] = [];
  for (const table of described) {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from ${escapeIdentifier(table.name)}`,
    );
    tables.push({ ...table, rowCount: Number(rows[0].count) });
  }
  const named = described
    .filter(({ columns }) => columns.includes(blobColumn))
    .map(({ name }) => `select ${blobColumn} from ${escapeIdentifier(name)}`)
    .join(' union ');
  const blobs = `select encode(${blobColumn}, 'hex') as sha256 from (${named}) as named
    where ${blobColumn} is not null`;
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from (${blobs}) as every_blob`,
  );
  return {
    migrations: migrations.rows.map(({ name }) => name),
    tables,
    blobCount: Number(rows[0].count),
    rows: (table) => copyOut(client, copyTarget(schema, table)),
    async *blobs() {
      await client.query(`declare named_blob no scroll cursor for ${blobs} order by 1`);
      for (;;) {
        const fetched = await client.query<{ sha256: string }>(
          `fetch ${BLOBS_PER_FETCH} from named_blob`,
        );
        if (fetched.rows.length === 0) break;
        for (const { sha256 } of fetched.rows) yield sha256;
      }
      await client.query('close named_blob');
    },
  };
}

/** Those of the blobs that nothing in the database names. */
export async function unnamedBlobs(store: Store, hashes: readonly string[]): Promise<string[]> {
  return withConnection(store, async ({ client }) => {
    const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
    const named = new Set<string>();
    for (const { name, columns } of await describeTables(
      client,
      rows[0].schema,
      everCarriedTables,
    )) {
      if (!columns.includes(blobColumn)) continue;
      const found = await client.query<{ sha256: string }>(
        `select encode(${blobColumn}, 'hex') as sha256 from ${escapeIdentifier(name)}
         where ${blobColumn} = any($1)`,
        [hashes.map((hash) => Buffer.from(hash, 'hex'))],
      );
      for (const { sha256 } of found.rows) named.add(sha256);
    }
    return hashes.filter((hash) => !named.has(hash));
  });
}
