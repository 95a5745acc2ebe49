// Which dialog of a dataset is open that several places lead to: keys, filters, views without anything in them.

import { useSyncExternalStore } from 'react';

export type DatasetDialog = 'next' | 'compare-objects';

let open: DatasetDialog | null = null;
const listeners = new Set<() => void>();

function update(next: DatasetDialog | null): void {
  open = next;
  for (const listener of listeners) listener();
}

export const openDatasetDialog = (dialog: DatasetDialog): void => update(dialog);
export const closeDatasetDialog = (): void => update(null);

export const useDatasetDialog = (): DatasetDialog | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
