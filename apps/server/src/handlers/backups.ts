// Backup and restore: what the jobs are told, and the files that backups made.

import { stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { phrase } from '@migaki/coco';
import type { Jobs } from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { HttpError } from '../http/http-error.ts';
import type { BackupParams } from '../jobs/backup/backup-job.ts';
import type { RestoreParams } from '../jobs/backup/restore-job.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { job } from './answers.ts';
import { sendMadeFile } from './made-file.ts';

type BackupHandlers = Pick<Handlers, 'startBackup' | 'downloadBackup' | 'startRestore'>;

export interface BackupServices {
  jobs: Jobs;
  /** Folders of the server's disk from which may be restored. */
  allowedFolders: readonly string[];
  exportsFolder: string;
}

export function backupHandlers({
  jobs,
  allowedFolders,
  exportsFolder,
}: BackupServices): BackupHandlers {
  return {
    startBackup: async ({ body: { path = null } }, { caller }) => {
      if (path !== null) {
        if (!caller.isLocal) throw notLocal();
        await refuseUnwritable(path);
      }
      const params: BackupParams = { path };
      const title = phrase`Backup of everything`;
      const id = await jobs.enqueue({ kind: 'backup', params, title, createdBy: caller.user });
      return { job: job(await jobs.get(id)) };
    },

    downloadBackup: async ({ params: { jobId } }, { reply }) =>
      sendMadeFile({ jobs, folder: exportsFolder, kind: 'backup', jobId }, reply),

    startRestore: async ({ body }, { caller }) => {
      const folders = foldersFor(caller, allowedFolders);
      const params: RestoreParams = { ...body, path: await allowedPath(body.path, folders) };
      const title = phrase`Restore from a backup`;
      const id = await jobs.enqueue({ kind: 'restore', params, title, createdBy: caller.user });
      return { job: job(await jobs.get(id)) };
    },
  };
}

const notLocal = () =>
  new HttpError('not-allowed', {
    where: 'body.path',
    expected: phrase`no path, or a call from the server’s own machine`,
    found: phrase`a path from elsewhere`,
    advice: phrase`Leave it out, and fetch the file when it is made.`,
  });

async function refuseUnwritable(path: string): Promise<void> {
  const folder = isAbsolute(path) ? await stat(dirname(path)).catch(() => null) : null;
  if (folder?.isDirectory()) return;
  throw new HttpError('bad-request', {
    where: path,
    expected: phrase`an absolute path in a folder that is there`,
    found: phrase`another one`,
  });
}
