// The job that backs up: one zip with every table as it was at one moment, every blob that the tables name, and a
// manifest. The file has its name only once it is complete and on the disk.

import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type BlobStore,
  type JobContext,
  type Snapshot,
  type Store,
  StoreError,
  withSnapshot,
} from '@migaki/store';
import { ZipFile } from 'yazl';
import { productVersion } from '../../product-version.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { blobPath, type Manifest, manifestPath, newManifest, tablePath } from './manifest.ts';
import { measureRows } from './measured.ts';

export interface BackupParams {
  /** Null: it waits in the workspace to be fetched. */
  path: string | null;
}

export interface BackupReport {
  /** What the file should be called where it is saved. */
  fileName: string;
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
/** Rows shrink to a quarter at the level that costs least; pictures are packed already. */
const packed = { compressionLevel: 1, mode: 0o100600 };
const asTheyAre = { compress: false, mode: 0o100600 };

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
    refuseResumed(job);
    const manifest = await withSnapshot(services.store, async (snapshot) => {
      const { zip, written } = zipped(services, job, snapshot);
      const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
      await pipeline(zip, file, { signal: job.signal });
      return written();
    });
    const report = reportOf(manifest, (await stat(unfinished)).size);
    // From here on nothing is lacking but the name.
    await job.checkpoint(report);
    await giveName(unfinished, target);
    job.message('');
    return report;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw job.signal.aborted ? job.signal.reason : error;
  }
}

/** Whoever asked for it is gone, and must not find a file some day that nobody expects any more. */
function refuseResumed({ attempt }: JobContext): void {
  if (attempt === 1) return;
  throw new StoreError('job-state', {
    expected: 'a backup that runs without a break',
    found: 'one whose process ended',
    advice: 'No file was written. Start it again.',
  });
}

/** The zip as a stream, whose entries are made while it is read; and the manifest, known at its end. */
function zipped(
  { blobs }: BackupServices,
  job: JobContext<BackupParams>,
  snapshot: Snapshot,
): { zip: Readable; written: () => Manifest } {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  let manifest: Manifest | undefined;
  let reading: Readable | undefined;
  output.once('close', () => reading?.destroy());

  /** Resolves when the entry is in the zip; what fails ends the zip. */
  const add = (path: string, options: object, content: Readable) =>
    new Promise<void>((resolve) => {
      reading = content;
      content.once('end', resolve);
      content.once('error', (error) => output.destroy(error));
      zip.addReadStream(content, path, options);
    });

  const addTables = async (): Promise<Manifest['tables']> => {
    job.message('Tables');
    const total = snapshot.tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
    const tables: Manifest['tables'] = [];
    let done = 0;
    for (const table of snapshot.tables) {
      const measured = measureRows((rows) => job.progress(done + rows, total, 'rows'));
      const rows = Readable.from(measured.pass(snapshot.rows(table)), { objectMode: false });
      await add(tablePath(table.name), packed, rows);
      tables.push({ ...table, ...measured.result() });
      done += table.rowCount;
    }
    return tables;
  };

  const addBlobs = async (): Promise<Manifest['blobs']> => {
    job.message('Pictures');
    const added: Manifest['blobs'] = { count: 0, byteSize: 0, missing: [] };
    for await (const sha256 of snapshot.blobs()) {
      try {
        // A damaged one would make the whole backup one that cannot be restored.
        await blobs.verify(sha256);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        job.log(error.message, 'warning');
        added.missing.push(sha256);
        continue;
      }
      added.byteSize += await blobs.byteSize(sha256);
      await add(blobPath(sha256), asTheyAre, await blobs.open(sha256));
      added.count++;
      job.progress(added.count + added.missing.length, snapshot.blobCount, 'files');
    }
    return added;
  };

  const fill = async () => {
    const { migrations } = snapshot;
    const tables = await addTables();
    manifest = newManifest({
      productVersion: productVersion(),
      migrations,
      tables,
      blobs: await addBlobs(),
    });
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), manifestPath, packed);
    zip.end();
  };
  fill().catch((error) => output.destroy(error));
  return { zip: output, written: () => manifest! };
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

function reportOf(manifest: Manifest, byteSize: number): BackupReport {
  const day = manifest.createdAt.slice(0, 10);
  return { fileName: `migaki-${day}.zip`, byteSize, ...countsOf(manifest) };
}

/** A name that outlasts a power failure. The file may have it already, from a run that ended right after. */
async function giveName(unfinished: string, target: string): Promise<void> {
  await rename(unfinished, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(dirname(target), 'r');
  await handle.sync().finally(() => handle.close());
}
