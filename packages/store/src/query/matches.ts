// The images that match a query, as a list of ids in order: what a scroll bar, a position and "next" ask for. A list is
// made in one pass over the dataset and from then on kept up with what changed: an edit costs as much as it touched, not
// as much as matches.

import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { changedImages } from './changed-images.ts';
import { compileImages, stampBeside } from './compile.ts';
import { type Sort, sortOf } from './sort.ts';
import { type Stamp, stampOf } from './stamp.ts';

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
  sort: Sort;
  deleted: boolean;
}

/** A list and the state of the dataset that it is of. */
interface Matches extends Stamp {
  imageIds: Float64Array<ArrayBuffer>;
}

/** Of eight bytes for each match: 24 MB for a hundred thousand images. */
const MAX_REMEMBERED = 30;
/** More changed images than this are looked at in a new pass over all. */
const MAX_CHANGED = 1000;
/** More images that take a new place than this are put there by sorting all. */
const MAX_PLACED = 8;

const remembered = new WeakMap<Store, Map<string, Promise<Matches>>>();

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
  const lists = remembered.get(store) ?? new Map<string, Promise<Matches>>();
  remembered.set(store, lists);
  const view: View = { datasetId, query: query.trim(), sort: sortOf(sort), deleted };
  const beside = await stampBeside(databaseOf(store), datasetId, view.query);
  const key = JSON.stringify([datasetId, view.query, view.sort.text, deleted, beside]);
  const known = lists.get(key);
  const matches =
    known === undefined
      ? listMatches(databaseOf(store), view)
      : known.then((list) => keptUp(databaseOf(store), view, list));
  // Moves to the end: the first one is always the longest unused.
  lists.delete(key);
  lists.set(key, matches);
  if (lists.size > MAX_REMEMBERED) lists.delete(lists.keys().next().value!);
  try {
    return (await matches).imageIds;
  } catch (error) {
    if (lists.get(key) === matches) lists.delete(key);
    throw error;
  }
}

/** Where in a list an image stands, or would stand: before all that come after it in the order. */
export async function placeIn(
  database: Database,
  { datasetId, sort }: Pick<View, 'datasetId' | 'sort'>,
  imageIds: Float64Array,
  imageId: number,
): Promise<number> {
  const found = imageIds.indexOf(imageId);
  if (found !== -1) return found;
  const comesBefore = sql.raw(sort.isDescending ? '>' : '<');
  const placesOf = (condition: RawBuilder<boolean>) => sql`
    select ${sort.key} as key, image.row_id from image
    where image.dataset_id = ${datasetId} and ${condition}`;
  // A search in few rounds of many probes: each round asks the database once.
  const probes = 500;
  let low = 0;
  let high = imageIds.length;
  while (low < high) {
    const step = Math.ceil((high - low) / probes);
    const probed: number[] = [];
    for (let at = low; at < high; at += step) probed.push(imageIds[at]);
    const { rows } = await sql<{ before: number }>`
      select count(*) as before
      from (${placesOf(sql`image.image_id = any(${probed}::bigint[])`)}) as probe,
        (${placesOf(sql`image.image_id = ${imageId}`)}) as wanted
      where (probe.key, probe.row_id) ${comesBefore} (wanted.key, wanted.row_id)`.execute(database);
    const [{ before }] = rows;
    if (before === 0) return low;
    high = Math.min(high, low + before * step);
    low += (before - 1) * step + 1;
  }
  return low;
}

async function listMatches(database: Database, view: View): Promise<Matches> {
  const { datasetId, query, sort, deleted } = view;
  const condition = await compileImages(database, datasetId, query, { deleted });
  const direction = sql.raw(sort.isDescending ? 'desc' : 'asc');
  // One statement, so that the list is of the state that it names; as text, since a row for each id takes longer.
  const { rows } = await sql<Stamp & { ids: string | null }>`
    select dataset.revision, dataset.tableoid as table, (
      select string_agg(image.image_id::text, ' '
        order by ${sort.key} ${direction}, image.row_id ${direction})
      from image where ${condition}) as ids
    from dataset where id = ${datasetId}`.execute(database);
  const [{ ids, ...stamp } = { ids: null, revision: 0, table: 0 }] = rows;
  return { ...stamp, imageIds: Float64Array.from(ids?.split(' ') ?? [], Number) };
}

/** A list as it is after the changes since it was made. */
async function keptUp(database: Database, view: View, list: Matches): Promise<Matches> {
  const stamp = await stampOf(database, view.datasetId);
  if (stamp.table === list.table && stamp.revision === list.revision) return list;
  const isLater = stamp.table === list.table && stamp.revision > list.revision;
  const renewed = isLater
    ? await database
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((transaction) => withChanges(transaction, view, list))
    : null;
  return renewed ?? listMatches(database, view);
}

/** Null where a new pass is the quicker way. */
async function withChanges(database: Database, view: View, list: Matches): Promise<Matches | null> {
  const { datasetId, query, sort, deleted } = view;
  const { stamp, imageIds: changed } = await changedImages(
    database,
    datasetId,
    list.revision,
    MAX_CHANGED,
  );
  if (changed === null) return null;
  if (changed.length === 0) return { ...stamp, imageIds: list.imageIds };
  const { rows } = await sql<{ image_id: number }>`
    select image.image_id from image
    where ${await compileImages(database, datasetId, query, { deleted })}
      and image.image_id = any(${changed}::bigint[])`.execute(database);
  const matching = new Set(rows.map(({ image_id }) => image_id));
  // In the order in which images came, one that still matches stands where it stood.
  const stays = sort.isFixed ? matching : new Set<number>();
  const leaving = new Set(changed.filter((id) => !stays.has(id)));
  const present = new Set<number>();
  let imageIds = list.imageIds.filter((id) => {
    if (stays.has(id)) present.add(id);
    return !leaving.has(id);
  });
  const placed = [...matching].filter((id) => !present.has(id));
  if (placed.length > MAX_PLACED) return null;
  for (const id of placed) {
    const place = await placeIn(database, view, imageIds, id);
    const longer = new Float64Array(imageIds.length + 1);
    longer.set(imageIds.subarray(0, place));
    longer[place] = id;
    longer.set(imageIds.subarray(place), place + 1);
    imageIds = longer;
  }
  return { ...stamp, imageIds };
}
