// A backup as it is read: looked through as a whole before anything of it is used, then entry by entry. The list of
// its entries is never in memory.

import { text } from 'node:stream/consumers';
import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { withoutStop } from '../../sources/zip-files.ts';
import {
  badBackup,
  blobOfPath,
  type Manifest,
  manifestPath,
  parseManifest,
  tablePath,
} from './manifest.ts';

export interface BackupFile {
  manifest: Manifest;
  /** The rows of a table of the manifest. */
  table(name: string): AsyncIterable<Uint8Array>;
  /** Every blob, one by one. */
  blobs(): AsyncGenerator<BackupBlob>;
  close(): void;
}

export interface BackupBlob {
  sha256: string;
  byteSize: number;
  content: AsyncIterable<Uint8Array>;
}

/** Far more than any schema needs. */
const maxManifestBytes = 64 << 20;

/**
 * Opens a backup and checks that all is in it that it says, and nothing else. Contents are checked by who reads them.
 *
 * @throws StoreError `bad-backup` for what is no zip, no whole one or none of ours; `newer-backup`
 */
export async function openBackup(path: string): Promise<BackupFile> {
  const zip = await openZip(path);
  try {
    const { manifest, tables } = await lookThrough(zip);
    return {
      manifest,
      table: (name) => contentOf(zip, tables.get(tablePath(name))!),
      async *blobs() {
        const second = await openZip(path);
        try {
          for await (const entry of second.eachEntry()) {
            const sha256 = blobOfPath(entry.fileName);
            if (sha256 === null) continue;
            const byteSize = entry.uncompressedSize;
            yield { sha256, byteSize, content: contentOf(second, entry) };
          }
        } finally {
          second.close();
        }
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw contentError(error);
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw badBackup(
      phrase`a whole backup of Migaki, which is a zip`,
      withoutStop((error as Error).message),
    );
  }
}

async function lookThrough(
  zip: ZipFile,
): Promise<{ manifest: Manifest; tables: ReadonlyMap<string, Entry> }> {
  const entries = new Map<string, Entry>();
  const blobs = { count: 0, byteSize: 0 };
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    if (blobOfPath(fileName) !== null) {
      blobs.count++;
      blobs.byteSize += uncompressedSize;
    } else if (fileName === manifestPath || /^tables\/\w+\.copy$/.test(fileName)) {
      entries.set(fileName, entry);
    } else {
      throw badBackup(
        phrase`a backup of Migaki`,
        phrase`a zip with the entry ${JSON.stringify(fileName)}`,
      );
    }
  }
  const last = entries.get(manifestPath);
  if (last === undefined)
    throw badBackup(phrase`a backup of Migaki`, phrase`a zip of something else`);
  if (last.uncompressedSize > maxManifestBytes)
    throw badBackup(phrase`a manifest`, phrase`a far larger file`);
  const manifest = parseManifest(await text(contentOf(zip, last)));
  const lacking = manifest.tables.find(({ name }) => !entries.has(tablePath(name)));
  if (lacking !== undefined) throw badBackup(phrase`the table ${lacking.name}`, phrase`none`);
  if (blobs.count !== manifest.blobs.count || blobs.byteSize !== manifest.blobs.byteSize) {
    throw badBackup(
      phrase`${manifest.blobs.count} pictures of ${manifest.blobs.byteSize} bytes`,
      phrase`${blobs.count} of ${blobs.byteSize} bytes`,
    );
  }
  return { manifest, tables: entries };
}

/** Opened when it is read: a stream that fails while nobody reads it would end the process. */
async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw contentError(error);
  }
}

/** What reading a zip may fail with: the disk's own errors stay as they are. */
function contentError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const { syscall, code = '' } = error as NodeJS.ErrnoException;
  const isOfZip = code === '' || code.startsWith('Z_');
  return syscall === undefined && isOfZip
    ? badBackup(phrase`a whole zip`, withoutStop(error.message))
    : error;
}
