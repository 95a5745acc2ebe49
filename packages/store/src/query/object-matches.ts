// The objects that match a query, as a list that is kept up.

import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { changedImages } from './changed-images.ts';
import { compileObjects, stampBeside } from './compile.ts';
import {
  idsFromText,
  type KeptList,
  keptLists,
  placeAmong,
  withIdAt,
  withoutChanged,
} from './kept-list.ts';
import { MAX_CHANGED } from './matches.ts';
import { type ObjectSort, objectOrderBy } from './object-sort.ts';
import { objectSortOfView } from './similar-to.ts';
import type { Stamp } from './stamp.ts';

/** More of them than this that take a new place are put there by sorting all. */
const MAX_PLACED = 64;

interface View {
  datasetId: number;
  query: string;
  /** Of what is no part of the dataset but asked of. */
  beside: string;
  sort: ObjectSort;
}

const listOf = keptLists<View>({
  keyOf: ({ datasetId, query, beside, sort }) =>
    JSON.stringify([datasetId, query, beside, sort.text]),
  make: listMatches,
  withChanges,
});

/**
 * The ids of the matches of now.
 *
 * @throws StoreError `bad-query`
 */
export async function objectMatchesOf(
  store: Store,
  datasetId: number,
  { query = '', sort }: { query?: string; sort?: string },
): Promise<Float64Array> {
  const db = databaseOf(store);
  const [beside, placing] = await Promise.all([
    stampBeside(db, datasetId, query, sort),
    objectSortOfView(db, datasetId, { query, sort }),
  ]);
  return listOf(store, { datasetId, query: query.trim(), beside, sort: placing });
}

const matches = async (database: Database, { datasetId, query }: View) => sql`
  from annotation a
    join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
  where ${await compileObjects(database, datasetId, query)}`;

async function listMatches(database: Database, view: View): Promise<KeptList> {
  // One statement, so that the list is of the state that it names.
  const { rows } = await sql<Stamp & { ids: string | null }>`
    select dataset.revision, dataset.tableoid as table, (
      select string_agg(a.annotation_id::text, ' ' order by ${objectOrderBy(view.sort)})
      ${await matches(database, view)}) as ids
    from dataset where id = ${view.datasetId}`.execute(database);
  const [{ ids, ...stamp } = { ids: null, revision: 0, table: 0 }] = rows;
  return { ...stamp, ids: idsFromText(ids) };
}

async function withChanges(
  database: Database,
  view: View,
  list: KeptList,
): Promise<KeptList | null> {
  const { datasetId, sort } = view;
  const isOnChanged = sql`a.dataset_id = ${datasetId} and a.image_id = any(changed.ids)`;
  const idsOf = (found: RawBuilder<unknown>) =>
    sql`(select string_agg(id::text, ' ') from (${found}) as found)`;
  const changes = await changedImages<{ matching: string | null; known: string | null }>(
    database,
    datasetId,
    { since: list.revision, limit: MAX_CHANGED },
    sql`
      ${idsOf(sql`
        select a.annotation_id as id ${await matches(database, view)} and ${isOnChanged}`)} as matching,
      ${
        // Two parts, since no index holds both what is and what was.
        idsOf(sql`
          select a.annotation_id as id from annotation a where ${isOnChanged} and a.retired is null
          union
          select a.annotation_id from annotation a
          where ${isOnChanged} and a.retired > ${list.revision}`)
      } as known`,
  );
  if (changes.imageIds === null || changes.areCategoriesChanged) return null;
  const { stamp } = changes;
  const matching = new Set(idsFromText(changes.matching));
  // By identity, one that still matches stands where it stood.
  const left = withoutChanged(list.ids, idsFromText(changes.known), matching, sort.isById);
  const { placed } = left;
  let { ids } = left;
  if (sort.isById) return { ...stamp, ids: merged(ids, [...placed], sort.isDescending) };
  if (placed.size > MAX_PLACED) return null;
  for (const id of placed) {
    const place = await placeIn(database, view, ids, id, list.ids.indexOf(id));
    ids = withIdAt(ids, place, id);
  }
  return { ...stamp, ids };
}

function merged(
  ids: Float64Array<ArrayBuffer>,
  placed: number[],
  isDescending: boolean,
): Float64Array<ArrayBuffer> {
  const all = new Float64Array(ids.length + placed.length);
  all.set(ids);
  all.set(placed, ids.length);
  all.sort();
  return isDescending ? all.reverse() : all;
}

async function placeIn(
  database: Database,
  { datasetId, sort }: View,
  ids: Float64Array,
  id: number,
  formerPlace: number,
): Promise<number> {
  const comesBefore = sql.raw(sort.isDescending ? '>' : '<');
  const placesOf = (condition: RawBuilder<boolean>) => sql`
    select ${sort.key} as key, a.annotation_id from annotation a
    where a.dataset_id = ${datasetId} and a.retired is null and ${condition}`;
  // Right after an import the planner knows nothing of the table, and would look for the one anew for each of the others.
  const countBefore = async (probed: number[]) => {
    const { rows } = await sql<{ before: number }>`
      with probe as materialized (${placesOf(sql`a.annotation_id = any(${probed}::bigint[])`)}),
        wanted as materialized (${placesOf(sql`a.annotation_id = ${id}`)})
      select count(*) as before from probe, wanted
      where (probe.key, probe.annotation_id) ${comesBefore} (wanted.key, wanted.annotation_id)`.execute(
      database,
    );
    return rows[0].before;
  };
  return placeAmong(ids, countBefore, formerPlace);
}
