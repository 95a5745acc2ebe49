// A step of an object's history taken back although more was done since: what it changed, and nobody changed again, becomes what
// it was before.

import type { ObjectFields } from '@migaki/annotator';
import { type FieldGroup, fieldGroups } from './changed-fields.ts';

const partsOf: Record<FieldGroup, readonly (keyof ObjectFields)[]> = {
  shape: ['bbox', 'segmentation', 'keypoints', 'area'],
  category: ['categoryId'],
  attributes: ['attributes'],
  state: ['state', 'origin'],
  score: ['score'],
  crowd: ['isCrowd'],
  caption: ['caption'],
};

/**
 * @param before, after what the step made of what
 * @returns null where all that it changed was changed again
 */
export function stepTakenBack(
  before: ObjectFields,
  after: ObjectFields,
  now: ObjectFields,
): ObjectFields | null {
  const areAlike = (group: FieldGroup, a: ObjectFields, b: ObjectFields) =>
    partsOf[group].every((part) => JSON.stringify(a[part]) === JSON.stringify(b[part]));
  const taken = fieldGroups.filter(
    (group) => !areAlike(group, before, after) && areAlike(group, after, now),
  );
  if (taken.length === 0) return null;
  const parts = taken.flatMap((group) => partsOf[group].map((part) => [part, before[part]]));
  return { ...now, ...Object.fromEntries(parts) };
}
