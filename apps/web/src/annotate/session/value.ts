// A value that components can follow.

import { useSyncExternalStore } from 'react';

export interface Value<Type> {
  get(): Type;
  /** Listeners are told where it differs. */
  set(next: Type): void;
  subscribe(listener: () => void): () => void;
}

export function createValue<Type>(start: Type): Value<Type> {
  let value = start;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useValue = <Type>({ subscribe, get }: Value<Type>): Type =>
  useSyncExternalStore(subscribe, get);
