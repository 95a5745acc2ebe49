// Where threads of comments are pinned in their picture. Pure.

import type { Annotation, CommentThread } from '@migaki/api';

export interface Pin {
  thread: CommentThread;
  /** As the list of threads counts them, from 1. */
  number: number;
  /** Pixels of the picture. */
  at: [x: number, y: number];
}

/** Of those that are pinned, or about an object that is there: then at its upper right corner. */
export function pinsOf(
  threads: readonly CommentThread[],
  annotations: readonly Pick<Annotation, 'id' | 'bbox'>[],
): Pin[] {
  const boxes = new Map(annotations.map(({ id, bbox }) => [id, bbox]));
  return threads.flatMap((thread, index) => {
    const box = thread.annotationId === null ? null : (boxes.get(thread.annotationId) ?? null);
    const at: [number, number] | null =
      thread.at ?? (box === null ? null : [box[0] + box[2], box[1]]);
    return at === null ? [] : { thread, number: index + 1, at };
  });
}
