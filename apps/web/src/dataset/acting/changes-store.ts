// The changes that the pages do not know yet, by dataset. A tile hears only of its own image.

import { useSyncExternalStore } from 'react';
import { type Changes, type ImageChange, noImageChange } from './changes.ts';

const none: Changes = new Map();
const byDataset = new Map<number, Changes>();
const listeners = new Set<() => void>();

export const changesOf = (datasetId: number): Changes => byDataset.get(datasetId) ?? none;

function put(datasetId: number, changes: Changes): void {
  byDataset.set(datasetId, changes);
  for (const listener of listeners) listener();
}

/** Adds to what was done to an image. */
export function noteChange(
  datasetId: number,
  imageId: number,
  change: (before: ImageChange) => ImageChange,
): void {
  const changes = changesOf(datasetId);
  put(datasetId, new Map(changes).set(imageId, change(changes.get(imageId) ?? noImageChange)));
}

/** The pages know everything, or what was done has failed: what the server says counts. */
export function forgetChanges(datasetId: number): void {
  if (changesOf(datasetId).size > 0) put(datasetId, none);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useChanges = (datasetId: number): Changes =>
  useSyncExternalStore(subscribe, () => changesOf(datasetId));

export const useImageChange = (datasetId: number, imageId: number): ImageChange | undefined =>
  useSyncExternalStore(subscribe, () => changesOf(datasetId).get(imageId));
