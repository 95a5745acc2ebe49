// What a person has just done to a tile may mean that it no longer matches the query. It is held where it was all the same,
// so that nothing moves under the eyes of whoever is looking over the list. Places in the grid then count more tiles than
// the list of the server does. Pure.

/** A tile that the list no longer has, at its place in the grid. */
export interface Held<Item> {
  position: number;
  item: Item;
}

/**
 * Which of the tiles that somebody acted on must be held.
 *
 * @param acted by id
 * @param isInPlace whether the list still has an item, and at this position
 */
export function heldOf<Item>(
  acted: ReadonlyMap<number, Held<Item>>,
  isInPlace: (id: number, listPosition: number) => boolean,
): Held<Item>[] {
  const held: Held<Item>[] = [];
  const inOrder = [...acted].sort(([, a], [, b]) => a.position - b.position);
  for (const [id, each] of inOrder) {
    // Those before it that are held are not in the list.
    if (!isInPlace(id, each.position - held.length)) held.push(each);
  }
  return held;
}

/** @param held in the order of their positions @returns null where a held tile stands */
export function listPosition(held: readonly Held<unknown>[], position: number): number | null {
  let before = 0;
  for (const each of held) {
    if (each.position === position) return null;
    if (each.position > position) break;
    before++;
  }
  return position - before;
}

/** The other way round: where the grid shows what is at a position of the list. */
export function gridPosition(held: readonly Held<unknown>[], position: number): number {
  let shown = position;
  for (const each of held) {
    if (each.position > shown) break;
    shown++;
  }
  return shown;
}

/** The part of the list that a range of the grid shows, both ends included; null where it shows held tiles alone. */
export function listRange(
  held: readonly Held<unknown>[],
  first: number,
  last: number,
): { first: number; last: number } | null {
  const inside = held.filter(({ position }) => position >= first && position <= last).length;
  if (inside === last - first + 1) return null;
  const before = held.filter(({ position }) => position < first).length;
  return { first: first - before, last: last - before - inside };
}

/** The items of a range of the list with the held ones between them. @param first of the range in the grid */
export function withHeld<Item>(
  held: readonly Held<Item>[],
  first: number,
  items: readonly Item[],
): Item[] {
  const all = [...items];
  for (const { position, item } of held) {
    const at = position - first;
    if (at >= 0 && at <= all.length) all.splice(at, 0, item);
  }
  return all;
}
