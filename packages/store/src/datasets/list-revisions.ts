// The changes of a dataset, page by page: who, when, how much they touched, and which of them were taken back.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import type { Transfer } from './revise.ts';
import { touchedIn } from './touched-tables.ts';
import { takenBackAfter } from './undo-checks.ts';

export interface Revision {
  revision: number;
  author: string;
  at: Date;
  kind: string;
  note: string;
  jobId: string | null;
  /** Names of the versions that stand for it. */
  versions: string[];
  /** Those that it changed, or of which it changed objects or comments. */
  images: TouchedCount;
  objects: TouchedCount;
  /** Where its pictures went or came from; null where it is part of no transfer. */
  transfer: Transfer | null;
  /** The revision that it took back; null where it is no such. */
  undone: number | null;
  /** Only what that did to some objects. */
  isUndoneInPart: boolean;
  /** The revision that took all of it back, and was not itself taken back; null where there is none. */
  takenBackBy: number | null;
}

export interface TouchedCount {
  count: number;
  /** There may be more of them: `countTouched` tells how many. */
  isMore: boolean;
}

/** More rows of a table than this are not looked through: an import of a million costs as much as one of a thousand. */
const MAX_ROWS = 1_000;

/**
 * The latest first.
 *
 * @param before only revisions below this one: the last one of the page before
 * @example
 * const [{ revision, objects, takenBackBy }] = await listRevisions(store, 1);
 */
export async function listRevisions(
  store: Store,
  datasetId: number,
  { before, limit = 50 }: { before?: number; limit?: number } = {},
): Promise<Revision[]> {
  const db = databaseOf(store);
  const { rows } = await sql<Omit<Revision, 'takenBackBy'>>`
    with page as (
      select * from revision
      where dataset_id = ${datasetId} ${before === undefined ? sql`` : sql`and revision < ${before}`}
      order by revision desc limit ${limit}
    )
    select r.revision, r.author, r.at, r.kind, r.note, r.job_id as "jobId",
      array(select name from version v
        where v.dataset_id = r.dataset_id and v.revision = r.revision order by created_at) as versions,
      touched.images, touched.objects, r.result -> 'transfer' as transfer,
      case when r.kind = 'undo' then (r.result ->> 'undone')::bigint end as undone,
      r.kind = 'undo' and r.result -> 'annotationIds' is not null as "isUndoneInPart"
    from page r cross join lateral (
      select ${countOf('image_id')} as images, ${countOf('annotation_id')} as objects
      from (${touchedIn(datasetId, sql.ref('r.revision'), MAX_ROWS + 1)}) as each
    ) as touched
    order by r.revision desc`.execute(db);
  if (rows.length === 0) return [];
  const takenBack = await takenBackAfter(db, datasetId, {
    undone: rows.at(-1)!.revision - 1,
    annotationIds: null,
  });
  return rows.map((row) => ({ ...row, takenBackBy: takenBack.get(row.revision) ?? null }));
}

const countOf = (key: 'image_id' | 'annotation_id') => sql`jsonb_build_object(
  'count', least(count(distinct ${sql.ref(key)}), ${MAX_ROWS}),
  'isMore', count(distinct ${sql.ref(key)}) > ${MAX_ROWS}
    or coalesce(bool_or(nth > ${MAX_ROWS}) filter (where ${sql.ref(key)} is not null), false))`;
