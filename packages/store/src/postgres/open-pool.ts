// The one way to make a pool of connections: it bears that the database goes away.

import pg from 'pg';

/** Below the server's `max_connections`, with room for a command line beside the workbench. */
const LARGEST_POOL = 16;

/** A database behind a broken network does not refuse, it is silent. */
const CONNECT_LIMIT_MILLIS = 15_000;

/**
 * Opens connections as they are needed. A connection that is lost shows as the failure of the query
 * that used it, and the next query gets a new one.
 *
 * @example
 * const pool = openPool(database.connectionString);
 */
export function openPool(connectionString: string, max = LARGEST_POOL): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_LIMIT_MILLIS,
    application_name: 'migaki',
  });
  // Without a listener Node ends the process. The pool listens to idle connections and reports them
  // here; nobody listens to one that is lost between two statements of a transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
