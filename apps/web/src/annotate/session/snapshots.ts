// What a reload brings back, in the browser's own database: of each picture where one was in it, and every transaction
// that undo or saving may need. Transactions never change, so each is written once, however many follow it.

import { isSnapshotOf, type Snapshot, type Transaction } from '@migaki/annotator';
import type { DBSchema } from 'idb';
import { keptDatabase } from '../../saving/kept-database.ts';

/** Which picture, and of how many tabs that have it open this is. */
export interface Place {
  readonly datasetId: number;
  readonly imageId: number;
  readonly slot: number;
}

/** Says whether a picture is still the one: another workbench at the same address has other datasets under the same ids. */
export interface Identity {
  readonly datasetCreatedAt: string;
  readonly imageAddedAt: string;
}

type Kept = Omit<Snapshot, 'history' | 'pending'> & {
  readonly done: readonly string[];
  readonly undone: readonly string[];
  readonly pending: readonly string[];
};

interface Entry extends Identity {
  readonly place: Place;
  readonly fileName: string;
  readonly kept: Kept;
  readonly changedAtMillis: number;
}

type PlaceKey = [datasetId: number, imageId: number, slot: number];

interface Schema extends DBSchema {
  places: { key: PlaceKey; value: Entry };
  transactions: { key: [...PlaceKey, key: string]; value: Transaction };
}

/** Pictures without anything unsaved are forgotten after this time. */
const keptMillis = 30 * 24 * 3600 * 1000;

const database = keptDatabase<Schema>;

const keyOf = ({ datasetId, imageId, slot }: Place): PlaceKey => [datasetId, imageId, slot];

const rangeOf = (key: PlaceKey): IDBKeyRange => IDBKeyRange.bound([...key, ''], [...key, '\uffff']);

/** @returns null where nothing is kept of this picture */
export async function readSnapshot(place: Place, identity: Identity): Promise<Snapshot | null> {
  const db = await database();
  const entry = await db.get('places', keyOf(place));
  const isSame =
    entry !== undefined &&
    entry.datasetCreatedAt === identity.datasetCreatedAt &&
    entry.imageAddedAt === identity.imageAddedAt;
  if (!isSame) return null;
  const transactions = new Map(
    (await db.getAll('transactions', rangeOf(keyOf(place)))).map((each) => [each.key, each]),
  );
  const all = (keys: readonly string[]) => keys.flatMap((key) => transactions.get(key) ?? []);
  const { done, undone, pending, ...rest } = entry.kept;
  const snapshot: Snapshot = {
    ...rest,
    history: { done: all(done), undone: all(undone) },
    pending: all(pending),
  };
  return isSnapshotOf(snapshot, place.imageId) ? snapshot : null;
}

export interface SnapshotWriter {
  /** @throws DOMException where the browser has no room */
  write(snapshot: Snapshot): Promise<void>;
}

export function snapshotWriter(place: Place, identity: Identity, fileName: string): SnapshotWriter {
  /** What this tab has written: null before it knows what was there. */
  let written: Set<string> | null = null;
  return {
    async write({ history, pending, ...rest }) {
      const db = await database();
      const key = keyOf(place);
      const wanted = new Map(
        [...history.done, ...history.undone, ...pending].map((each) => [each.key, each]),
      );
      const keys = (list: readonly Transaction[]) => list.map((each) => each.key);
      const kept: Kept = {
        ...rest,
        done: keys(history.done),
        undone: keys(history.undone),
        pending: keys(pending),
      };
      // What is not at the server yet must outlast a power failure.
      const durability = pending.length > 0 ? 'strict' : 'relaxed';
      const work = db.transaction(['places', 'transactions'], 'readwrite', { durability });
      const transactions = work.objectStore('transactions');
      written ??= new Set((await transactions.getAllKeys(rangeOf(key))).map((each) => each[3]));
      const puts = [...wanted.values()]
        // What waits may be rewritten when a conflict is settled; what is done stays as it is.
        .filter((each) => !written!.has(each.key) || pending.includes(each))
        .map((each) => transactions.put(each, [...key, each.key]));
      const gone = [...written].filter((each) => !wanted.has(each));
      const deletes = gone.map((each) => transactions.delete([...key, each]));
      const entry = { ...identity, place, fileName, kept, changedAtMillis: Date.now() };
      const entries = work.objectStore('places').put(entry, key);
      await Promise.all([...puts, ...deletes, entries, work.done]);
      written = new Set(wanted.keys());
    },
  };
}

export interface Unsaved extends Identity {
  readonly place: Place;
  readonly fileName: string;
  readonly count: number;
}

/** Pictures of which something has not reached the server. */
export async function listUnsaved(): Promise<Unsaved[]> {
  const db = await database();
  const entries = await db.getAll('places');
  return entries
    .filter(({ kept }) => kept.pending.length > 0)
    .map(({ place, fileName, kept, datasetCreatedAt, imageAddedAt }) => ({
      place,
      fileName,
      count: kept.pending.length,
      datasetCreatedAt,
      imageAddedAt,
    }));
}

/** The slots of a picture in which something has not reached the server. */
export async function listWaitingSlots(datasetId: number, imageId: number): Promise<number[]> {
  const db = await database();
  const ofPicture = IDBKeyRange.bound([datasetId, imageId], [datasetId, imageId, []]);
  const entries = await db.getAll('places', ofPicture);
  return entries.filter(({ kept }) => kept.pending.length > 0).map(({ place }) => place.slot);
}

export async function forgetSnapshot(place: Place): Promise<void> {
  const db = await database();
  const work = db.transaction(['places', 'transactions'], 'readwrite');
  await Promise.all([
    work.objectStore('places').delete(keyOf(place)),
    work.objectStore('transactions').delete(rangeOf(keyOf(place))),
    work.done,
  ]);
}

/** Makes room: what was saved long ago is of no more use than undo on a picture that nobody has opened since. */
export async function forgetOldSnapshots(nowMillis: number): Promise<void> {
  const db = await database();
  for (const { place, kept, changedAtMillis } of await db.getAll('places')) {
    const isOld = nowMillis - changedAtMillis > keptMillis;
    if (isOld && kept.pending.length === 0) await forgetSnapshot(place);
  }
}
