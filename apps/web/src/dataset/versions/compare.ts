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

/** What became of the categories of objects: from which to which, and how often. */
export function categoryChanges(
  before: readonly Annotation[],
  after: readonly Annotation[],
): { from: number | null; to: number | null; count: number }[] {
  const old = new Map(before.map((annotation) => [annotation.id, annotation]));
  const changed = after.flatMap(({ id, categoryId: to }) => {
    const from = old.get(id)?.categoryId;
    return from === undefined || from === to ? [] : [{ from, to }];
  });
  return [...Map.groupBy(changed, ({ from, to }) => `${from} ${to}`).values()].map((group) => ({
    ...group[0],
    count: group.length,
  }));
}
