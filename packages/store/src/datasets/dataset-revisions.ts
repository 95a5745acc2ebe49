import { databaseOf, type Store } from '../database/store.ts';

/** The revision of every dataset that is not in the trash, by its id: what changed is what differs. */
export async function datasetRevisions(store: Store): Promise<Map<number, number>> {
  const rows = await databaseOf(store)
    .selectFrom('dataset')
    .select(['id', 'revision'])
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}
