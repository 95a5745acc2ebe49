// Which tiles are chosen. Everything that matches can be chosen without knowing it: then the ids are exceptions.

export interface Selection {
  /** `some`: the ids are chosen. `all`: everything that matches is, but for the ids. */
  mode: 'some' | 'all';
  ids: ReadonlySet<number>;
  /** Position from which Shift extends. */
  anchor: number | null;
}

export const nothingSelected: Selection = { mode: 'some', ids: new Set(), anchor: null };

export const isSelected = ({ mode, ids }: Selection, id: number): boolean =>
  ids.has(id) === (mode === 'some');

/** @param total how many match */
export const selectedCount = ({ mode, ids }: Selection, total: number): number =>
  mode === 'some' ? ids.size : Math.max(0, total - ids.size);

/** A click with Ctrl, or on the checkbox. */
export function toggled(selection: Selection, id: number, position: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ...selection, ids, anchor: position };
}

/** A plain click. */
export const only = (id: number, position: number): Selection => ({
  mode: 'some',
  ids: new Set([id]),
  anchor: position,
});

export const everything = (): Selection => ({ mode: 'all', ids: new Set(), anchor: null });

/**
 * Adds ids that lie between the anchor and a click with Shift.
 *
 * @param ids of the tiles between, both ends included
 */
export function extended(selection: Selection, ids: Iterable<number>): Selection {
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (selection.mode === 'some') next.add(id);
    else next.delete(id);
  }
  return { ...selection, ids: next };
}

/** Positions between anchor and click, in order. @example between(9, 4) // [4, 9] */
export const between = (anchor: number | null, position: number): [from: number, to: number] =>
  anchor === null ? [position, position] : [Math.min(anchor, position), Math.max(anchor, position)];
