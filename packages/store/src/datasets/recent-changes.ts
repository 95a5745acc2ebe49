// What revisions did to which images, for pages that show some of them: whether they have to look again.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { touchedTables } from './touched-tables.ts';

export interface RecentChange {
  revision: number;
  kind: string;
  author: string;
  /** UUIDs of the tab that made it and of the change itself, where it said them. */
  sessionId: string | null;
  key: string | null;
  /** Null where it may be any image: there are too many, or categories changed. */
  imageIds: number[] | null;
}

/** More images than this are not named one by one. */
const MAX_IMAGES = 100;
/** More rows than this are not looked through. */
const MAX_ROWS = 5_000;

/**
 * The revisions after `after`, up to `upTo`, in order.
 *
 * @returns null where there are more than `limit`
 */
export async function recentChanges(
  store: Store,
  datasetId: number,
  { after, upTo, limit = 20 }: { after: number; upTo: number; limit?: number },
): Promise<RecentChange[] | null> {
  if (upTo - after > limit) return null;
  const touched = sql.join(
    touchedTables.map(
      ([table, column]) => sql`
        (select image_id from ${sql.table(table)} touched
          where touched.dataset_id = r.dataset_id and ${sql.ref(`touched.${column}`)} = r.revision
          limit ${MAX_ROWS})`,
    ),
    sql` union all `,
  );
  const { rows } = await sql<Omit<RecentChange, 'imageIds'> & { ids: number[]; isLarge: boolean }>`
    select r.revision, r.kind, r.author, r.session_id as "sessionId", r.idempotency_key as key,
      coalesce(changed.ids, '{}') as ids,
      coalesce(changed.rows >= ${MAX_ROWS}, false) or exists (
        select 1 from category c where c.dataset_id = r.dataset_id
          and (c.born = r.revision or c.retired = r.revision)) as "isLarge"
    from revision r cross join lateral (
      select array_agg(distinct image_id) as ids, count(*) as rows from (${touched}) as each
    ) as changed
    where r.dataset_id = ${datasetId} and r.revision > ${after} and r.revision <= ${upTo}
    order by r.revision`.execute(databaseOf(store));
  return rows.map(({ ids, isLarge, ...change }) => ({
    ...change,
    imageIds: isLarge || ids.length > MAX_IMAGES ? null : ids.map(Number),
  }));
}
