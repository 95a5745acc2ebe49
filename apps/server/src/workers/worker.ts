// A process that runs jobs and nothing else. It gets its settings as its first message, because they hold a password;
// it ends when it is told to, or when the server that started it is gone.

import { once } from 'node:events';
import { openFolderBlobs, openJobs, openPool, openStore } from '@migaki/store';
import { registerJobs } from '../jobs/register-jobs.ts';
import { createPictureService } from '../pictures/picture-service.ts';
import type { WorkspaceFolders } from '../workspace-folders.ts';

export interface WorkerSettings {
  connectionString: string;
  folders: WorkspaceFolders;
}

const POOL_SIZE = 6;

// Ctrl-C reaches every process of the terminal; the server tells us when it is our turn.
process.on('SIGINT', () => {});
const [settings] = (await once(process, 'message')) as [WorkerSettings];
const pool = openPool(settings.connectionString, POOL_SIZE);
const store = openStore({ pool });
const blobs = await openFolderBlobs(settings.folders.blobs);
const jobs = await openJobs(store, {
  onError: (error) => process.stderr.write(`worker ${process.pid}: ${error.message}\n`),
});
registerJobs(jobs, {
  store,
  blobs,
  pictures: createPictureService(blobs),
  folders: settings.folders,
});

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await jobs.stop();
  await pool.end();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('disconnect', stop);
if (!process.connected) await stop();
