import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';

export interface DatasetStamp {
  revision: number;
  /** Another one in a restored backup, in which revisions are counted anew. */
  table: number;
  isDeleted: boolean;
  /** Differs whenever anything of the dataset does: revision, name, versions, saved views, trash, a restored backup. */
  stamp: string;
}

/** A stamp for every dataset, by its id: what changed is what differs. Cheap enough to be asked for all the time. */
export async function datasetStamps(store: Store): Promise<Map<number, DatasetStamp>> {
  const { rows } = await sql<DatasetStamp & { id: number }>`
    select id, revision, tableoid as table, deleted_at is not null as "isDeleted",
      md5(row(
        tableoid, revision, name, description, cover_image_id, deleted_at,
        (select row(count(*), max(v.created_at)) from version v where v.dataset_id = dataset.id),
        (select string_agg(s::text, ',' order by s.name) from saved_view s where s.dataset_id = dataset.id)
      )::text) as stamp
    from dataset`.execute(databaseOf(store));
  return new Map(rows.map(({ id, ...stamp }) => [id, stamp]));
}
