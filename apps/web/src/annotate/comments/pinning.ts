// The place that a comment in the making is about. While it is asked for, the next click on the picture gives it.

import type { ImagePoint } from '@migaki/annotator';
import { createValue, useValue } from '../session/value.ts';

interface Pinning {
  readonly isAsked: boolean;
  readonly at: ImagePoint | null;
}

const nothing: Pinning = { isAsked: false, at: null };
const value = createValue<Pinning>(nothing);

export const pinning = {
  isAsked: (): boolean => value.get().isAsked,
  at: (): ImagePoint | null => value.get().at,
  ask: (): void => value.set({ isAsked: !value.get().isAsked, at: null }),
  put: (at: ImagePoint): void => value.set({ isAsked: false, at }),
  clear: (): void => value.set(nothing),
  subscribe: value.subscribe,
};

export const usePinned = (): Pinning => useValue(value);
