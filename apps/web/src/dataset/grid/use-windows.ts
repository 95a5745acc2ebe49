// The items of a long list by their position, fetched in windows around what is seen. Windows that were scrolled past
// before they came are given up, so that those in view come first. Tiles on which somebody acts are held where they are,
// also when the list no longer has them.

import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { windowSize } from '../../server/queries.ts';
import { windowsFor } from './grid-layout.ts';
import { gridPosition, listRange, withHeld } from './held-items.ts';
import type { ListSource } from './list-source.ts';
import { useHeldList } from './use-held-list.ts';

export interface VisibleRange {
  first: number;
  last: number;
}

/** A hurried scroll passes a window in less than it takes to come. */
const seeMillis = 50;

export function useWindows<Item>(source: ListSource<Item>) {
  const { windowQuery } = source;
  const queries = useQueryClient();
  const [{ range, direction }, setSeen] = useState<{ range: VisibleRange; direction: 1 | -1 }>({
    range: { first: 0, last: 0 },
    direction: 1,
  });
  const knownTotal = useRef<number | undefined>(undefined);
  const heldNow = useRef<Parameters<typeof listRange>[0]>([]);

  const inList = listRange(heldNow.current, range.first, range.last) ?? { first: 0, last: 0 };
  const { seen, ahead } = windowsFor(inList, direction, windowSize, knownTotal.current);
  // What is ahead waits until all that is seen is there: they would share one machine.
  const areSeenThere = seen.every((window) => queries.getQueryData(windowQuery(window).queryKey));
  const windows = [...seen, ...ahead];
  const results = useQueries({
    queries: windows.map((window, index) => ({
      ...windowQuery(window),
      enabled: areSeenThere || index < seen.length,
    })),
  });
  const loaded = new Map(
    windows.flatMap((window, index) => {
      const { data } = results[index];
      return data === undefined ? [] : [[window, data] as const];
    }),
  );
  const list = useHeldList(source, {
    loaded,
    isFetching: results.some(({ isFetching, data }) => isFetching && data !== undefined),
  });
  heldNow.current = list.held;
  const fresh = list.total;
  if (fresh !== undefined) knownTotal.current = fresh;

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastSeen = useRef(0);
  const show = useCallback((next: VisibleRange) => {
    lastSeen.current = performance.now();
    setSeen((old) => {
      if (old.range.first === next.first && old.range.last === next.last) return old;
      return { range: next, direction: next.first < old.range.first ? -1 : 1 };
    });
  }, []);
  const see = useCallback(
    (next: VisibleRange) => {
      clearTimeout(timer.current);
      const wait = lastSeen.current + seeMillis - performance.now();
      if (wait <= 0) show(next);
      else timer.current = setTimeout(show, wait, next);
    },
    [show],
  );

  /** Items between two positions, both included, whether they were seen or not. */
  const itemsBetween = async (from: number, to: number): Promise<Item[]> => {
    const { held } = list;
    const inside = held.filter(({ position }) => position <= to);
    const part = listRange(held, from, to);
    if (part === null) return withHeld(inside, from, []);
    const first = Math.floor(part.first / windowSize);
    const count = Math.floor(part.last / windowSize) - first + 1;
    const pages = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        queries.ensureQueryData(windowQuery(first + index)),
      ),
    );
    const start = first * windowSize;
    const items = pages
      .flatMap((page) => page.items)
      .slice(part.first - start, part.last - start + 1);
    return withHeld(inside, from, items);
  };

  const total = knownTotal.current;
  return {
    /** Of tiles. Undefined before the first answer. Of the list before while a new one comes. */
    total: total === undefined ? undefined : total + list.held.length,
    /** What the list has, without what is held though it has left. */
    matchCount: total,
    heldCount: list.held.length,
    isFirstLoading: fresh === undefined && results.some(({ isFetching }) => isFetching),
    error: results.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    refetch: () => Promise.all(results.map((result) => result.refetch())),
    itemAt: list.itemAt,
    /** What is in view, and near it. */
    nearItems: [...list.windows.values()].flatMap(({ items }) => items),
    itemsBetween,
    see,
    /** Where the grid shows what stands at a position of the server's list. */
    gridPositionOf: (position: number) => gridPosition(list.held, position),
    /** The other way round; of a held tile, where it was. */
    listPositionOf: (position: number) =>
      position - list.held.filter((each) => each.position < position).length,
    /** Somebody acts on the tile: it stays where it is. */
    hold: list.hold,
    /** Lets go of everything that no longer matches. */
    release: list.release,
  };
}
