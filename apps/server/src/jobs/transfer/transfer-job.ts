// The job that copies or moves pictures to another dataset: batch by batch, each of which is complete, so that memory stays bounded
// and nobody waits long for either dataset. One that is cancelled leaves nothing behind; one that was killed goes on where it was.

import type { TransferReport } from '@migaki/api';
import {
  applyBulkEdit,
  countAddedToKnown,
  getDataset,
  type JobContext,
  listCategories,
  revisionsOfJob,
  type Store,
  takeBackJob,
} from '@migaki/store';
import { isCancelled, takeBack, tellWhatStays } from '../import/take-back.ts';
import { copyBatch, uuidOf } from './copy-batch.ts';

export interface TransferParams {
  from: number;
  /** What was chosen, or matched when it was asked for: what matches later does not come along. */
  imageIds: readonly number[];
  /** Whether they go to the trash of `from` once all have arrived. */
  isMove: boolean;
  /** Where they go. */
  datasetId: number;
  /** Its name, where it was made for them. */
  newDataset?: string;
  author: string;
}

/** What an earlier run left. */
interface Progress {
  /** How often it was cancelled before, and begun anew. */
  round: number;
  /** Of `imageIds`. */
  done: number;
  /** How many of these were in the trash of `from` and stayed there. */
  passedOver: number;
  objectCount: number;
  addedCount: number;
}

const batchSize = 500;
const nothing = { done: 0, passedOver: 0, objectCount: 0, addedCount: 0 };

export async function runTransfer(
  { store }: { store: Store },
  job: JobContext<TransferParams>,
): Promise<TransferReport> {
  let progress = (job.resumeFrom as Progress | null) ?? { round: 0, ...nothing };
  try {
    job.signal.throwIfAborted();
    progress = await copyAll(store, job, progress);
    return await finish(store, job, progress);
  } catch (error) {
    const came = { images: progress.addedCount, labels: progress.objectCount };
    if (!isCancelled(job.signal)) {
      if (!job.signal.aborted) tellWhatStays(job, came);
      throw error;
    }
    const { from, author } = job.params;
    // What is in both datasets for a moment is better than what is in none.
    await takeBackJob(store, from, { jobId: job.id, author }).catch(() => null);
    await takeBack(store, job, came);
    await job.checkpoint({ round: progress.round + 1, ...nothing } satisfies Progress);
    throw job.signal.reason;
  }
}

async function copyAll(
  store: Store,
  { id, params, signal, ...job }: JobContext<TransferParams>,
  begun: Progress,
): Promise<Progress> {
  const { from, imageIds, isMove, datasetId, author } = params;
  const { name } = await getDataset(store, from);
  const how = isMove ? 'move' : 'copy';
  const categories = new Map(
    (await listCategories(store, from)).map(({ categoryId, coco }) => [categoryId, coco]),
  );
  let progress = begun;
  job.progress(progress.done, imageIds.length, 'images');
  while (progress.done < imageIds.length) {
    signal.throwIfAborted();
    const { round, done, passedOver, objectCount, addedCount } = progress;
    const batch = imageIds.slice(done, done + batchSize);
    const copied = await copyBatch(store, {
      from,
      to: datasetId,
      transfer: { how, way: 'from', datasetId: from, name },
      imageIds: batch,
      categories,
      author,
      jobId: id,
      key: uuidOf(id, round, done),
    });
    progress = {
      round,
      done: done + batch.length,
      passedOver: passedOver + batch.length - copied.imageIds.length,
      objectCount: objectCount + copied.objectCount,
      addedCount: addedCount + copied.addedCount,
    };
    await job.checkpoint(progress);
    job.progress(progress.done, imageIds.length, 'images');
  }
  return progress;
}

async function finish(
  store: Store,
  { id: jobId, params, signal }: JobContext<TransferParams>,
  { round, passedOver, objectCount, addedCount }: Progress,
): Promise<TransferReport> {
  const { from, imageIds, isMove, datasetId, author } = params;
  signal.throwIfAborted();
  const imageCount = imageIds.length - passedOver;
  const revisions = (await revisionsOfJob(store, datasetId, jobId)).reverse();
  const added =
    addedCount < imageCount
      ? await countAddedToKnown(store, datasetId, revisions)
      : { annotationCount: 0, imageCount: 0 };
  const removed = isMove
    ? await applyBulkEdit(
        store,
        from,
        { imageIds },
        { do: 'delete-images' },
        {
          author,
          jobId,
          key: uuidOf(jobId, round, 'delete'),
          transfer: {
            how: 'move',
            way: 'to',
            datasetId,
            name: (await getDataset(store, datasetId)).name,
          },
        },
      )
    : null;
  return {
    images: imageCount,
    annotations: objectCount,
    arrival: {
      datasetId,
      imageCount: addedCount,
      revisions,
      lacked: { objectCount: added.annotationCount, imageCount: added.imageCount },
    },
    removedIn: removed === null || removed.isUnchanged ? null : { revision: removed.revision },
  };
}
