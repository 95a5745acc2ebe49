// What was done in grids and the server does not have yet, in the browser's own database: it outlasts a reload, and the
// tab in which it was done.

import type { DBSchema } from 'idb';
import { isAnythingKept, keptDatabase } from '../../saving/kept-database.ts';
import { type Lock, takeLock } from '../../saving/lock.ts';
import { ownSession } from '../../server/own-changes.ts';
import type { Deed } from './deed.ts';

export interface KeptDeed {
  readonly key: string;
  readonly datasetId: number;
  /** Another workbench at the same address has other datasets under the same ids. */
  readonly datasetCreatedAt: string;
  readonly deed: Deed;
}

interface Schema extends DBSchema {
  deeds: { key: number; value: KeptDeed & { readonly tab: string } };
}

const lockOf = (tab: string): string => `migaki-grid ${tab}`;

let ownLock: Promise<Lock | null> | undefined;

/**
 * @returns its number, to forget it by
 * @throws DOMException where the browser has no room
 */
export async function keepDeed(kept: KeptDeed): Promise<number> {
  // As long as this tab is there, no other takes over what it has to send.
  ownLock ??= takeLock(lockOf(ownSession));
  await ownLock;
  const db = await keptDatabase<Schema>();
  const work = db.transaction('deeds', 'readwrite', { durability: 'strict' });
  const number = await work.store.add({ ...kept, tab: ownSession });
  await work.done;
  return number;
}

export async function forgetDeed(number: number): Promise<void> {
  const db = await keptDatabase<Schema>();
  await db.delete('deeds', number);
}

/** Takes over what tabs that are gone have left, in the order in which it was done. */
export async function takeDeedsLeft(): Promise<(KeptDeed & { readonly number: number })[]> {
  if (!(await isAnythingKept())) return [];
  const db = await keptDatabase<Schema>();
  const [numbers, values] = await Promise.all([db.getAllKeys('deeds'), db.getAll('deeds')]);
  const all = values.map((value, index) => ({ ...value, number: numbers[index] }));
  const tabs = new Set(all.map(({ tab }) => tab));
  tabs.delete(ownSession);
  for (const tab of tabs) if ((await takeLock(lockOf(tab))) === null) tabs.delete(tab);
  return all.filter(({ tab }) => tabs.has(tab));
}
