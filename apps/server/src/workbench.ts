// A workbench: everything that runs while someone works, brought up in order and taken down in reverse. This is the one
// place that builds database, blobs, queue and workers, and hands each service just what it uses.

import { homedir, hostname, networkInterfaces } from 'node:os';
import type { Permission } from '@migaki/api';
import {
  type ClaimEvent,
  cancelLostRuns,
  connectionFromEnvironment,
  type DatabaseEvent,
  findApiToken,
  isDatabaseAway,
  lookForPictures,
  migrate,
  openFolderBlobs,
  openJobs,
  openPool,
  openStore,
  type StoreError,
} from '@migaki/store';
import { pino } from 'pino';
import { loopbackHosts } from './endpoints/allowed-endpoint.ts';
import { openEvents } from './events.ts';
import { backupHandlers } from './handlers/backups.ts';
import { datasetHandlers } from './handlers/datasets.ts';
import { editHandlers } from './handlers/edits.ts';
import { embeddingHandlers } from './handlers/embeddings.ts';
import { evaluationHandlers } from './handlers/evaluations.ts';
import { imageHandlers } from './handlers/images.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { mistakeHandlers } from './handlers/mistakes.ts';
import { modelHandlers } from './handlers/models.ts';
import { preannotationHandlers } from './handlers/preannotation.ts';
import { proposalCheckHandlers } from './handlers/proposal-checks.ts';
import { runHandlers } from './handlers/runs.ts';
import { savingsHandlers } from './handlers/savings.ts';
import { sessionHandlers } from './handlers/sessions.ts';
import { transferHandlers } from './handlers/transfers.ts';
import { versionHandlers } from './handlers/versions.ts';
import { workTimeHandlers } from './handlers/work-time.ts';
import { createAccess } from './http/access.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { removeStaleExports } from './jobs/export/stale-exports.ts';
import { jobHooks } from './jobs/job-hooks.ts';
import { createPictureService } from './pictures/picture-service.ts';
import { createTileService } from './pictures/tile-service.ts';
import { productVersion } from './product-version.ts';
import { openSecrets } from './secrets.ts';
import { openUploads } from './uploads/uploads.ts';
import { startWorkers } from './workers/worker-pool.ts';
import { openWorkspaceFolders } from './workspace-folders.ts';

export interface WorkbenchOptions {
  /** The workspace: made where there is none. */
  workspaceDir: string;
  /** Default: 127.0.0.1, which nobody else can reach. */
  host?: string;
  /** 0 takes any free one. */
  port?: number;
  /** Further names under which the workbench may be called, besides those of this machine. */
  allowedHosts?: readonly string[];
  /** Folders from which may be imported by path. Default: the user's home and the current folder. */
  allowedFolders?: readonly string[];
  /** Machines and addresses whose models may be asked to propose. Default: this machine, unless others can reach the workbench. */
  allowedEndpoints?: readonly string[];
  /** How many processes run jobs. */
  workerCount?: number;
  /** The built pages. */
  webFolder?: string;
  /** A PostgreSQL to use in place of the embedded one. Default: `DATABASE_URL` of the environment. */
  databaseUrl?: string;
  onEvent?: (event: WorkbenchEvent) => void;
}

export type WorkbenchEvent =
  | { kind: 'database'; event: DatabaseEvent | ClaimEvent }
  /** Files that the database speaks of are not in this workspace: it was used with another one. */
  | { kind: 'pictures-elsewhere'; folder: string; checked: number; missing: number }
  | { kind: 'worker-ended'; how: string }
  | { kind: 'fault'; message: string };

export interface Workbench {
  /** `http://127.0.0.1:4600` */
  address: string;
  /** Lets its holder do everything. */
  loginToken: string;
  /** Process ids of the workers. */
  workerPids(): number[];
  /** Resolves, with why, when the workbench stops by itself: another one has taken its database. */
  lost: Promise<StoreError>;
  /** May be called twice. */
  stop(): Promise<void>;
}

const housekeepingMillis = 3600 * 1000;

/**
 * Starts a workbench and answers when it can be called.
 *
 * @throws StoreError `workspace-in-use`, `database-…`, `newer-database`, `disk-full`; an error with the code
 *   `EADDRINUSE` for a port that is taken. Nothing runs then.
 * @example
 * const { address, loginToken, stop } = await startWorkbench({ workspaceDir: '/data/workspace', port: 4600 });
 */
