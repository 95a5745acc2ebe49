// The one way to change a dataset: a transaction that takes its next revision. The lock on the dataset's row brings
// changes into one order, so that a version, which is a revision with a name, says exactly what was there.

import { phrase } from '@migaki/coco';
import { encodeJson } from '../database/json-codec.ts';
import {
  type Database,
  type DatabaseTransaction,
  databaseOf,
  executorOf,
  type SqlExecutor,
  type Store,
} from '../database/store.ts';
import { StoreError } from '../store-error.ts';

/** Where pictures went, or came from, by a change of one of two datasets. */
export interface Transfer {
  how: 'copy' | 'move';
  way: 'to' | 'from';
  /** The other one. */
  datasetId: number;
  /** As it was called then. */
  name: string;
}

/** Who changes something and why, told with every change. */
export interface ChangeContext {
  author: string;
  note?: string;
  /** The job that makes the change. */
  jobId?: string;
  /** Kept with the revision, for whoever reads it or takes it back. */
  transfer?: Transfer;
  /** A UUID made by the client: the same change sent again under it is made once and answered alike. */
  key?: string;
  /** A UUID of the tab or program that makes the change, so that it knows the news of it for its own. */
  sessionId?: string;
  /** Runs in the same transaction once the change is made: what must happen if and only if it does. */
  alongside?: (sql: SqlExecutor, revision: number) => Promise<void>;
}

/** What each change answers, whatever else. `revision` is the dataset's own when nothing had to change. */
export interface Revised {
  revision: number;
  isUnchanged: boolean;
}

export interface Work<Result> {
  transaction: DatabaseTransaction;
  datasetId: number;
  /** The revision that this change becomes. */
  revision: number;
  author: string;
  /** Say so when it turned out that there is nothing to do: no revision is taken, and nothing is written. */
  unchanged(result: Result): never;
}

/** Thrown to undo a transaction that turned out to have nothing to do. */
class Unchanged {
  readonly answer: object;

  constructor(answer: object) {
    this.answer = answer;
  }
}

/**
 * Runs `work` under the next revision of a dataset. Its result must be JSON.
 *
 * @param store a transaction, where several changes are made together or none of them
 * @throws StoreError `dataset-not-found`, and what `work` throws; then nothing has changed.
 * @example
 * const { revision } = await revise(store, 1, 'edit', { author: 'ada' }, async ({ transaction, revision }) => …);
 */
export async function revise<Result extends object>(
  store: Store | Database,
  datasetId: number,
  kind: string,
  context: ChangeContext,
  work: (work: Work<Result>) => Promise<Result>,
): Promise<Result & Revised> {
  const database = 'pool' in store ? databaseOf(store) : store;
  const running = inTransaction(database, async (transaction) => {
    const dataset = await transaction
      .selectFrom('dataset')
      .select('revision')
      .where('id', '=', datasetId)
      .where('deleted_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (dataset === undefined) throw await datasetNotFound(transaction, datasetId);
    if (context.key !== undefined) {
      const first = await transaction
        .selectFrom('revision')
        .select(['revision', 'result'])
        .where('dataset_id', '=', datasetId)
        .where('idempotency_key', '=', context.key)
        .executeTakeFirst();
      if (first !== undefined) {
        return { ...(first.result as Result), revision: first.revision, isUnchanged: false };
      }
    }

    const revision = dataset.revision + 1;
    const outcome = await work({
      transaction,
      datasetId,
      revision,
      author: context.author,
      unchanged: (result) => {
        throw new Unchanged({ ...result, revision: dataset.revision, isUnchanged: true });
      },
    });
    await transaction
      .insertInto('revision')
      .values({
        dataset_id: datasetId,
        revision,
        author: context.author,
        kind,
        note: context.note ?? '',
        job_id: context.jobId ?? null,
        session_id: context.sessionId ?? null,
        idempotency_key: context.key ?? null,
        result: encodeJson(
          context.transfer === undefined ? outcome : { ...outcome, transfer: context.transfer },
        ),
      })
      .execute();
    await transaction
      .updateTable('dataset')
      .set({ revision })
      .where('id', '=', datasetId)
      .execute();
    await context.alongside?.(executorOf(transaction), revision);
    return { ...outcome, revision, isUnchanged: false };
  });
  return running.catch((reason) => {
    if (reason instanceof Unchanged) return reason.answer as Result & Revised;
    throw reason;
  });
}

const inTransaction = <Result>(
  database: Database,
  work: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> =>
  database.isTransaction
    ? work(database as DatabaseTransaction)
    : database.transaction().execute(work);

/** One in the trash is told by its name: whoever began a job on it knows no number. */
export async function datasetNotFound(database: Database, datasetId: number): Promise<StoreError> {
  const deleted = await database
    .selectFrom('dataset')
    .select('name')
    .where('id', '=', datasetId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
  return deleted === undefined
    ? new StoreError('dataset-not-found', {
        expected: phrase`the id of a dataset`,
        found: String(datasetId),
        advice: phrase`It may have been deleted.`,
      })
    : new StoreError('dataset-not-found', {
        expected: phrase`a dataset that is there`,
        found: phrase`${deleted.name}, which was deleted`,
        advice: phrase`It can be restored from the trash.`,
      });
}
