// One file that holds everything of the workspace, and the way back. Both are jobs.

import { z } from 'zod';
import { route } from '../route.ts';
import { job } from './jobs.ts';

export const backupRoutes = {
  startBackup: route({
    method: 'POST',
    path: '/api/backups',
    summary: 'Make one file of everything: all datasets with their history, and all pictures',
    permission: 'admin',
    body: z.object({
      /** Where to write it, for callers on the server's machine; otherwise it waits to be fetched. */
      path: z.string().min(1).optional(),
    }),
    response: z.object({ job }),
  }),
  downloadBackup: route({
    method: 'GET',
    path: '/api/backups/:jobId/file',
    summary: 'The file that a backup made',
    permission: 'admin',
    params: z.object({ jobId: z.uuid() }),
    response: { stream: 'application/zip' },
  }),
  startRestore: route({
    method: 'POST',
    path: '/api/restores',
    summary:
      'Bring back what a backup holds, into an empty workspace or in the place of what is there',
    permission: 'admin',
    body: z.object({
      /** On the server's disk, inside the folders that it is allowed to read. */
      path: z.string().min(1),
      replace: z.boolean().default(false),
    }),
    response: z.object({ job }),
  }),
};
