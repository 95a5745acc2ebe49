// Which object the keys act on, where a tile or the picture over the page has several.

import { useSyncExternalStore } from 'react';

interface FocusedObject {
  imageId: number;
  annotationId: number;
}

let focused: FocusedObject | null = null;
const listeners = new Set<() => void>();

export function focusObject(next: FocusedObject | null): void {
  focused = next;
  for (const listener of listeners) listener();
}

/** Of an image; null where the keys act on the whole of it. */
export const focusedObjectOf = (imageId: number): number | null =>
  focused?.imageId === imageId ? focused.annotationId : null;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useFocusedObject = (imageId: number): number | null =>
  useSyncExternalStore(subscribe, () => focusedObjectOf(imageId));

/** Whether the keys act on one object, whatever it is on. */
export const useHasFocusedObject = (): boolean =>
  useSyncExternalStore(subscribe, () => focused !== null);
