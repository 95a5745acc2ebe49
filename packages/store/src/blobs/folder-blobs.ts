// Blobs in a folder:
//   sha256/ab/cdef…           the blobs, read only
//   incoming/                 what is being written; what a crash left there is removed at the start
//   derived/thumb-256/ab/…    computed from blobs, see `folder-derived.ts`
// A blob gets its name only once it is complete and on the disk, so a file under `sha256/` is whole.

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  chmod,
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  unlink,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';
import { phrase } from '@migaki/coco';
import { nameDiskFull } from '../disk-full.ts';
import { StoreError } from '../store-error.ts';
import type { BlobSource, BlobStore, ByteRange, ListedBlob, StoredBlob } from './blob-store.ts';
import { fanOutNames, fanOutPath, isSha256 } from './fan-out.ts';
import { openFolderDerived } from './folder-derived.ts';

/**
 * Opens the blobs in `folder`, and makes the folder where there is none.
 *
 * @param leftoverAgeMillis what lies unfinished for longer than this was left by a crash. Whoever
 *   has the folder to itself, under the workspace lock, passes 0.
 * @example
 * const blobs = await openFolderBlobs('/data/workspace/blobs');
 * const { sha256 } = await blobs.put(createReadStream('picture.jpg'));
 */
export async function openFolderBlobs(
  folder: string,
  { leftoverAgeMillis = 60 * 60_000 }: { leftoverAgeMillis?: number } = {},
): Promise<BlobStore> {
  const blobsFolder = path.join(folder, 'sha256');
  const incomingFolder = path.join(folder, 'incoming');
  const derived = openFolderDerived(path.join(folder, 'derived'), incomingFolder);
  const pathOf = (sha256: string) => fanOutPath(blobsFolder, sha256);
  try {
    await mkdir(incomingFolder, { recursive: true });
    await makeFanOut(blobsFolder);
    await removeLeftovers(incomingFolder, leftoverAgeMillis);
  } catch (error) {
    throw nameDiskFull(error, folder);
  }

  async function put(
    source: BlobSource,
    { expected }: { expected?: string } = {},
  ): Promise<StoredBlob> {
    if (source instanceof Uint8Array) {
      const known = { sha256: sha256Of(source), byteSize: source.byteLength };
      checkExpected(known.sha256, expected);
      if (await refresh(pathOf(known.sha256), known.byteSize)) return { ...known, isNew: false };
    }
    const incoming = path.join(incomingFolder, randomUUID());
    try {
      const written = await writeIncoming(incoming, source);
      checkExpected(written.sha256, expected);
      return { ...written, isNew: await giveName(incoming, written) };
    } catch (error) {
      await rm(incoming, { force: true });
      throw nameDiskFull(error, folder);
    }
  }

  /** @returns whether the blob is new */
  async function giveName(
    incoming: string,
    { sha256, byteSize }: { sha256: string; byteSize: number },
  ): Promise<boolean> {
    const target = pathOf(sha256);
    // A link, unlike a renaming, tells which of several writers was first.
    const isNew = await link(incoming, target).then(
      () => true,
      async (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST' && (await refresh(target, byteSize))) return false;
        // What is there is damaged, or the file system has no links.
        await rename(incoming, target);
        return true;
      },
    );
    await rm(incoming, { force: true });
    await syncFolder(path.dirname(target));
    return isNew;
  }

  async function byteSize(sha256: string): Promise<number> {
    const found = isSha256(sha256) ? await stat(pathOf(sha256)).catch(() => null) : null;
    if (found === null) throw notFound(sha256);
    return found.size;
  }

  return {
    put,
    byteSize,
    derived,
    has: async (sha256) => {
      return isSha256(sha256) && (await stat(pathOf(sha256)).catch(() => null)) !== null;
    },
    async open(sha256, range) {
      const size = await byteSize(sha256);
      const { start, end } = checkRange(range, size, sha256);
      // An empty stream: `end` of a read stream is inclusive and cannot say it.
      if (start === end) return createReadStream(pathOf(sha256), { start: size });
      return createReadStream(pathOf(sha256), { start, end: end - 1 });
    },
    localPath: (sha256) => {
      if (!isSha256(sha256)) throw notFound(sha256);
      return pathOf(sha256);
    },
    async delete(sha256) {
      if (!isSha256(sha256)) return false;
      await derived.forget(sha256);
      return unlink(pathOf(sha256)).then(
        () => true,
        (error) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      );
    },
    list: () => listBlobs(blobsFolder),
    async verify(sha256) {
      await byteSize(sha256);
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(pathOf(sha256))) hash.update(chunk);
      const found = hash.digest('hex');
      if (found !== sha256) {
        throw new StoreError('blob-damaged', {
          where: pathOf(sha256),
          expected: phrase`content with the SHA-256 ${sha256}`,
          found,
          advice: phrase`Delete it and import the file again.`,
        });
      }
    },
  };
}

