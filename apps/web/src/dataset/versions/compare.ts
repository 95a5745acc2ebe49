// Which objects of an image differ between two revisions.

import type { Annotation } from '@migaki/api';

export type Change = 'added' | 'removed' | 'changed' | 'same';

/** The change of each object, by its id. */
export function compareObjects(
  before: readonly Annotation[],
  after: readonly Annotation[],
): Map<number, Change> {
  const old = new Map(before.map((annotation) => [annotation.id, annotation]));
  const changes = new Map<number, Change>(before.map(({ id }) => [id, 'removed']));
  for (const annotation of after) {
    const { id, born } = annotation;
    const earlier = old.get(id);
    if (earlier === undefined) changes.set(id, 'added');
    else changes.set(id, earlier.born === born ? 'same' : 'changed');
  }
  return changes;
}
