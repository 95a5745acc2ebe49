// An annotation with some of its fields changed. Editors know less than files say: they read a field that is not there as its
// usual value, and may send that back. Such a field stays as it was, or an export would say what no file ever said.

import { isDeepStrictEqual } from 'node:util';
import type { AnnotationFields } from './annotation-record.ts';

/** What is read where an annotation lacks a field; of all others, null. */
const usual: Readonly<AnnotationFields> = { attributes: {}, iscrowd: 0 };

const isEmptyRecord = (value: unknown): boolean => isDeepStrictEqual(value, {});

function isSaid(before: AnnotationFields, field: keyof AnnotationFields, value: unknown): boolean {
  const said = before[field];
  // Without polygons there is no shape.
  const isNothing = said === undefined || (field === 'segmentation' && isDeepStrictEqual(said, []));
  return isDeepStrictEqual(value, isNothing ? (usual[field] ?? null) : said);
}

/**
 * @param changed null takes a field away, and so do attributes without any
 * @example revisedFields({ area: 4 }, { area: 5, attributes: {}, score: null }); // { area: 5 }
 */
export function revisedFields(
  before: AnnotationFields,
  changed: AnnotationFields,
): AnnotationFields {
  const after: AnnotationFields = { ...before };
  for (const field of Object.keys(changed) as (keyof AnnotationFields)[]) {
    const value = changed[field];
    if (isSaid(before, field, value)) continue;
    // Counted from the points by whoever sends both; a file may count in its own way.
    const isCountOfSame =
      field === 'num_keypoints' &&
      Object.hasOwn(changed, 'keypoints') &&
      isSaid(before, 'keypoints', changed.keypoints);
    if (isCountOfSame) continue;
    if (value === null || (field === 'attributes' && isEmptyRecord(value))) delete after[field];
    else after[field] = value;
  }
  return after;
}
