// Decoded pictures kept as files of plain bytes, so that a run decodes each picture once. A file is four bytes of width,
// four of height, and the pixels; it is written under another name and renamed, so one that exists is whole.

import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../checkpoint/read-if-there.ts';
import type { Raster } from './raster.ts';

const headerBytes = 8;

export interface PixelCache {
  /** The raster of that name, made by `make` and kept if it is new and there is room. */
  get(name: string, make: () => Promise<Raster>): Promise<Raster>;
}

/** @param mostBytes how much this process may add to the folder */
export async function openPixelCache(folder: string, mostBytes: number): Promise<PixelCache> {
  await mkdir(folder, { recursive: true });
  let bytesLeft = mostBytes;
  return {
    async get(name, make) {
      const path = join(folder, name);
      const kept = await read(path);
      if (kept !== null) return kept;
      const raster = await make();
      const bytes = headerBytes + raster.data.length;
      if (bytes > bytesLeft) return raster;
      bytesLeft -= bytes;
      const written = await write(path, raster);
      if (!written) bytesLeft = 0;
      return raster;
    },
  };
}

async function read(path: string): Promise<Raster | null> {
  const bytes = await readIfThere(path);
  return (
    bytes && {
      width: bytes.readUInt32LE(0),
      height: bytes.readUInt32LE(4),
      data: bytes.subarray(headerBytes),
    }
  );
}

/** @returns whether there was room; a cache may do without */
async function write(path: string, { width, height, data }: Raster): Promise<boolean> {
  const unfinished = `${path}.${randomUUID()}`;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(width, 0);
  header.writeUInt32LE(height, 4);
  try {
    await writeFile(unfinished, Buffer.concat([header, data]));
    await rename(unfinished, path);
    return true;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return false;
    throw error;
  }
}
