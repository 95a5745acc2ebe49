// The sittings of this tab, over a reload.

import { createValue, useValue } from '../annotate/session/value.ts';
import { newSitting, type Sitting, type Visit, withVisit } from './sitting.ts';

const storageKey = 'migaki-look-over';

const sittings = createValue<Readonly<Record<string, Sitting>>>(read());

function read(): Record<string, Sitting> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
  } catch {
    return {};
  }
}

function set(datasetId: number, sitting: Sitting): void {
  sittings.set({ ...sittings.get(), [datasetId]: sitting });
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(sittings.get()));
  } catch {
    // Without room it does not outlive a reload.
  }
}

export const sittingOf = (datasetId: number): Sitting | null => sittings.get()[datasetId] ?? null;

export const useSitting = (datasetId: number): Sitting | null =>
  useValue(sittings)[datasetId] ?? null;

/** Goes on with what was begun, or begins anew where that has ended or was about other pictures. */
export function beginSitting(datasetId: number, q: string, { isNew = false } = {}): Sitting {
  const known = sittingOf(datasetId);
  if (known !== null && !isNew && !known.isEnded && known.q === q) return known;
  const sitting = newSitting(q, new Date().toISOString());
  set(datasetId, sitting);
  return sitting;
}

export function noteVisit(datasetId: number, visit: Visit): void {
  const sitting = sittingOf(datasetId);
  if (sitting !== null) set(datasetId, withVisit(sitting, visit));
}

export function endSitting(datasetId: number): void {
  const sitting = sittingOf(datasetId);
  if (sitting !== null) set(datasetId, { ...sitting, isEnded: true });
}
