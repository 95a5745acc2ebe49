// Files computed from blobs, in a folder: `derived/<kind>/ab/cdef…`.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nameDiskFull } from '../disk-full.ts';
import type { DerivedFiles } from './blob-store.ts';
import { fanOutPath, isSha256 } from './fan-out.ts';

export interface FolderDerived extends DerivedFiles {
  /** Forgets what was computed from one blob. */
  forget(sha256: string): Promise<void>;
}

export function openFolderDerived(folder: string, incomingFolder: string): FolderDerived {
  const pathOf = (kind: string, sha256: string) => {
    assert.match(kind, /^[a-z0-9-]+$/);
    assert.ok(isSha256(sha256));
    return fanOutPath(path.join(folder, kind), sha256);
  };
  const isThere = async (path: string) => ((await stat(path).catch(() => null))?.size ?? 0) > 0;
  const keep: FolderDerived['writeFrom'] = async (kind, sha256, write) => {
    const target = pathOf(kind, sha256);
    const incoming = path.join(incomingFolder, randomUUID());
    try {
      await write(incoming);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(incoming, target);
    } catch (error) {
      await rm(incoming, { force: true });
      throw nameDiskFull(error, folder);
    }
  };
  return {
    async read(kind, sha256) {
      const bytes = await readFile(pathOf(kind, sha256)).catch(() => null);
      // Entries are not synced: after a power failure one can be there and empty.
      return bytes === null || bytes.byteLength === 0 ? null : bytes;
    },
    async has(kind, sha256) {
      return isThere(pathOf(kind, sha256));
    },
    async localPath(kind, sha256) {
      const path = pathOf(kind, sha256);
      return (await isThere(path)) ? path : null;
    },
    write: (kind, sha256, bytes) => keep(kind, sha256, (path) => writeFile(path, bytes)),
    writeFrom: keep,
    async clear(kind) {
      await rm(path.dirname(path.dirname(pathOf(kind, '0'.repeat(64)))), {
        recursive: true,
        force: true,
      });
    },
    async forget(sha256) {
      for (const kind of await readdir(folder).catch((): string[] => [])) {
        await rm(pathOf(kind, sha256), { force: true });
      }
    },
  };
}
