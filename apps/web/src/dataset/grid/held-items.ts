// What a person has just done to a tile may mean that it no longer matches the query. It is held where it was all the same,
// so that nothing moves under the eyes of whoever is looking over the list. Places in the grid then count more tiles than
// the list of the server does. Pure.

/** A tile that the list no longer has, at its place in the grid. */
export interface Held<Item> {
  position: number;
  item: Item;
}

/** A list before and after it changed, as far as it is loaded. */
export interface Renewal {
  /** The id of the tile at a place of the grid as it was; undefined where nobody knows. */
  idAt: (position: number) => number | undefined;
  /** Where the list has an item now; undefined where it does not, or nobody knows. */
  indexOf: (id: number) => number | undefined;
  /** Whether the list still has an item, in view or not. */
  isMatching: (id: number) => boolean;
  /** How many items the list has now. */
  total: number;
}

/** Tiles beyond this are not looked at for a neighbour. */
const furthestNeighbour = 60;

/**
 * Which of the tiles that somebody acted on must be held, and where: between the neighbours that they had, which others may
 * have moved meanwhile.
 *
 * @param acted by id, each at its place in the grid as it was
 */
export function heldOf<Item>(
  acted: ReadonlyMap<number, Held<Item>>,
  { idAt, indexOf, isMatching, total }: Renewal,
): Held<Item>[] {
  const held: Held<Item>[] = [];
  const neighbour = (position: number, direction: 1 | -1): number | undefined => {
    for (let step = 1; step <= furthestNeighbour; step++) {
      const id = idAt(position + step * direction);
      if (id === undefined) return undefined;
      const index = acted.has(id) ? undefined : indexOf(id);
      if (index !== undefined) return index;
    }
    return undefined;
  };
  const inOrder = [...acted].sort(([, a], [, b]) => a.position - b.position);
  for (const [id, { position, item }] of inOrder) {
    const next = neighbour(position, 1);
    const previous = neighbour(position, -1);
    const index = indexOf(id);
    const isBetween =
      index === undefined || (index < (next ?? Infinity) && index > (previous ?? -1));
    if (isMatching(id) && isBetween) continue;
    const beforeNext = next ?? (previous === undefined ? position - held.length : previous + 1);
    const least = held.length === 0 ? 0 : held[held.length - 1].position + 1;
    const most = total + held.length;
    held.push({ item, position: Math.min(most, Math.max(least, beforeNext + held.length)) });
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
