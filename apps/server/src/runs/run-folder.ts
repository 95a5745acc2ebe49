import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '@migaki/store';
import type { WorkspaceFolders } from '../workspace-folders.ts';

/** Tells a run from one that has its number in a backup. */
export const runKeyOf = ({ id, createdAt }: Run): string => `${id}-${createdAt.getTime()}`;

/** Where a training has what it was asked and its checkpoints. */
export const runFolderOf = ({ runs }: WorkspaceFolders, run: Run): string =>
  join(runs, runKeyOf(run));

/** Pictures as the loaders keep them, which are made again where a run goes on. */
export const removePixels = (folder: string): Promise<void> =>
  rm(join(folder, 'pixels'), { recursive: true, force: true });
