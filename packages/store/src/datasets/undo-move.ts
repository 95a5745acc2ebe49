// Pictures that were moved to another dataset come back from there: the revision by which they left is taken back together with those by
// which they arrived, or neither is. So it is when that itself is taken back, which moves them again.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { type ChangeContext, datasetNotFound, type Transfer } from './revise.ts';
import { bringAllBack, takeAllBack } from './take-back-job.ts';
import { type UndoResult, undoRevision } from './undo-revision.ts';

/**
 * Takes back a revision, and of a move what it did to the other dataset. What was taken back there before stays so, and where that
 * dataset is gone or in the trash there is nothing to do.
 *
 * @throws StoreError what `undoRevision` throws, of either dataset; `bad-edit` where pictures that came would come again, which is
 *   decided where they left; then nothing is written
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
      const move = await moveOf(transaction, datasetId, revision);
      if (move !== null) await doOverThere(transaction, move, context.author);
      return undoRevision(transaction, datasetId, revision, context);
    });
}

interface Move {
  jobId: string;
  other: Transfer;
  isOtherThere: boolean;
  /** Whether the revision took the move back, and did not make it or make it again. */
  isTakenBack: boolean;
}

async function doOverThere(
  transaction: DatabaseTransaction,
  { jobId, other, isOtherThere, isTakenBack }: Move,
  author: string,
): Promise<void> {
  if (other.way === 'from') {
    if (isTakenBack) throw isDecidedThere(other.name);
    return;
  }
  if (!isOtherThere && isTakenBack) throw await datasetNotFound(transaction, other.datasetId);
  if (!isOtherThere) return;
  const act = isTakenBack ? bringAllBack : takeAllBack;
  await act(transaction, other.datasetId, { jobId, author }).catch((error) => {
    throw ofDataset(error, other.name);
  });
}

/** The move that a revision made, took back, or made again by taking that back; null where it has to do with none. */
async function moveOf(
  transaction: DatabaseTransaction,
  datasetId: number,
  revision: number,
): Promise<Move | null> {
  const { rows } = await sql<Move>`
    with recursive chain as (
      select kind, job_id, result, 0 as depth from revision
      where dataset_id = ${datasetId} and revision = ${revision}
      union all
      select undone.kind, undone.job_id, undone.result, depth + 1
      from chain join revision as undone on undone.dataset_id = ${datasetId}
        and undone.revision = (chain.result ->> 'undone')::bigint
      where chain.kind = 'undo' and chain.result -> 'annotationIds' is null
    )
    select job_id as "jobId", depth % 2 = 1 as "isTakenBack",
      dataset.id is not null and deleted_at is null as "isOtherThere",
      (result -> 'transfer')
        || jsonb_build_object('name', coalesce(dataset.name, result -> 'transfer' ->> 'name')) as other
    from chain left join dataset on dataset.id = (result -> 'transfer' ->> 'datasetId')::bigint
    where kind <> 'undo' and job_id is not null and result -> 'transfer' @> '{"how": "move"}'`.execute(
    transaction,
  );
  return rows[0] ?? null;
}

const isDecidedThere = (name: string) =>
  new StoreError('bad-edit', {
    expected: phrase`a change of this dataset alone`,
    found: phrase`one that took back a move from ${name}`,
    advice: phrase`Among all changes of ${name} the move can be taken back or made again.`,
  });

/** Whoever reads it looks at the other dataset. */
function ofDataset(error: unknown, name: string): unknown {
  if (!(error instanceof StoreError)) return error;
  const { where = '', ...fault } = error.details;
  return new StoreError(error.code, { ...fault, where: phrase`${name}, ${where}` });
}
