// The items of a long list by their position, fetched in windows around what is seen. Windows that were scrolled past
// before they came are given up, so that those in view come first.

import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { type WindowQuery, windowSize } from '../../server/queries.ts';
import { windowsFor } from './grid-layout.ts';

export interface VisibleRange {
  first: number;
  last: number;
}

/** A hurried scroll passes a window in less than it takes to come. */
const seeMillis = 50;

/** @param windowQuery must keep its identity until the list changes */
export function useWindows<Item>(windowQuery: (window: number) => WindowQuery<Item>) {
  const queries = useQueryClient();
  const [{ range, direction }, setSeen] = useState<{ range: VisibleRange; direction: 1 | -1 }>({
    range: { first: 0, last: 0 },
    direction: 1,
  });
  const knownTotal = useRef<number | undefined>(undefined);

  const { seen, ahead } = windowsFor(range, direction, windowSize, knownTotal.current);
  // What is ahead waits until all that is seen is there: they would share one machine.
  const areSeenThere = seen.every((window) => queries.getQueryData(windowQuery(window).queryKey));
  const windows = [...seen, ...ahead];
  const results = useQueries({
    queries: windows.map((window, index) => ({
      ...windowQuery(window),
      enabled: areSeenThere || index < seen.length,
    })),
  });
  const loaded = new Map(windows.map((window, index) => [window, results[index].data]));
  const fresh = results.find(({ data }) => data !== undefined)?.data?.total;
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

  const itemAt = (position: number): Item | undefined =>
    loaded.get(Math.floor(position / windowSize))?.items[position % windowSize];

  /** Items between two positions, both included, whether they were seen or not. */
  const itemsBetween = async (from: number, to: number): Promise<Item[]> => {
    const first = Math.floor(from / windowSize);
    const count = Math.floor(to / windowSize) - first + 1;
    const pages = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        queries.ensureQueryData(windowQuery(first + index)),
      ),
    );
    return pages
      .flatMap(({ items }) => items)
      .slice(from - first * windowSize, to - first * windowSize + 1);
  };

  return {
    /** Undefined before the first answer. Of the list before while a new one comes. */
    total: knownTotal.current,
    isFirstLoading: fresh === undefined && results.some(({ isFetching }) => isFetching),
    error: results.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    refetch: () => Promise.all(results.map((result) => result.refetch())),
    itemAt,
    itemsBetween,
    see,
  };
}
