import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const staleMillis = 7 * 24 * 3600 * 1000;

/** Removes what exports made and nobody needs any more: it can be made again. */
export async function removeStaleExports(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    const isStale = found !== null && now.getTime() - found.mtimeMs > staleMillis;
    if (isStale) await rm(join(folder, name), { force: true });
  }
}
