// The images that match a query, as a list that is kept up.

import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { changedImages } from './changed-images.ts';
import { compileImages, stampBeside } from './compile.ts';
import {
  idsFromText,
  type KeptList,
  keptLists,
  placeAmong,
  withIdAt,
  withoutChanged,
} from './kept-list.ts';
import { sortOfView } from './similar-to.ts';
import type { Sort } from './sort.ts';
import type { Stamp } from './stamp.ts';

export interface ImageQuery {
  /** Default: all images. */
  query?: string;
  /** Default `added`. */
  sort?: string;
  /** Those in the trash instead. */
  deleted?: boolean;
}

interface View {
  datasetId: number;
  query: string;
  /** Of what is no part of the dataset but asked of. */
  beside: string;
  sort: Sort;
  deleted: boolean;
}

/** More changed images than this are looked at in a new pass over all. */
export const MAX_CHANGED = 1000;
/** More of them than this that take a new place are put there by sorting all. */
export const MAX_PLACED = 8;

const listOf = keptLists<View>({
  keyOf: ({ datasetId, query, beside, sort, deleted }) =>
    JSON.stringify([datasetId, query, beside, sort.text, deleted]),
  make: listMatches,
  withChanges,
});

/**
 * The ids of the matches of now.
 *
 * @throws StoreError `bad-query`
 */
export async function matchesOf(
  store: Store,
  datasetId: number,
  { query = '', sort, deleted = false }: ImageQuery,
): Promise<Float64Array> {
  const db = databaseOf(store);
  // First, because some orders are brought up to date by it.
  const order = await sortOfView(db, datasetId, { query, sort });
  const beside = await stampBeside(db, datasetId, query, sort);
  return listOf(store, { datasetId, query: query.trim(), beside, sort: order, deleted });
}

/**
 * Where in a list an image stands, or would stand: before all that come after it in the order.
 *
 * @param formerPlace see `placeAmong`
 */
export async function placeIn(
  database: Database,
  { datasetId, sort }: Pick<View, 'datasetId' | 'sort'>,
  imageIds: Float64Array,
  imageId: number,
  formerPlace?: number,
): Promise<number> {
  const found = imageIds.indexOf(imageId);
  if (found !== -1) return found;
  const comesBefore = sql.raw(sort.isDescending ? '>' : '<');
  const placesOf = (condition: RawBuilder<boolean>) => sql`
    select ${sort.key} as key, image.row_id from image
    where image.dataset_id = ${datasetId} and ${condition}`;
  // Right after an import the planner knows nothing of the table, and would look for the one anew for each of the others.
  const countBefore = async (probed: number[]) => {
    const { rows } = await sql<{ before: number }>`
      with probe as materialized (${placesOf(sql`image.image_id = any(${probed}::bigint[])`)}),
        wanted as materialized (${placesOf(sql`image.image_id = ${imageId}`)})
      select count(*) as before from probe, wanted
      where (probe.key, probe.row_id) ${comesBefore} (wanted.key, wanted.row_id)`.execute(database);
    return rows[0].before;
  };
  return placeAmong(imageIds, countBefore, formerPlace);
}

async function listMatches(database: Database, view: View): Promise<KeptList> {
  const { datasetId, query, sort, deleted } = view;
  const condition = await compileImages(database, datasetId, query, { deleted });
  const direction = sql.raw(sort.isDescending ? 'desc' : 'asc');
  // One statement, so that the list is of the state that it names.
  const { rows } = await sql<Stamp & { ids: string | null }>`
    select dataset.revision, dataset.tableoid as table, (
      select string_agg(image.image_id::text, ' '
        order by ${sort.key} ${direction}, image.row_id ${direction})
      from image where ${condition}) as ids
    from dataset where id = ${datasetId}`.execute(database);
  const [{ ids, ...stamp } = { ids: null, revision: 0, table: 0 }] = rows;
  return { ...stamp, ids: idsFromText(ids) };
}

async function withChanges(
  database: Database,
  view: View,
  list: KeptList,
): Promise<KeptList | null> {
  const { datasetId, query, sort, deleted } = view;
  const condition = await compileImages(database, datasetId, query, { deleted });
  const changes = await changedImages<{ matching: string | null }>(
    database,
    datasetId,
    { since: list.revision, limit: MAX_CHANGED },
    sql`(select string_agg(image.image_id::text, ' ') from image
      where ${condition} and image.image_id = any(changed.ids)) as matching`,
  );
  if (changes.imageIds === null || changes.areCategoriesChanged) return null;
  const matching = new Set(idsFromText(changes.matching));
  // In the order in which images came, one that still matches stands where it stood.
  const left = withoutChanged(list.ids, changes.imageIds, matching, sort.isFixed);
  if (left.placed.size > MAX_PLACED) return null;
  let { ids } = left;
  for (const id of left.placed) {
    const place = await placeIn(database, view, ids, id, list.ids.indexOf(id));
    ids = withIdAt(ids, place, id);
  }
  return { ...changes.stamp, ids };
}
