import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database/store.ts';

/** Keeps what rounds tell of versions that are about to be deleted, and whose evaluations are whose. */
export async function rememberDeleted(
  transaction: DatabaseTransaction,
  versionIds: readonly number[],
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into deleted_model_version
      (id, model_id, name, version, task, metrics, primary_metric, run_id, dataset_id, dataset, created_at)
    select v.id, v.model_id, m.name, v.version, v.task, v.metrics, v.primary_metric, v.run_id, v.dataset_id,
      v.dataset, v.created_at
    from model_version v join model m on m.id = v.model_id
    where v.id = any(${[...versionIds]}::int[]) and v.dataset_id is not null returning id`.execute(
    transaction,
  );
  await sql`update evaluation set deleted_version_id = model_version_id
    where model_version_id = any(${rows.map(({ id }) => id)}::int[])`.execute(transaction);
}
