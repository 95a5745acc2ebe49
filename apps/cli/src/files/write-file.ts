import { lstat, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inLargePieces } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { fileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';
import { withUnfinished } from './unfinished.ts';

/** A text whole or in pieces. */
export type Text = string | Iterable<string> | AsyncIterable<string>;

/**
 * Writes a text file whole or not at all: a file that was there stays until the new one is complete.
 *
 * @param text or what makes it, which looks at the signal where a piece may take long
 * @throws CliError `output`
 */
export async function writeFileWhole(
  target: string,
  text: Text | ((signal: AbortSignal) => Text),
): Promise<void> {
  try {
    await withUnfinished(target, async (unfinished, signal) => {
      await makeFolder(dirname(unfinished));
      const pieces = typeof text === 'function' ? text(signal) : text;
      await writeText(unfinished, pieces, signal, { toDisk: true });
      await rename(unfinished, target);
    });
  } catch (error) {
    throw fileError(error, 'write', target);
  }
}

/**
 * Writes a file that is not there yet, until `signal` is aborted.
 *
 * @param toDisk waits until the disk has it, so that a loss of power cannot leave a renamed but empty file
 */
export async function writeText(
  path: string,
  text: Text,
  signal: AbortSignal,
  { toDisk = false } = {},
): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    for await (const piece of inLargePieces(text)) {
      signal.throwIfAborted();
      await handle.writeFile(piece);
    }
    if (toDisk) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws CliError `output` where a file is there and is not to be replaced */
export async function refuseToReplaceFile(target: string, overwrite: boolean): Promise<void> {
  if (overwrite) return;
  try {
    await lstat(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw fileError(error, 'write', target);
  }
  throw new CliError('output', `${target} is there already. Add --overwrite to replace it.`);
}
