// Checks of one record of `categories`.

import { type FieldRecord, textField, withFields } from './fields.ts';
import type { RecordLog } from './problem.ts';

/** @param seenNames grows by this category's name; shared by all categories of the file */
export function checkCategory(
  record: FieldRecord,
  log: RecordLog,
  seenNames: Set<string>,
): FieldRecord {
  const category = textField(record, 'name', log);
  const { name } = category;
  if (typeof name === 'string') {
    if (seenNames.has(name)) {
      log.add('duplicate-category-name', '.name', { expected: 'a name of its own', found: name });
    }
    seenNames.add(name);
  }
  return checkSkeleton(checkKeypointNames(category, log), log);
}

function checkKeypointNames(category: FieldRecord, log: RecordLog): FieldRecord {
  const { keypoints } = category;
  if (keypoints === undefined) return category;
  if (Array.isArray(keypoints) && keypoints.every((name) => typeof name === 'string'))
    return category;
  log.add('wrong-type', '.keypoints', { expected: 'a list of names', found: keypoints });
  return category;
}

/** Edges that join keypoints the category lacks are taken out: drawing them would fail. */
function checkSkeleton(category: FieldRecord, log: RecordLog): FieldRecord {
  const { skeleton, keypoints } = category;
  if (skeleton === undefined || skeleton === null) return category;
  const count = Array.isArray(keypoints) ? keypoints.length : 0;
  const expected = `pairs of keypoints from 1 to ${count}`;
  if (!Array.isArray(skeleton)) {
    log.add('bad-skeleton', '.skeleton', { expected, found: skeleton });
    return category;
  }
  const isEnd = (end: unknown) =>
    Number.isSafeInteger(end) && (end as number) >= 1 && (end as number) <= count;
  const isEdge = (edge: unknown) => Array.isArray(edge) && edge.length === 2 && edge.every(isEnd);
  skeleton.forEach((edge, index) => {
    if (isEdge(edge)) return;
    log.add('bad-skeleton', `.skeleton[${index}]`, {
      expected,
      found: edge,
      repair: 'edge left out',
    });
  });
  const edges = skeleton.filter(isEdge);
  return edges.length === skeleton.length ? category : withFields(category, { skeleton: edges });
}
