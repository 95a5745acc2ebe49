// Files that are there whole or not at all: written under another name, brought to the disk, renamed.

import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { phrase } from '@migaki/coco';
import { TrainError } from '../train-error.ts';

/** @throws TrainError `disk-full`; what was there before is still there then. */
export const writeWhole = (path: string, pieces: readonly (Uint8Array | string)[]): Promise<void> =>
  writeWholeStream(path, pieces);

/** As `writeWhole`, for what is made while it is written. */
export async function writeWholeStream(
  path: string,
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    const file = await open(unfinished, 'w');
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new TrainError('disk-full', {
      where: path,
      expected: phrase`space for the file`,
      found: phrase`a full disk`,
      advice: phrase`Make room; what was written before is whole, and the run goes on from it.`,
    });
  }
}

/** So that the new name survives a loss of power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
