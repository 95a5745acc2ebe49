import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './file-error.ts';
import { unfinishedNameFor, withUnfinished } from './unfinished.ts';

/**
 * Writes a text file whole or not at all: a file that was there stays until the new one is complete.
 *
 * @throws CliError `output`
 */
export async function writeFileWhole(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const unfinished = unfinishedNameFor(path);
  await withUnfinished(unfinished, async () => {
    await mkdir(dirname(unfinished), { recursive: true });
    const handle = await open(unfinished, 'wx');
    try {
      for await (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  }).catch((error) => {
    throw fileError(error, 'write', path);
  });
}
