// Which tiles are chosen. Everything that matches can be chosen without knowing it: then the ids are exceptions.

export interface Selection {
  /** `some`: the ids are chosen. `all`: everything that matches is, but for the ids. */
  mode: 'some' | 'all';
  ids: ReadonlySet<number>;
  /** Position from which Shift extends. */
  anchor: number | null;
  /** The ids as they were when the anchor was set: a range that shrinks gives back what it took. */
  base: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();

export const nothingSelected: Selection = { mode: 'some', ids: none, anchor: null, base: none };

export const isSelected = ({ mode, ids }: Selection, id: number): boolean =>
  ids.has(id) === (mode === 'some');

/** @param total how many match */
export const selectedCount = ({ mode, ids }: Selection, total: number): number =>
  mode === 'some' ? ids.size : Math.max(0, total - ids.size);

/** A click with Ctrl, or on the checkbox. */
export function toggled(selection: Selection, id: number, position: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ...selection, ids, anchor: position, base: ids };
}

/** A plain click. */
export function only(id: number, position: number): Selection {
  const ids = new Set([id]);
  return { mode: 'some', ids, anchor: position, base: ids };
}

export const everything = (): Selection => ({ ...nothingSelected, mode: 'all' });

/**
 * What lies between the anchor and a click with Shift, in place of what was between it and the click with Shift before.
 *
 * @param ids of the tiles between, both ends included
 */
export const extended = (selection: Selection, ids: Iterable<number>): Selection => ({
  ...selection,
  ids: withTaken(selection, selection.base, ids),
});

/** A rectangle around tiles. @param isAdding what was chosen before stays so */
export function banded(selection: Selection, ids: Iterable<number>, isAdding: boolean): Selection {
  const start = isAdding ? selection : nothingSelected;
  const taken = withTaken(start, start.ids, ids);
  return { ...start, anchor: null, ids: taken, base: taken };
}

function withTaken(
  { mode }: Selection,
  before: ReadonlySet<number>,
  ids: Iterable<number>,
): Set<number> {
  const next = new Set(before);
  for (const id of ids) {
    if (mode === 'some') next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Positions between anchor and click, in order. @example between(9, 4) // [4, 9] */
export const between = (anchor: number | null, position: number): [from: number, to: number] =>
  anchor === null ? [position, position] : [Math.min(anchor, position), Math.max(anchor, position)];
