// The job that backs up: one zip with every table as it was at one moment, every blob that the tables name, and a
// manifest. The file has its name only once it is complete and on the disk.

import { hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { faultPhrase, type Phrase, phrase } from '@migaki/coco';
import {
  type BlobStore,
  type JobContext,
  type Snapshot,
  type Store,
  StoreError,
  withSnapshot,
} from '@migaki/store';
import { productVersion } from '../../product-version.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { writeZip, type ZipEntry } from '../../zip/write-zip.ts';
import { blobPath, type Manifest, manifestPath, newManifest, tablePath } from './manifest.ts';
import { measureRows } from './measure-rows.ts';
import { refuseResumed } from './refuse-resumed.ts';

export interface BackupParams {
  /** Null: it waits in the workspace to be fetched. */
  path: string | null;
}

export interface BackupReport {
  /** What the file should be called where it is saved; null where it has its place already. */
  fileName: string | null;
  byteSize: number;
  datasets: number;
  images: number;
  annotations: number;
  /** Distinct ones, with those of earlier versions. */
  pictures: number;
  /** Blobs that are named and were not there, or damaged; they are not in the backup. */
  missingPictureCount: number;
  missingPictures: string[];
}

export interface BackupServices {
  store: Store;
  blobs: BlobStore;
  folders: WorkspaceFolders;
}

const longestList = 200;
/** So many blobs are read at once, each up to this size as a whole; larger ones are streamed one by one. */
const blobsAhead = 8;
const largestWholeBytes = 8 << 20;

export async function runBackup(
  services: BackupServices,
  job: JobContext<BackupParams>,
): Promise<BackupReport> {
  const target = job.params.path ?? join(services.folders.exports, job.id);
  const unfinished = join(dirname(target), `.${basename(target)}.migaki-${job.id}`);
  try {
    if (job.resumeFrom !== null) {
      await giveName(unfinished, target);
      return job.resumeFrom as BackupReport;
    }
    refuseResumed(job, 'backup', 'No file was written.');
    const manifest = await withSnapshot(services.store, async (snapshot) => {
      let known: Manifest | undefined;
      const entries = entriesOf(services.blobs, job, snapshot, (made) => {
        known = made;
      });
      const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
      const zip = Readable.from(writeZip(entries), { objectMode: false });
      await pipeline(zip, file, { signal: job.signal });
      return known!;
    });
    const report: BackupReport = {
      fileName: job.params.path === null ? `migaki-${manifest.createdAt.slice(0, 10)}.zip` : null,
      byteSize: (await stat(unfinished)).size,
      ...countsOf(manifest),
    };
    // From here on nothing is lacking but the name.
    await job.checkpoint(report);
    await giveName(unfinished, target);
    job.message(null);
    return report;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw job.signal.aborted ? job.signal.reason : error;
  }
}

/** The entries of the zip, made one by one while it is written. */
async function* entriesOf(
  blobs: BlobStore,
  job: JobContext<BackupParams>,
  snapshot: Snapshot,
  onManifest: (manifest: Manifest) => void,
): AsyncGenerator<ZipEntry> {
  job.message(phrase`Tables`);
  const total = snapshot.tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const tables: Manifest['tables'] = [];
  let done = 0;
  for (const table of snapshot.tables) {
    const measured = measureRows((rows) => job.progress(done + rows, total, 'rows'));
    yield { path: tablePath(table.name), content: measured.pass(snapshot.rows(table)) };
    tables.push({ ...table, ...measured.result() });
    done += table.rowCount;
  }

  job.message(phrase`Pictures`);
  const saved: Manifest['blobs'] = { count: 0, byteSize: 0, missing: [] };
  const checked = readAhead(snapshot.blobs(), (sha256) => checkedBlob(blobs, sha256));
  for await (const blob of checked) {
    if ('fault' in blob) {
      job.log(blob.fault, 'warning');
      saved.missing.push(blob.sha256);
    } else {
      const { sha256, byteSize, whole } = blob;
      const content = whole ?? (await blobs.open(sha256));
      yield { path: blobPath(sha256), content, isPacked: true };
      saved.count++;
      saved.byteSize += byteSize;
    }
    job.progress(saved.count + saved.missing.length, snapshot.blobCount, 'files');
  }

  const { migrations } = snapshot;
  const manifest = newManifest({
    productVersion: productVersion(),
    migrations,
    tables,
    blobs: saved,
  });
  onManifest(manifest);
  yield { path: manifestPath, content: Buffer.from(JSON.stringify(manifest, null, 1)) };
}

type CheckedBlob =
  /** `whole` is null where it is too large for that. */
  { sha256: string; byteSize: number; whole: Buffer | null } | { sha256: string; fault: Phrase };

/** A damaged blob would make the whole backup one that cannot be restored, so each is held against its hash. */
async function checkedBlob(blobs: BlobStore, sha256: string): Promise<CheckedBlob> {
  try {
    const byteSize = await blobs.byteSize(sha256);
    if (byteSize > largestWholeBytes) {
      await blobs.verify(sha256);
      return { sha256, byteSize, whole: null };
    }
    const whole = await buffer(await blobs.open(sha256));
    const found = hash('sha256', whole, 'hex');
    if (found === sha256) return { sha256, byteSize, whole };
    return {
      sha256,
      fault: phrase`The blob ${sha256} is damaged: its content has the hash ${found}.`,
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { sha256, fault: faultPhrase(error.details) };
  }
}

/** What `read` makes of each item, in order, while it reads some further ones. */
async function* readAhead<Item, Result>(
  items: AsyncIterable<Item>,
  read: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const under: Promise<Result>[] = [];
  for await (const item of items) {
    const reading = read(item);
    reading.catch(() => {}); // it is thrown when its turn comes
    under.push(reading);
    if (under.length === blobsAhead) yield under.shift()!;
  }
  yield* under;
}

/** What a backup holds, as its manifest tells it. */
export const countsOf = ({ tables, blobs }: Manifest) => {
  const rows = (table: string) => tables.find(({ name }) => name === table)?.rowCount ?? 0;
  return {
    datasets: rows('dataset'),
    images: rows('image'),
    annotations: rows('annotation'),
    pictures: blobs.count,
    missingPictureCount: blobs.missing.length,
    missingPictures: blobs.missing.slice(0, longestList),
  };
};

/** A name that outlasts a power failure. The file may have it already, from a run that ended right after. */
async function giveName(unfinished: string, target: string): Promise<void> {
  await rename(unfinished, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(dirname(target), 'r');
  await handle.sync().finally(() => handle.close());
}
