// Shows a list as it was when somebody began to act on it, and brings it up to date only together with what must be held:
// an item that has left the list stays at its place.

import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { windowSize } from '../../server/queries.ts';
import { isSettling, joinSettling } from '../acting/edit-queue.ts';
import { gridPosition, type Held, heldOf, listPosition } from './held-items.ts';
import type { ListSource } from './list-source.ts';

interface Page<Item> {
  total: number;
  items: Item[];
}
type Pages<Item> = ReadonlyMap<number, Page<Item>>;

/** What is shown while somebody acts. */
interface Shown<Item> {
  windows: Pages<Item>;
  held: readonly Held<Item>[];
}

/** The server takes so many ids at once. */
const idsPerCall = 500;

export function useHeldList<Item>(
  { datasetId, windowQuery, idOf, findMatching, grid }: ListSource<Item>,
  { loaded, isFetching }: { loaded: Pages<Item>; isFetching: boolean },
) {
  const [state, setState] = useState<Shown<Item> | null>(null);
  const shownNow = useRef<Shown<Item>>({ windows: new Map(), held: [] });
  /** By id: every item on which somebody acted, as it was last, and where. */
  const acted = useRef(new Map<number, Held<Item>>());
  const latest = useRef({ loaded, isFetching, findMatching });
  useEffect(() => {
    latest.current = { loaded, isFetching, findMatching };
  });

  const release = useCallback(() => {
    acted.current.clear();
    setState(null);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list holds nothing of this one
  useEffect(() => release(), [windowQuery, release]);

  const hold = useCallback((id: number, item: Item, position: number) => {
    acted.current.set(id, { position, item });
    setState((old) => old ?? { windows: latest.current.loaded, held: [] });
  }, []);

  /** Where others have moved the tile of the keys, the keys go along. */
  const follow = useCallback(
    (
      idAt: (position: number) => number | undefined,
      indices: ReadonlyMap<number, number>,
      held: readonly Held<Item>[],
    ) => {
      const focused = grid?.current?.focused();
      const id = focused === undefined ? undefined : idAt(focused);
      if (focused === undefined || id === undefined) return;
      const own = held.find(({ item }) => idOf(item) === id);
      const index = indices.get(id);
      const now = own?.position ?? (index === undefined ? focused : gridPosition(held, index));
      if (now !== focused) grid?.current?.move(now);
    },
    [grid, idOf],
  );

  /** @returns how to show the list as the server has it now */
  const prepare = useCallback(async (): Promise<() => void> => {
    if (acted.current.size === 0) return () => {};
    const ids = [...acted.current.keys()];
    const calls: Promise<number[]>[] = [];
    for (let at = 0; at < ids.length; at += idsPerCall) {
      calls.push(latest.current.findMatching(ids.slice(at, at + idsPerCall)));
    }
    // Where nobody answers, nothing is known to have left.
    const matching = await Promise.all(calls).then(
      (found) => new Set(found.flat()),
      () => new Set(ids),
    );
    return () => {
      const windows = latest.current.loaded;
      const before = shownNow.current;
      const indices = new Map(
        [...windows].flatMap(([window, { items }]) =>
          items.map((item, index) => [idOf(item), window * windowSize + index] as const),
        ),
      );
      const idAt = (position: number) => {
        const item = itemAt(before, position);
        return item === undefined ? undefined : idOf(item);
      };
      const held = heldOf(acted.current, {
        idAt,
        indexOf: (id) => indices.get(id),
        isMatching: (id) => matching.has(id),
        total: windows.values().next().value?.total ?? 0,
      });
      for (const { item, position } of held) acted.current.set(idOf(item), { item, position });
      setState({ windows, held });
      follow(idAt, indices, held);
    };
  }, [idOf, follow]);
  useEffect(() => joinSettling(datasetId, prepare), [datasetId, prepare]);

  // Others change the list, too; what this tab does is waited for.
  const isOld =
    state !== null &&
    !isFetching &&
    [...loaded].some(
      ([window, page]) => state.windows.has(window) && state.windows.get(window) !== page,
    );
  useEffect(() => {
    if (!isOld || isSettling(datasetId)) return;
    let isGone = false;
    prepare().then((commit) => {
      if (!isGone && !isSettling(datasetId)) flushSync(commit);
    });
    return () => {
      isGone = true;
    };
  }, [isOld, datasetId, prepare]);

  const shown = state !== null && state.windows.size > 0 ? state.windows : loaded;
  const windows = state === null ? loaded : new Map([...loaded, ...state.windows]);
  const held = state?.held ?? [];
  shownNow.current = { windows, held };
  return {
    windows,
    held,
    total: shown.values().next().value?.total,
    itemAt: (position: number) => itemAt(shownNow.current, position),
    hold,
    release,
  };
}

function itemAt<Item>({ windows, held }: Shown<Item>, position: number): Item | undefined {
  const at = listPosition(held, position);
  if (at === null) return held.find((each) => each.position === position)?.item;
  return at < 0 ? undefined : windows.get(Math.floor(at / windowSize))?.items[at % windowSize];
}
