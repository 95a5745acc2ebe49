// Where things lie in a workspace, besides what the database keeps for itself.

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface WorkspaceFolders {
  root: string;
  blobs: string;
  /** One folder for each upload that was begun. */
  uploads: string;
  /** One folder for each export: what was made and waits to be fetched. */
  exports: string;
  /** What jobs need for as long as they run. */
  scratch: string;
  /** One folder for each training: what it was asked, and its checkpoints, from which it can go on. */
  runs: string;
  /** Files of model hubs. */
  hub: string;
}

/** Makes the folders where they are missing. Nobody but their owner may look into them. */
export async function openWorkspaceFolders(workspaceDir: string): Promise<WorkspaceFolders> {
  const root = resolve(workspaceDir);
  const folders = {
    root,
    blobs: join(root, 'blobs'),
    uploads: join(root, 'uploads'),
    exports: join(root, 'exports'),
    scratch: join(root, 'scratch'),
    runs: join(root, 'runs'),
    hub: join(root, 'hub'),
  };
  for (const folder of Object.values(folders))
    await mkdir(folder, { recursive: true, mode: 0o700 });
  return folders;
}
