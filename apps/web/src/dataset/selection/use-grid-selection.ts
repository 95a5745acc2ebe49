// Clicks, keys and rectangles of a grid as changes of its selection.

import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { notifyError } from '../../shell/ErrorView.tsx';
import { type Cells, isWithin } from '../grid/grid-layout.ts';
import {
  banded,
  between,
  everything,
  extended,
  nothingSelected,
  only,
  type Selection,
  toggled,
} from './selection.ts';

interface Source {
  /** Id of the tile at a position; undefined while it is on its way. */
  idAt: (position: number) => number | undefined;
  /** Ids between two positions, both included. */
  idsBetween: (from: number, to: number) => Promise<number[]>;
}

/** @param listKey of another list: what was chosen in the one before is chosen no more */
export function useGridSelection(source: Source, listKey: string) {
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  // Handlers stay the same while the source changes with every scroll.
  const latestSource = useRef(source);
  useEffect(() => {
    latestSource.current = source;
  });
  /** Keys may follow each other faster than the page is drawn: each one goes on from the one before. */
  const live = useRef(selection);

  /** Ranges may have to be fetched: what was done since then counts more. */
  const turn = useRef(0);
  const set = useCallback((change: (current: Selection) => Selection) => {
    turn.current++;
    live.current = change(live.current);
    setSelection(live.current);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list begins without selection
  useEffect(() => set(() => nothingSelected), [listKey, set]);

  const withIds = useCallback(
    (from: number, to: number, change: (current: Selection, ids: number[]) => Selection) => {
      turn.current++;
      const own = turn.current;
      latestSource.current.idsBetween(from, to).then((ids) => {
        if (turn.current === own) set((current) => change(current, ids));
      }, notifyError);
    },
    [set],
  );

  const extend = useCallback(
    (position: number, start: number) => {
      const anchor = live.current.anchor ?? start;
      set((current) => ({ ...current, anchor }));
      const [from, to] = between(anchor, position);
      withIds(from, to, extended);
    },
    [set, withIds],
  );

  const toggle = useCallback(
    (position: number) => {
      const id = latestSource.current.idAt(position);
      if (id !== undefined) set((current) => toggled(current, id, position));
    },
    [set],
  );

  const click = useCallback(
    (position: number, { shiftKey, ctrlKey, metaKey }: MouseEvent) => {
      const id = latestSource.current.idAt(position);
      if (id === undefined) return;
      if (shiftKey) extend(position, position);
      else if (ctrlKey || metaKey) toggle(position);
      else set(() => only(id, position));
    },
    [extend, toggle, set],
  );

  const band = useCallback(
    (cells: Cells | null, columns: number, isAdding: boolean) => {
      if (cells === null) {
        if (!isAdding) set(() => nothingSelected);
        return;
      }
      const first = cells.rows[0] * columns + cells.columns[0];
      withIds(first, cells.rows[1] * columns + cells.columns[1], (current, ids) => {
        const inside = ids.filter((_, index) => isWithin(cells, first + index, columns));
        return banded(current, inside, isAdding);
      });
    },
    [withIds, set],
  );

  return {
    selection,
    click,
    toggle,
    extend,
    band,
    selectAll: useCallback(() => set(everything), [set]),
    clear: useCallback(() => set(() => nothingSelected), [set]),
  };
}
