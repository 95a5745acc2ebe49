// Which object the list beside the canvas points at: drawn strongly, without a render of either.

import type { ObjectId } from '@migaki/annotator';

const listeners = new Set<(id: ObjectId | null) => void>();

export const hoverFromList = {
  tell(id: ObjectId | null): void {
    for (const listener of listeners) listener(id);
  },
  /** @returns what ends it */
  listen(listener: (id: ObjectId | null) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
