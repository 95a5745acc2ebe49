// What is made in one pass over a dataset and from then on kept up with what changed: an edit costs as much as it touched, not
// as much as the dataset is large.

import { type Database, databaseOf, type Store } from '../database/store.ts';
import { type Stamp, stampOf } from './stamp.ts';

/** How things of one kind are made. A view says of which dataset, and of what in it. */
export interface KeptKind<View extends { datasetId: number }, Kept extends Stamp> {
  /** Tells views apart. */
  keyOf(view: View): string;
  bytesOf(kept: Kept): number;
  make(database: Database, view: View): Promise<Kept>;
  /**
   * What was made as it is after the changes since; null where a new pass is the quicker way. Never runs twice at a time for
   * one view. It may know of what changes meanwhile already: the next time it finds that changed once more.
   */
  withChanges(database: Database, view: View, kept: Kept): Promise<Kept | null>;
}

const MAX_REMEMBERED = 30;
/** Of all of a kind but the one used last. */
const MAX_BYTES = 256 * 2 ** 20;

interface Entry<Kept> {
  kept: Promise<Kept>;
  /** 0 until it is there. */
  bytes: number;
}

/** @returns what gives what is kept for a view as it is now */
export function keptUp<View extends { datasetId: number }, Kept extends Stamp>(
  kind: KeptKind<View, Kept>,
): (store: Store, view: View) => Promise<Kept> {
  const remembered = new WeakMap<Store, Map<string, Entry<Kept>>>();
  return async (store, view) => {
    const database = databaseOf(store);
    const entries = remembered.get(store) ?? new Map<string, Entry<Kept>>();
    remembered.set(store, entries);
    const key = kind.keyOf(view);
    const known = entries.get(key);
    const entry: Entry<Kept> = {
      kept:
        known?.kept.then((kept) => ofNow(kind, database, view, kept)) ?? kind.make(database, view),
      bytes: known?.bytes ?? 0,
    };
    // Moves to the end: the first one is always the longest unused.
    entries.delete(key);
    entries.set(key, entry);
    try {
      const kept = await entry.kept;
      entry.bytes = kind.bytesOf(kept);
      forgetOldest(entries);
      return kept;
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key);
      throw error;
    }
  };
}

function forgetOldest(entries: Map<string, Entry<unknown>>): void {
  let bytes = 0;
  for (const entry of entries.values()) bytes += entry.bytes;
  for (const [key, entry] of entries) {
    if (entries.size === 1 || (entries.size <= MAX_REMEMBERED && bytes <= MAX_BYTES)) return;
    entries.delete(key);
    bytes -= entry.bytes;
  }
}

async function ofNow<View extends { datasetId: number }, Kept extends Stamp>(
  kind: KeptKind<View, Kept>,
  database: Database,
  view: View,
  kept: Kept,
): Promise<Kept> {
  const stamp = await stampOf(database, view.datasetId);
  if (stamp.table === kept.table && stamp.revision === kept.revision) return kept;
  const isLater = stamp.table === kept.table && stamp.revision > kept.revision;
  const renewed = isLater ? await kind.withChanges(database, view, kept) : null;
  return renewed ?? kind.make(database, view);
}
