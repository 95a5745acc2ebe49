// The job that restores. First the blobs, each held against its hash, which change nothing as long as no table names
// them; then the tables, in one transaction. So the workspace is as it was until the backup is in it as a whole.

import { buffer } from 'node:stream/consumers';
import { phrase } from '@migaki/coco';
import {
  type BlobStore,
  cancelLostRuns,
  type JobContext,
  loadSnapshot,
  refuseUnlessAlone,
  refuseUnlessLoadable,
  type Store,
  unnamedBlobs,
} from '@migaki/store';
import { type BackupFile, openBackup } from './backup-file.ts';
import { countsOf } from './backup-job.ts';
import { badBackup, type Manifest } from './manifest.ts';
import { measureRows } from './measure-rows.ts';
import { refuseResumed } from './refuse-resumed.ts';

export interface RestoreParams {
  /** Has been checked against the folders that may be read. */
  path: string;
  /** Put in the place of what is there. */
  replace: boolean;
}

export type RestoreReport = ReturnType<typeof countsOf> & {
  /** When the backup was made, and by which version. */
  createdAt: string;
  productVersion: string;
};

export interface RestoreServices {
  store: Store;
  blobs: BlobStore;
}

/** Each waits for the disk, not for the processor. */
const blobsAtOnce = 8;
/** Up to this size a blob is read as a whole, and need not be written where the workspace has it. */
const largestWholeBytes = 8 << 20;

export async function runRestore(
  { store, blobs }: RestoreServices,
  job: JobContext<RestoreParams>,
): Promise<RestoreReport> {
  // It was complete when its process ended, and only that could not be written down any more.
  if (job.resumeFrom !== null) return job.resumeFrom as RestoreReport;
  refuseResumed(job, 'restore', 'The workspace is as it was.');
  const backup = await openBackup(job.params.path);
  const newBlobs: string[] = [];
  try {
    const { manifest } = backup;
    const options = { replace: job.params.replace, jobId: job.id };
    await refuseUnlessLoadable(store, manifest, options);
    const report = reportOf(manifest);
    await putBlobs(backup, blobs, job, newBlobs);
    await loadSnapshot(store, tablesOf(backup, job), {
      ...options,
      beforeCommit: async (transaction) => {
        job.signal.throwIfAborted();
        await job.checkpoint(report, transaction);
      },
    });
    // Trainings that went on when the backup was made have no job here.
    await cancelLostRuns(store);
    job.message(null);
    return report;
  } catch (error) {
    // What cannot be taken back costs room on the disk and nothing else: the failure itself is the news.
    await takeBack(newBlobs, { store, blobs }, job.id).catch(() => {});
    throw job.signal.aborted ? job.signal.reason : error;
  } finally {
    backup.close();
  }
}

async function putBlobs(
  backup: BackupFile,
  blobs: BlobStore,
  job: JobContext,
  newBlobs: string[],
): Promise<void> {
  job.message(phrase`Pictures`);
  const { count } = backup.manifest.blobs;
  const all = backup.blobs();
  let done = 0;
  const putSome = async () => {
    for await (const { sha256, byteSize, content } of all) {
      job.signal.throwIfAborted();
      const source = byteSize > largestWholeBytes ? content : await buffer(content);
      const { isNew } = await blobs.put(source, { expected: sha256 }).catch((error) => {
        if (error.code !== 'blob-mismatch') throw error;
        throw badBackup(phrase`the picture ${sha256}`, phrase`another content under its name`);
      });
      if (isNew) newBlobs.push(sha256);
      job.progress(++done, count, 'files');
    }
  };
  // One that fails ends the sequence for all, and nobody is left writing.
  const ends = await Promise.allSettled(Array.from({ length: blobsAtOnce }, putSome));
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

/** Removes blobs that no table names, unless others are at work, who may be about to name them. */
async function takeBack(
  newBlobs: readonly string[],
  { store, blobs }: RestoreServices,
  jobId: string,
): Promise<void> {
  await refuseUnlessAlone(store, jobId);
  for (const sha256 of await unnamedBlobs(store, newBlobs)) await blobs.delete(sha256);
}

function tablesOf(backup: BackupFile, job: JobContext) {
  const { migrations, tables } = backup.manifest;
  const total = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  let done = 0;
  return {
    migrations,
    tables,
    rows({ name, rowCount }: Manifest['tables'][number]) {
      job.message(phrase`Tables`);
      const measured = measureRows((rows) => job.progress(done + rows, total, 'rows'));
      return (async function* () {
        for await (const chunk of measured.pass(backup.table(name))) {
          job.signal.throwIfAborted();
          yield chunk;
        }
        const expected = tables.find((table) => table.name === name)!.sha256;
        if (measured.result().sha256 !== expected) {
          throw badBackup(phrase`the rows of ${name} that were saved`, phrase`others`);
        }
        done += rowCount;
        if (done === total) job.message(phrase`Indexes`);
      })();
    },
  };
}

function reportOf(manifest: Manifest): RestoreReport {
  const { createdAt, productVersion } = manifest;
  return { createdAt, productVersion, ...countsOf(manifest) };
}
