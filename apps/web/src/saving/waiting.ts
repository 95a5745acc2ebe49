// What has not reached the workbench and is sent without the page that it was done on, or cannot be sent now: told of on
// every page until it is there.

import { useMemo, useSyncExternalStore } from 'react';

export interface Waiting {
  readonly datasetId: number;
  /** Null for what was done in a grid. */
  readonly imageId: number | null;
  /** Of the picture, or of the dataset. */
  readonly name: string;
  readonly count: number;
  /** Whether a person has to do something about it. */
  readonly isStuck: boolean;
}

type Source = 'annotator' | 'grids';

let bySource: Readonly<Partial<Record<Source, readonly Waiting[]>>> = {};
const listeners = new Set<() => void>();

export function tellWaiting(source: Source, waiting: readonly Waiting[]): void {
  if (JSON.stringify(bySource[source] ?? []) === JSON.stringify(waiting)) return;
  bySource = { ...bySource, [source]: waiting };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useWaiting(): readonly Waiting[] {
  const all = useSyncExternalStore(subscribe, () => bySource);
  return useMemo(() => Object.values(all).flat(), [all]);
}
