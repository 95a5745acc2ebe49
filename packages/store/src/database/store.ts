// The handle that every function of this package takes first, and the ways to the database behind it.

import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { pgTypes } from './pg-types.ts';
import { preparedName } from './prepared.ts';
import type { Tables } from './tables.ts';

/** What `openStore` gives. Nothing is cached in it that another process could make stale without our noticing. */
export interface Store {
  readonly pool: Pool;
}

interface OpenStore extends Store {
  readonly db: Database;
}

/** Runs statements: in a transaction or outside. */
export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;

/** Runs statements of others inside a transaction of ours; has the shape that pg-boss asks for. */
export interface SqlExecutor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * A store over a pool whose database `migrate` has brought up to date. The pool stays its owner's to end.
 *
 * @example
 * const store = openStore({ pool });
 * const datasets = await listDatasets(store);
 */
export function openStore({ pool }: { pool: Pool }): Store {
  const store: OpenStore = { pool, db: databaseOver(pool, () => pool.connect()) };
  return store;
}

/** For this package only: other packages call functions, not SQL. */
export function databaseOf(store: Store): Database {
  return (store as OpenStore).db;
}

/**
 * Work that needs one connection for more than a transaction: temporary tables and COPY. All statements of `db` run
 * on `client`. The connection is thrown away where the work fails, so that nothing of it can leak into the next.
 */
export async function withConnection<Result>(
  store: Store,
  work: (connection: { db: Database; client: PoolClient }) => Promise<Result>,
): Promise<Result> {
  const client = await store.pool.connect();
  let failure: Error | undefined;
  // A connection that is lost between two statements shows in the next one; without a listener it would end Node.
  const ignore = () => {};
  client.on('error', ignore);
  try {
    return await work({
      client,
      db: databaseOver(
        store.pool,
        async () => client,
        () => {},
      ),
    });
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(failure);
  }
}

export function executorOf(transaction: DatabaseTransaction): SqlExecutor {
  return {
    async executeSql(text, values = []) {
      const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}

/** Kysely over connections whose every query parses values our way, whatever the pool was told. */
function databaseOver(
  pool: Pool,
  connect: () => Promise<PoolClient>,
  release = (client: PoolClient, destroy?: boolean) => client.release(destroy),
): Database {
  const wrappers = new WeakMap<PoolClient, PostgresPoolClient>();
  const wrapped = (client: PoolClient): PostgresPoolClient => {
    const known = wrappers.get(client);
    if (known !== undefined) return known;
    const wrapper = {
      query: (text: string, values: unknown[]) =>
        client.query({ name: preparedName(text), text, values, types: pgTypes }),
      release: (destroy?: boolean) => release(client, destroy),
    } as unknown as PostgresPoolClient;
    wrappers.set(client, wrapper);
    return wrapper;
  };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => wrapped(await connect()),
        end: async () => {},
        options: pool.options,
      },
    }),
  });
}
