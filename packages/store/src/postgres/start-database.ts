// The embedded database as the workbench sees it: started, kept running, stopped. See
// docs/decisions/0006-database-blobs-jobs.md.

import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { nameDiskFull } from '../disk-full.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, clusterFolderIn, openCluster, SUPERUSER } from './cluster.ts';
import { stopLeftovers } from './leftovers.ts';
import {
  launchServer,
  PortTakenError,
  type ServerLaunch,
  type ServerProcess,
} from './server-process.ts';
import { chooseServerUser } from './server-user.ts';
import { type DatabaseEvent, supervise } from './supervise.ts';
import { lockWorkspace } from './workspace-lock.ts';

export interface RunningDatabase {
  /**
   * With the password. It stays the same for as long as the workbench runs. Nobody else works with this database, so
   * what is unfinished in it was left by the dead.
   */
  connectionString: string;
  /** Tells who finds the workspace in use where the workbench answers. */
  announce(address: string): void;
  /** Disconnects everyone, writes everything and ends the server. May be called twice. */
  stop(): Promise<void>;
}

const DATABASE = 'migaki';
const PORT_ATTEMPTS = 5;
const UNDEFINED_DATABASE = '3D000';

/**
 * Starts PostgreSQL in `workspaceDir` and takes the workspace for this process. Whatever an earlier
 * process left behind – a running server, half a cluster, a log to recover from – is dealt with.
 *
 * @throws StoreError `workspace-in-use`, `database-…`, `disk-full`
 * @example
 * const database = await startDatabase({ workspaceDir: '/data/workspace' });
 * const pool = openPool(database.connectionString);
 * await pool.end();
 * await database.stop();
 */
export async function startDatabase(options: {
  workspaceDir: string;
  onEvent?: (event: DatabaseEvent) => void;
}): Promise<RunningDatabase> {
  const workspaceDir = path.resolve(options.workspaceDir);
  const onEvent = options.onEvent ?? (() => {});
  const databaseDir = path.join(workspaceDir, 'postgres');
  const undo: (() => unknown)[] = [];
  try {
    const lock = lockWorkspace(workspaceDir);
    undo.push(lock.release);
    const user = await chooseServerUser(clusterFolderIn(databaseDir));
    const binaries = await findBinaries(user);
    const cluster = await openCluster(databaseDir, binaries, user);
    const pids = await stopLeftovers(cluster.dataFolder, binaries);
    if (pids.length > 0) onEvent({ kind: 'leftovers-stopped', pids });
    const logFile = path.join(databaseDir, 'server.log');
    const { server, launch } = await launchOnFreePort({ cluster, binaries, user, logFile });
    undo.push(() => server.stop());
    const connectionString = connectionStringTo(DATABASE, cluster, launch.port);
    await ensureDatabase(connectionString, connectionStringTo('postgres', cluster, launch.port));
    const supervised = supervise(server, launch, onEvent);
    let stopping: Promise<void> | null = null;
    const stop = async () => {
      await supervised.stop();
      lock.release();
    };
    return {
      connectionString,
      announce: lock.announce,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw nameDiskFull(error, workspaceDir);
  }
}

async function launchOnFreePort(
  launch: Omit<ServerLaunch, 'port'>,
): Promise<{ server: ServerProcess; launch: ServerLaunch }> {
  for (let attempt = 1; ; attempt++) {
    const withPort = { ...launch, port: await findFreePort() };
    try {
      return { server: await launchServer(withPort), launch: withPort };
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

const connectionStringTo = (database: string, { password }: Cluster, port: number): string =>
  `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

/** A first connection: proves the password, and makes our database in a new cluster. */
async function ensureDatabase(ours: string, administration: string): Promise<void> {
  const isThere = await withClient(ours, async () => true).catch((error) => {
    if (error.code === UNDEFINED_DATABASE) return false;
    throw error;
  });
  if (isThere) return;
  await withClient(administration, (client) => client.query(`CREATE DATABASE ${DATABASE}`));
}

async function withClient<Result>(
  connectionString: string,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {}); // a lost connection shows in the query that needed it
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
