// Clicks and keys of a grid as changes of its selection.

import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { notifyError } from '../../shell/ErrorView.tsx';
import {
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
  // Tiles keep their handlers, and so are not drawn again, while the source changes with every scroll.
  const latest = useRef({ source, selection });
  useEffect(() => {
    latest.current = { source, selection };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list begins without selection
  useEffect(() => setSelection(nothingSelected), [listKey]);

  const extend = useCallback((position: number) => {
    const { source: now, selection: chosen } = latest.current;
    const [from, to] = between(chosen.anchor, position);
    now
      .idsBetween(from, to)
      .then(
        (ids) =>
          setSelection((current) =>
            extended({ ...current, anchor: chosen.anchor ?? position }, ids),
          ),
        notifyError,
      );
  }, []);

  const toggle = useCallback((position: number) => {
    const id = latest.current.source.idAt(position);
    if (id !== undefined) setSelection((current) => toggled(current, id, position));
  }, []);

  const click = useCallback(
    (position: number, event: MouseEvent) => {
      const id = latest.current.source.idAt(position);
      if (id === undefined) return;
      if (event.shiftKey) extend(position);
      else if (event.ctrlKey || event.metaKey) toggle(position);
      else setSelection(only(id, position));
    },
    [extend, toggle],
  );

  return {
    selection,
    click,
    toggle,
    extend,
    selectAll: useCallback(() => setSelection(everything()), []),
    clear: useCallback(() => setSelection(nothingSelected), []),
  };
}
