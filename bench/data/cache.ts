// Where generated data and the inputs of failures lie: `.cache/bench` in the repository, ignored by git.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const cacheFolder = join(import.meta.dirname, '..', '..', '.cache', 'bench');

/**
 * The folder of this name in the cache, filled on first use. It is filled under another name and then renamed, so an
 * interrupted run leaves nothing half made.
 *
 * @example
 * const folder = await cachedFolder("coco-1000-v1", (folder) => writeSyntheticCoco(folder, options));
 */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void> | void,
): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Writes a file of this path in the cache, to be looked at by a person, and says where it lies. */
export function saveInCache(path: string, content: string | Uint8Array): string {
  const file = join(cacheFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}
