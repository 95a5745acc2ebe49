// Pictures that were moved to another dataset come back from there: the revision by which they left is taken back together with those by
// which they arrived, or neither is.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import type { ChangeContext, Transfer } from './revise.ts';
import { takeAllBack } from './take-back-job.ts';
import { type UndoResult, undoRevision } from './undo-revision.ts';

/**
 * Takes back a revision, and of a move what it did to the other dataset. What was taken back there before stays so, and where that
 * dataset is gone or in the trash there is nothing to do.
 *
 * @throws StoreError what `undoRevision` throws, of either dataset; then nothing is written
 * @example
 * await undoWithArrival(store, 1, 12, { author: 'ada' });
 */
export async function undoWithArrival(
  store: Store,
  datasetId: number,
  revision: number,
  context: ChangeContext,
): Promise<UndoResult> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const { author } = context;
      const move = await moveOf(transaction, datasetId, revision);
      if (move !== null) {
        const { jobId, to } = move;
        await takeAllBack(transaction, to.datasetId, { jobId, author }).catch((error) => {
          throw ofDataset(error, to.name);
        });
      }
      return undoRevision(transaction, datasetId, revision, context);
    });
}

async function moveOf(
  transaction: DatabaseTransaction,
  datasetId: number,
  revision: number,
): Promise<{ jobId: string; to: Transfer } | null> {
  const { rows } = await sql<{ jobId: string; to: Transfer }>`
    select job_id as "jobId",
      (result -> 'transfer') || jsonb_build_object('name', dataset.name) as to
    from revision join dataset on dataset.id = (result -> 'transfer' ->> 'datasetId')::bigint
    where dataset_id = ${datasetId} and revision.revision = ${revision} and job_id is not null
      and result -> 'transfer' @> '{"how": "move", "way": "to"}' and deleted_at is null`.execute(
    transaction,
  );
  return rows[0] ?? null;
}

/** Whoever reads it looks at the other dataset. */
function ofDataset(error: unknown, name: string): unknown {
  if (!(error instanceof StoreError)) return error;
  const { where = '', ...fault } = error.details;
  return new StoreError(error.code, { ...fault, where: phrase`${name}, ${where}` });
}
