// Lists of what matches a query, in its order: what a scroll bar, a position and "next" ask for.

import type { Store } from '../database/store.ts';
import { type KeptKind, keptUp } from './kept.ts';
import type { Stamp } from './stamp.ts';

/** Ids in their order, and the state of the dataset that they are of. */
export interface KeptList extends Stamp {
  ids: Float64Array<ArrayBuffer>;
}

/** @returns what gives the ids of a view as they are now */
export function keptLists<View extends { datasetId: number }>(
  kind: Omit<KeptKind<View, KeptList>, 'bytesOf'>,
): (store: Store, view: View) => Promise<Float64Array> {
  const listOf = keptUp<View, KeptList>({ ...kind, bytesOf: ({ ids }) => ids.byteLength });
  return async (store, view) => (await listOf(store, view)).ids;
}

/** The ids of a text that the database aggregated; a row for each id takes longer. */
export const idsFromText = (text: string | null): Float64Array<ArrayBuffer> =>
  Float64Array.from(text?.split(' ') ?? [], Number);

/** So few are looked for one by one, more of them in one pass over a list. */
const FEW = 16;

/**
 * A list without those of its ids that changed, but for ones that stay where they are, and what is to be put into it.
 *
 * @param touched ids that changed, in the list or not
 * @param matching those of them that belong into it
 * @param isFixed whether one that was there and still belongs there keeps its place
 */
export function withoutChanged(
  ids: Float64Array<ArrayBuffer>,
  touched: Iterable<number>,
  matching: ReadonlySet<number>,
  isFixed: boolean,
): { ids: Float64Array<ArrayBuffer>; placed: Set<number> } {
  const present = idsIn(ids, touched);
  const staying = isFixed ? present.intersection(matching) : new Set<number>();
  return {
    ids: withoutIds(ids, present.difference(staying)),
    placed: matching.difference(staying),
  };
}

/** Those of some ids that are in a list. */
function idsIn(ids: Float64Array, some: Iterable<number>): Set<number> {
  const asked = new Set(some);
  if (asked.size <= FEW) return new Set([...asked].filter((id) => ids.includes(id)));
  return new Set(ids.filter((id) => asked.has(id)));
}

/** A list without some of its ids. */
function withoutIds(
  ids: Float64Array<ArrayBuffer>,
  leaving: ReadonlySet<number>,
): Float64Array<ArrayBuffer> {
  if (leaving.size > FEW) return ids.filter((id) => !leaving.has(id));
  let left = ids;
  for (const id of leaving) {
    const place = left.indexOf(id);
    const shorter = new Float64Array(left.length - 1);
    shorter.set(left.subarray(0, place));
    shorter.set(left.subarray(place + 1), place);
    left = shorter;
  }
  return left;
}

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

/** The database looks each of them up: many take longer than one more round does. */
const PROBES = 100;

/**
 * Where something belongs in a list, found in few rounds of many probes: each round asks the database once.
 *
 * @param countBefore how many of some ids of the list, in its order, come before it
 * @param formerPlace where it stood, asked about first since most changes move nothing; -1 where it is new to the list
 */
export async function placeAmong(
  ids: Float64Array,
  countBefore: (probed: number[]) => Promise<number>,
  formerPlace = -1,
): Promise<number> {
  let low = 0;
  let high = ids.length;
  let places =
    formerPlace === -1
      ? spreadOver(low, high)
      : [formerPlace - 1, formerPlace].filter((place) => place >= low && place < high);
  while (low < high) {
    const before = places.length === 0 ? 0 : await countBefore(places.map((place) => ids[place]));
    if (before > 0) low = places[before - 1] + 1;
    if (before < places.length) high = places[before];
    places = spreadOver(low, high);
  }
  return low;
}

function spreadOver(low: number, high: number): number[] {
  const step = Math.ceil((high - low) / PROBES);
  const places: number[] = [];
  for (let place = low; place < high; place += step) places.push(place);
  return places;
}