export async function startWorkbench({
  workspaceDir,
  host = '127.0.0.1',
  port = 0,
  allowedHosts = [],
  allowedFolders = usualFolders(),
  allowedEndpoints = usualEndpoints(host),
  workerCount = 1,
  webFolder,
  databaseUrl = process.env.DATABASE_URL,
  onEvent = () => {},
}: WorkbenchOptions): Promise<Workbench> {
  const undo: (() => unknown)[] = [];
  const tearDown = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const lost = Promise.withResolvers<StoreError>();
  const onError = (error: Error) => {
    // That the database is away is told once, by who watches it.
    if (!isDatabaseAway(error)) onEvent({ kind: 'fault', message: error.message });
  };
  try {
    const folders = await openWorkspaceFolders(workspaceDir);
    const database = await connectionFromEnvironment({
      workspaceDir: folders.root,
      environment: { DATABASE_URL: databaseUrl },
      onEvent: (event) => {
        onEvent({ kind: 'database', event });
        if (event.kind === 'taken') tearDown().then(() => lost.resolve(event.error), onError);
      },
    });
    undo.push(() => database.stop());
    const pool = openPool(database.connectionString);
    undo.push(() => pool.end());
    await migrate(pool);
    const secrets = await openSecrets(folders.root);
    const store = openStore({ pool });
    const blobs = await openFolderBlobs(folders.blobs, { leftoverAgeMillis: 0 });
    const looked = await lookForPictures(store, blobs);
    if (looked.missing > 0) {
      onEvent({ kind: 'pictures-elsewhere', folder: folders.root, ...looked });
    }
    const jobs = await openJobs(store, {
      isAlone: true,
      hooks: jobHooks,
      onError,
    });
    undo.push(() => jobs.stop());
    await cancelLostRuns(store);

    const events = openEvents(store, jobs);
    undo.push(() => events.stop());
    const tiles = createTileService(blobs);
    undo.push(() => tiles.stop());
    const uploads = openUploads(folders.uploads);
    const access = createAccess({
      ...secrets,
      allowedHosts: new Set([...namesOfThisMachine(host), ...allowedHosts]),
      findToken: async (secret) => {
        const token = await findApiToken(store, secret);
        if (token === null) return null;
        return { user: token.name, permissions: token.permissions as Permission[] };
      },
    });
    const version = productVersion();
    const app = await createHttpServer({
      handlers: {
        ...datasetHandlers(store),
        ...imageHandlers(store, createPictureService(blobs), tiles),
        ...editHandlers(store),
        ...versionHandlers(store),
        ...workTimeHandlers(store),
        ...runHandlers({ store, blobs, jobs, folders, allowedFolders }),
        ...modelHandlers(store, blobs),
        ...evaluationHandlers(store, jobs),
        ...preannotationHandlers({
          store,
          jobs,
          uploads,
          allowedFolders,
          allowedEndpoints,
        }),
        ...mistakeHandlers(store, jobs),
        ...proposalCheckHandlers(store),
        ...savingsHandlers(store),
        ...embeddingHandlers(store, jobs),
        ...transferHandlers({
          store,
          jobs,
          uploads,
          allowedFolders,
          exportsFolder: folders.exports,
        }),
        ...backupHandlers({ jobs, allowedFolders, exportsFolder: folders.exports }),
        ...jobHandlers(jobs, events.subscribe),
        ...sessionHandlers(store, access, version),
      },
      access,
      uploads,
      version,
      log: pino({ level: 'error' }, pino.destination({ dest: 2, sync: true })),
      webFolder,
    });
    undo.push(() => app.close());
    const listened = await app.listen({ host, port });
    const workers = startWorkers({
      count: workerCount,
      settings: { connectionString: database.connectionString, folders },
      onEnd: (how, jobIds) => {
        onEvent({ kind: 'worker-ended', how });
        // Where the database is away as well, they are found later.
        jobs.release(jobIds).catch(onError);
      },
    });
    undo.push(() => workers.stop());
    const keepHouse = async () => {
      await uploads.removeStale(new Date());
      await removeStaleExports(folders.exports, new Date());
    };
    const housekeeping = setInterval(() => keepHouse().catch(onError), housekeepingMillis);
    undo.push(() => clearInterval(housekeeping));
    await keepHouse();

    const address = callableAddress(host, new URL(listened).port);
    database.announce(`${address}/?token=${secrets.loginToken}`);
    return {
      address,
      loginToken: secrets.loginToken,
      workerPids: workers.pids,
      lost: lost.promise,
      stop: tearDown,
    };
  } catch (error) {
    await tearDown();
    throw error;
  }
}

/** From which anybody who may import does so by path, unless others are named. */
export const usualFolders = (): string[] => [homedir(), process.cwd()];

/** Which may be asked to propose, unless others are named: this machine, where nobody from elsewhere is let in. */
export const usualEndpoints = (host: string): readonly string[] =>
  loopbackHosts.includes(bracketed(host)) ? loopbackHosts : [];

/** An address that a browser on this machine can open. */
function callableAddress(host: string, port: string): string {
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere ? '127.0.0.1' : bracketed(host);
  return `http://${name}:${port}`;
}

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** What a browser may have in its address line; anything else was made to point at us by somebody. */
function namesOfThisMachine(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') {
    return [...loopbackHosts, bracketed(host).toLowerCase()];
  }
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [
    ...loopbackHosts,
    hostname().toLowerCase(),
    ...addresses.map(({ address }) => bracketed(address)),
  ];
}
