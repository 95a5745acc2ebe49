// Where in each list somebody was last: who comes back from a picture finds the tile in view, with the focus on it.

import type { View } from '../../server/queries.ts';

const places = new Map<string, number>();

const keyOf = (datasetId: number, of: 'images' | 'objects', { q, sort }: View): string =>
  JSON.stringify([datasetId, of, q, sort]);

export function rememberPlace(
  datasetId: number,
  of: 'images' | 'objects',
  view: View,
  position: number,
): void {
  places.set(keyOf(datasetId, of, view), position);
}

/** Null where nobody has been. */
export const recallPlace = (
  datasetId: number,
  of: 'images' | 'objects',
  view: View,
): number | null => places.get(keyOf(datasetId, of, view)) ?? null;
