// What a job did to a dataset, taken back whole in one transaction: each of its revisions by one that undoes it, the last one first.
// Where others have built on one of them all of it stays, since half of it would be worth less than either.

import { type Database, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { takenBackAfter } from './undo-checks.ts';
import { undoRevision } from './undo-revision.ts';

interface OfJob {
  jobId: string;
  author: string;
}

/** The revisions that a job made, the last one first, but for those that took others back. */
export async function revisionsOfJob(
  store: Store | Database,
  datasetId: number,
  jobId: string,
): Promise<number[]> {
  const made = await ('pool' in store ? databaseOf(store) : store)
    .selectFrom('revision')
    .select('revision')
    .where('dataset_id', '=', datasetId)
    .where('job_id', '=', jobId)
    .where('kind', '<>', 'undo')
    .orderBy('revision', 'desc')
    .execute();
  return made.map(({ revision }) => revision);
}

/**
 * @returns why all of it stays; null where nothing does
 * @throws StoreError `dataset-not-found`
 * @example
 * const obstacle = await takeBackJob(store, 1, { jobId, author: 'ada' });
 */
export async function takeBackJob(
  store: Store,
  datasetId: number,
  { jobId, author }: OfJob,
): Promise<StoreError | null> {
  try {
    await databaseOf(store)
      .transaction()
      .execute((transaction) => takeAllBack(transaction, datasetId, { jobId, author }));
    return null;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code === 'dataset-not-found') throw error;
    return error;
  }
}

/** What of it was not taken back before. */
export const takeAllBack = (transaction: Database, datasetId: number, job: OfJob): Promise<void> =>
  undoEach(transaction, datasetId, job, (made, takenBackBy) =>
    takenBackBy === undefined ? made : null,
  );

/** What of it was taken back is there again. */
export const bringAllBack = (transaction: Database, datasetId: number, job: OfJob): Promise<void> =>
  undoEach(transaction, datasetId, job, (_, takenBackBy) => takenBackBy ?? null);

/** @param choose for a revision of the job and the one that took it back: which of them to undo, if any */
async function undoEach(
  transaction: Database,
  datasetId: number,
  job: OfJob,
  choose: (made: number, takenBackBy: number | undefined) => number | null,
): Promise<void> {
  const made = await revisionsOfJob(transaction, datasetId, job.jobId);
  const takenBack = await takenBackAfter(transaction, datasetId, {
    undone: 0,
    annotationIds: null,
  });
  const revisions = made.flatMap((each) => choose(each, takenBack.get(each)) ?? []);
  for (const revision of revisions.toSorted((a, b) => b - a)) {
    await undoRevision(transaction, datasetId, revision, job).catch((error) => {
      // A change of nothing that has a history, such as the info of a file, is none that anybody would miss.
      if (error.code !== 'bad-edit') throw error;
    });
  }
}
