import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Takes up all space but so many bytes. */
  fillBut(bytes: number): Promise<void>;
  /** Gives back what `fillBut` took. */
  free(): Promise<void>;
  unmount(): void;
}

/** A file system of its own in memory, or null where the test may not mount one. */
export function mountSmallDisk(mebibytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmdirSync(folder);
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    async fillBut(bytes) {
      const { bavail, bsize } = await statfs(folder);
      const block = Buffer.alloc(1 << 20);
      const file = await open(filler, 'a');
      try {
        for (let left = bavail * bsize - bytes; left > 0; left -= block.length) {
          await file.appendFile(block.subarray(0, Math.min(left, block.length)));
        }
      } catch (error) {
        // Others write meanwhile: what they have taken need not be taken here.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
    unmount() {
      spawnSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}
