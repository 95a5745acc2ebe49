// What a job did to a dataset, taken back whole: each of its revisions by one that undoes it, the last one first. Where others
// have built on one of them all of it stays, since half of it would be worth less than either.

import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { takenBackAfter } from './undo-checks.ts';
import { undoRevision } from './undo-revision.ts';

/**
 * May be called again after a crash: it goes on where it was.
 *
 * @returns why all of it stays; null where nothing does
 * @throws StoreError `dataset-not-found`
 * @example
 * const obstacle = await takeBackJob(store, 1, { jobId, author: 'ada' });
 */
export async function takeBackJob(
  store: Store,
  datasetId: number,
  { jobId, author }: { jobId: string; author: string },
): Promise<StoreError | null> {
  const db = databaseOf(store);
  const made = await db
    .selectFrom('revision')
    .select('revision')
    .where('dataset_id', '=', datasetId)
    .where('job_id', '=', jobId)
    .where('kind', '<>', 'undo')
    .orderBy('revision', 'desc')
    .execute();
  const undo = (revision: number) => undoRevision(store, datasetId, revision, { author, jobId });
  /** By the revision that was undone, the one that did it. */
  const undoneBy = await takenBackAfter(db, datasetId, { undone: 0, annotationIds: null });
  for (const { revision } of made) {
    if (undoneBy.has(revision)) continue;
    try {
      undoneBy.set(revision, (await undo(revision)).revision);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code === 'dataset-not-found') throw error;
      // A change of nothing that has a history, such as the info of a file, is none that anybody would miss.
      if (error.code === 'bad-edit') continue;
      const own = made.flatMap((each) => undoneBy.get(each.revision) ?? []);
      for (const undoing of own.sort((a, b) => b - a)) await undo(undoing);
      return error;
    }
  }
  return null;
}
