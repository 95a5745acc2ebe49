// A process that runs jobs and nothing else. It gets its settings as its first message, because they hold a password;
// it ends when it is told to, or when the server that started it is gone.

import { once } from 'node:events';
import {
  isDatabaseAway,
  type Jobs,
  openFolderBlobs,
  openJobs,
  openPool,
  openStore,
} from '@migaki/store';
import { jobHooks } from '../jobs/job-hooks.ts';
import { registerJobs } from '../jobs/register-jobs.ts';
import { createPictureService } from '../pictures/picture-service.ts';
import type { WorkspaceFolders } from '../workspace-folders.ts';

export interface WorkerSettings {
  connectionString: string;
  folders: WorkspaceFolders;
  /** Whether it trains, besides all else. */
  trains: boolean;
}

/** What a worker tells the server, which gives its jobs back if it dies. */
export interface WorkerMessage {
  jobId: string;
  isRunning: boolean;
}

const POOL_SIZE = 6;

// Ctrl-C reaches every process of the terminal; the server tells us when it is our turn.
process.on('SIGINT', () => {});
let jobs: Jobs | undefined;
let isStopping = false;
process.once('SIGTERM', stop);
process.once('disconnect', stop);

const [settings] = (await once(process, 'message')) as [WorkerSettings];
try {
  await work(settings);
} catch (error) {
  // Most likely the database is away, or the server that started us; whoever is left starts another worker.
  if (process.connected) tell(error as Error);
  process.exit(1);
}

async function work({ connectionString, folders, trains }: WorkerSettings): Promise<void> {
  const store = openStore({ pool: openPool(connectionString, POOL_SIZE) });
  const blobs = await openFolderBlobs(folders.blobs);
  jobs = await openJobs(store, { hooks: jobHooks, onRun, onError: tell });
  const pictures = createPictureService(blobs);
  registerJobs(jobs, { store, blobs, pictures, folders }, trains);
}

function onRun(jobId: string, isRunning: boolean): void {
  const message: WorkerMessage = { jobId, isRunning };
  if (process.connected) process.send?.(message);
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await jobs?.stop();
  process.exit(0);
}

/** That the database is away is told by the server, once for all. */
function tell(error: Error): void {
  if (!process.connected || isDatabaseAway(error)) return;
  process.stderr.write(`worker ${process.pid}: ${error.message}\n`);
}