async function writeIncoming(
  file: string,
  source: BlobSource,
): Promise<{ sha256: string; byteSize: number }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  const handle = await open(file, 'wx');
  try {
    for await (const chunk of chunksOf(source)) {
      hash.update(chunk);
      byteSize += chunk.byteLength;
      await writeWhole(handle, chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o444);
  return { sha256: hash.digest('hex'), byteSize };
}

const chunksOf = (source: BlobSource) => (source instanceof Uint8Array ? [source] : source);

/** One call may write less than it was given. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength; ) {
    offset += (await handle.write(chunk, offset)).bytesWritten;
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Marks a blob as put just now. @returns false where it is not there, or not whole */
async function refresh(file: string, byteSize: number): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found?.size !== byteSize) return false;
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    () => false, // deleted in between
  );
}

function checkExpected(sha256: string, expected: string | undefined): void {
  if (expected === undefined || expected === sha256) return;
  throw new StoreError('blob-mismatch', {
    expected: phrase`content with the SHA-256 ${expected}`,
    found: sha256,
    advice: phrase`The transfer was damaged; send it again.`,
  });
}

function checkRange(range: ByteRange | undefined, size: number, sha256: string) {
  const { start = 0, end = size } = range ?? {};
  const isWhole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (isWhole && 0 <= start && start <= end && end <= size) return { start, end };
  throw new StoreError('bad-range', {
    where: sha256,
    expected: phrase`a range within ${size} bytes`,
    found: phrase`${start} to ${end}`,
  });
}

const notFound = (sha256: string) =>
  new StoreError('blob-not-found', {
    expected: phrase`the SHA-256 of a stored blob`,
    found: JSON.stringify(sha256.slice(0, 80)),
  });

async function makeFanOut(blobsFolder: string): Promise<void> {
  await mkdir(blobsFolder, { recursive: true });
  const there = new Set(await readdir(blobsFolder));
  const missing = fanOutNames.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  for (const name of missing) await mkdir(path.join(blobsFolder, name), { recursive: true });
  await syncFolder(blobsFolder);
  await syncFolder(path.dirname(blobsFolder));
}

async function removeLeftovers(incomingFolder: string, ageMillis: number): Promise<void> {
  for (const name of await readdir(incomingFolder)) {
    const file = path.join(incomingFolder, name);
    const modifiedAt = await stat(file).then(
      (found) => found.mtimeMs,
      () => Number.POSITIVE_INFINITY, // finished in between
    );
    if (Date.now() - modifiedAt >= ageMillis) await rm(file, { force: true });
  }
}

async function* listBlobs(blobsFolder: string): AsyncIterable<ListedBlob> {
  for (const start of fanOutNames) {
    for (const rest of (await readdir(path.join(blobsFolder, start))).sort()) {
      const sha256 = start + rest;
      if (!isSha256(sha256)) continue; // somebody else's file
      const found = await stat(path.join(blobsFolder, start, rest)).catch(() => null);
      if (found !== null) yield { sha256, byteSize: found.size, putAt: found.mtime };
    }
  }
}

/** Makes the names in a folder outlast a power failure. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
