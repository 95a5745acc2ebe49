// Datasets that were made for a job: one that ends without having put anything in leaves none behind.

import { phrase } from '@migaki/coco';
import { databaseOf, executorOf, type SqlExecutor, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { takenBackAfter } from './undo-checks.ts';

/**
 * Removes a dataset into which nothing ever came and which nobody described, unless another job is to fill it.
 *
 * @param sql the transaction in which the job ends
 */
export async function discardUntouchedDataset(
  sql: SqlExecutor,
  { id, name }: { id: number; name: string },
): Promise<void> {
  await sql.executeSql(
    `delete from dataset where id = $1 and name = $2 and revision = 0 and description = ''
       and not exists (
         select from job where dataset_id = dataset.id and state in ('queued', 'running'))`,
    [id, name],
  );
}

/**
 * Removes a dataset with all that the job, whose work is not wanted any more, has put into it, unless anybody else did something
 * to it.
 *
 * @returns whether it was removed
 */
export function discardDatasetOfJob(
  store: Store,
  dataset: { id: number; name: string },
  jobId: string,
): Promise<boolean> {
  return discardDataset(store, dataset, { revisions: [], jobId });
}

/**
 * Removes a dataset that was made for these revisions, and goes with them, unless anybody did something else to it that still holds.
 *
 * @returns whether it was removed
 */
export function discardDatasetOfRevisions(
  store: Store,
  dataset: { id: number; name: string },
  revisions: readonly number[],
): Promise<boolean> {
  return discardDataset(store, dataset, { revisions, jobId: null });
}

async function discardDataset(
  store: Store,
  { id, name }: { id: number; name: string },
  unwanted: { revisions: readonly number[]; jobId: string | null },
): Promise<boolean> {
  const { rows } = await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const takenBack = await takenBackAfter(transaction, id, { undone: 0, annotationIds: null });
      return executorOf(transaction).executeSql(
        `delete from dataset where id = $1 and name = $2 and description = ''
           and not exists (
             select from revision where dataset_id = dataset.id
               and revision <> all($3::bigint[]) and (job_id = $4) is not true)
           and not exists (select from version where dataset_id = dataset.id)
           and not exists (
             select from job where dataset_id = dataset.id and state in ('queued', 'running')
               and (id = $4) is not true)
         returning id`,
        [id, name, [...unwanted.revisions, ...[...takenBack].flat()], unwanted.jobId],
      );
    });
  return rows.length > 0;
}

/**
 * Makes a dataset again that was discarded, under the same id, which is given to no other. One that is there stays.
 *
 * @param sql the transaction in which the job is queued again
 * @throws StoreError `name-taken`
 */
export async function remakeDataset(
  sql: SqlExecutor,
  { id, name }: { id: number; name: string },
): Promise<void> {
  const insertion = sql.executeSql(
    `insert into dataset (id, name) overriding system value values ($1, $2)
       on conflict (id) do nothing`,
    [id, name],
  );
  await insertion.catch((error) => {
    if (error.constraint !== 'dataset_name') throw error;
    throw new StoreError('name-taken', {
      expected: phrase`the name ${JSON.stringify(name)} to be free still`,
      found: phrase`another dataset that has it now`,
      advice: phrase`Rename that one, or import again under another name.`,
    });
  });
}
