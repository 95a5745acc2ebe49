// How many images match, and which is the 52,000th: what a scroll bar asks. Of a query's matches every thousandth place
// is remembered, so any page is found from the nearest one; that takes a few kilobytes, and one pass over the matches
// whenever the dataset has changed.

import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { compileImages } from './compile.ts';
import { rememberedAnswer } from './remember.ts';
import { type Place, type Sort, sortOf } from './sort.ts';

const STRIDE = 1000;

/** The matches of a query in an order, at one revision. */
export interface Matches {
  datasetId: number;
  condition: RawBuilder<boolean>;
  sort: Sort;
  total: number;
  /** The places of the first, the 1,001st, the 2,001st, … match. */
  anchors: Place[];
}

export interface ImageQuery {
  /** Default: all images. */
  query?: string;
  /** Default `added`. */
  sort?: string;
  /** Those in the trash instead. */
  deleted?: boolean;
}

/** The matches of now; counted again only when the dataset has changed since. */
export async function matchesOf(
  store: Store,
  datasetId: number,
  { query = '', sort, deleted = false }: ImageQuery,
): Promise<Matches> {
  return rememberedAnswer(store, datasetId, ['matches', query.trim(), sort, deleted], () =>
    count(databaseOf(store), datasetId, query, sortOf(sort), deleted),
  );
}

/** The last anchor at or before a position, and how many matches lie between. */
export function anchorBefore(
  { anchors }: Matches,
  position: number,
): { anchor: Place; offset: number } | null {
  const index = Math.min(anchors.length - 1, Math.floor(position / STRIDE));
  if (index < 0) return null;
  return { anchor: anchors[index], offset: position - index * STRIDE };
}

/** How many matches lie before a place. The anchors are compared where the order is defined: in the database. */
export async function positionOf(db: Database, matches: Matches, place: Place): Promise<number> {
  const { sort, anchors, condition } = matches;
  const keys = anchors.map(({ key }) => key);
  const rowIds = anchors.map(({ rowId }) => rowId);
  const collation = sort.text.endsWith('name') ? sql`collate "C"` : sql``;
  const before = sql.raw(sort.isDescending ? '>=' : '<=');
  const { rows } = await sql<{ index: number | null }>`
    select max(index) as index
    from unnest(${keys}::text[], ${rowIds}::bigint[]) with ordinality as anchor (key, row_id, index)
    where (anchor.key::${sort.type} ${collation}, anchor.row_id)
      ${before} (${place.key}::${sort.type} ${collation}, ${place.rowId}::bigint)`.execute(db);
  const index = (rows[0].index ?? 1) - 1;
  if (anchors.length === 0) return 0;
  const from = sql.raw(sort.isDescending ? '<=' : '>=');
  const to = sql.raw(sort.isDescending ? '>' : '<');
  const { rows: between } = await sql<{ count: number }>`
    select count(*) as count from image where ${condition}
      and (${sort.key}, image.row_id) ${from} (${anchors[index].key}::${sort.type}, ${anchors[index].rowId}::bigint)
      and (${sort.key}, image.row_id) ${to} (${place.key}::${sort.type}, ${place.rowId}::bigint)`.execute(
    db,
  );
  return index * STRIDE + between[0].count;
}

async function count(
  db: Database,
  datasetId: number,
  query: string,
  sort: Sort,
  deleted: boolean,
): Promise<Matches> {
  const condition = await compileImages(db, datasetId, query, { deleted });
  const direction = sql.raw(sort.isDescending ? 'desc' : 'asc');
  const { rows } = await sql<{ key: string; row_id: number; nth: number; total: number }>`
    select key::text as key, row_id, nth, total from (
      select ${sort.key} as key, image.row_id, count(*) over () as total,
        row_number() over (order by ${sort.key} ${direction}, image.row_id ${direction}) as nth
      from image where ${condition}
    ) as numbered
    where nth % ${sql.lit(STRIDE)} = 1 order by nth`.execute(db);
  return {
    datasetId,
    condition,
    sort,
    total: rows[0]?.total ?? 0,
    anchors: rows.map(({ key, row_id }) => ({ key, rowId: row_id })),
  };
}
