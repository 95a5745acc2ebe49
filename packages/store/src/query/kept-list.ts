// Lists of what matches a query, in its order: what a scroll bar, a position and "next" ask for. A list is made in one pass
// over the dataset and from then on kept up with what changed: an edit costs as much as it touched, not as much as matches.

import { type Database, databaseOf, type Store } from '../database/store.ts';
import { type Stamp, stampOf } from './stamp.ts';

/** Ids in their order, and the state of the dataset that they are of. */
export interface KeptList extends Stamp {
  ids: Float64Array<ArrayBuffer>;
}

/** How lists of one kind are made. A view says of which dataset, query and order. */
export interface ListKind<View extends { datasetId: number }> {
  /** Tells lists apart. */
  keyOf(view: View): string;
  list(database: Database, view: View): Promise<KeptList>;
  /**
   * A list as it is after the changes since it was made; null where a new pass is the quicker way.
   *
   * @param database in which nothing changes meanwhile
   */
  withChanges(database: Database, view: View, list: KeptList): Promise<KeptList | null>;
}

const MAX_REMEMBERED = 30;
/** Of all lists of a kind but the one used last. An id takes eight bytes. */
const MAX_BYTES = 256 * 2 ** 20;

interface Entry {
  list: Promise<KeptList>;
  /** 0 until it is there. */
  bytes: number;
}

/** @returns what gives the ids of a view as they are now */
export function keptLists<View extends { datasetId: number }>(
  kind: ListKind<View>,
): (store: Store, view: View) => Promise<Float64Array> {
  const remembered = new WeakMap<Store, Map<string, Entry>>();
  return async (store, view) => {
    const database = databaseOf(store);
    const entries = remembered.get(store) ?? new Map<string, Entry>();
    remembered.set(store, entries);
    const key = kind.keyOf(view);
    const known = entries.get(key);
    const entry: Entry = {
      list:
        known?.list.then((list) => keptUp(kind, database, view, list)) ?? kind.list(database, view),
      bytes: known?.bytes ?? 0,
    };
    // Moves to the end: the first one is always the longest unused.
    entries.delete(key);
    entries.set(key, entry);
    try {
      const { ids } = await entry.list;
      entry.bytes = ids.byteLength;
      forgetOldest(entries);
      return ids;
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key);
      throw error;
    }
  };
}

function forgetOldest(entries: Map<string, Entry>): void {
  let bytes = 0;
  for (const entry of entries.values()) bytes += entry.bytes;
  for (const [key, entry] of entries) {
    if (entries.size === 1 || (entries.size <= MAX_REMEMBERED && bytes <= MAX_BYTES)) return;
    entries.delete(key);
    bytes -= entry.bytes;
  }
}

async function keptUp<View extends { datasetId: number }>(
  kind: ListKind<View>,
  database: Database,
  view: View,
  list: KeptList,
): Promise<KeptList> {
  const stamp = await stampOf(database, view.datasetId);
  if (stamp.table === list.table && stamp.revision === list.revision) return list;
  const isLater = stamp.table === list.table && stamp.revision > list.revision;
  const renewed = isLater
    ? await database
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((transaction) => kind.withChanges(transaction, view, list))
    : null;
  return renewed ?? kind.list(database, view);
}

/** The ids of a text that the database aggregated; a row for each id takes longer. */
export const idsFromText = (text: string | null): Float64Array<ArrayBuffer> =>
  Float64Array.from(text?.split(' ') ?? [], Number);

/** A list with one id more. */
export function withIdAt(
  ids: Float64Array<ArrayBuffer>,
  place: number,
  id: number,
): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(ids.length + 1);
  longer.set(ids.subarray(0, place));
  longer[place] = id;
  longer.set(ids.subarray(place), place + 1);
  return longer;
}

/**
 * Where something belongs in a list, found in few rounds of many probes: each round asks the database once.
 *
 * @param countBefore how many of some ids of the list, in its order, come before it
 */
export async function placeAmong(
  ids: Float64Array,
  countBefore: (probed: number[]) => Promise<number>,
): Promise<number> {
  const probes = 500;
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const step = Math.ceil((high - low) / probes);
    const probed: number[] = [];
    for (let at = low; at < high; at += step) probed.push(ids[at]);
    const before = await countBefore(probed);
    if (before === 0) return low;
    high = Math.min(high, low + before * step);
    low += (before - 1) * step + 1;
  }
  return low;
}
