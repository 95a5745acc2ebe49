// Checks of one record of `annotations` in a panoptic file: the segments of one picture.

import { checkBbox, isFiniteNumber, type PictureSize } from './boxes.ts';
import { type FieldRecord, textField, withFields } from './fields.ts';
import { checkReference, type IdTable } from './ids.ts';
import { isSafePath } from './images.ts';
import type { RecordLog } from './problem.ts';

/** Segment ids are colours: R + 256·G + 256²·B; 0, black, is what belongs to no segment. */
const largestSegmentId = 256 ** 3 - 1;

/** @param seenImages grows by this record's image; shared by all records of the file */
export function checkPanopticRecord(
  record: FieldRecord,
  picture: PictureSize | undefined,
  categories: IdTable,
  seenImages: Set<unknown>,
  log: RecordLog,
): FieldRecord {
  const checked = textField(record, 'file_name', log);
  const { file_name: fileName, image_id: imageId, segments_info: segments } = checked;
  if (typeof fileName === 'string' && !isSafePath(fileName)) {
    log.add('unsafe-file-name', '.file_name', {
      expected: 'a path that stays inside the folder of the PNG files',
      found: fileName,
    });
  }
  if (seenImages.has(imageId)) {
    log.add('duplicate-panoptic-picture', '.image_id', {
      expected: 'one record per picture',
      found: imageId,
    });
  }
  seenImages.add(imageId);
  if (!Array.isArray(segments)) {
    log.add('wrong-type', '.segments_info', { expected: 'a list of segments', found: segments });
    return checked;
  }
  const seenIds = new Set<unknown>();
  const repaired = segments.map((segment, index) =>
    checkSegment(segment, `.segments_info[${index}]`, picture, categories, seenIds, log),
  );
  return repaired.every((segment, index) => segment === segments[index])
    ? checked
    : withFields(checked, { segments_info: repaired });
}

function checkSegment(
  segment: unknown,
  path: string,
  picture: PictureSize | undefined,
  categories: IdTable,
  seenIds: Set<unknown>,
  log: RecordLog,
): unknown {
  if (typeof segment !== 'object' || segment === null || Array.isArray(segment)) {
    log.add('not-an-object', path, { expected: 'a segment', found: segment });
    return segment;
  }
  const inSegment = prefixed(log, path);
  const record = segment as FieldRecord;
  const { id } = record;
  if (!Number.isSafeInteger(id) || (id as number) < 1 || (id as number) > largestSegmentId) {
    inSegment.add('bad-segment-id', '.id', {
      expected: 'an integer from 1 to 16,777,215',
      found: id,
    });
  } else if (seenIds.has(id)) {
    inSegment.add('duplicate-segment-id', '.id', {
      expected: 'an id of its own in this picture',
      found: id,
    });
  }
  seenIds.add(id);
  let checked = checkReference(record, 'category_id', categories, inSegment);
  const bbox = checkBbox(checked.bbox, picture, undefined, inSegment);
  if (bbox !== undefined && bbox !== checked.bbox) checked = withFields(checked, { bbox });
  if (!isFiniteNumber(checked.area) || checked.area < 0) {
    const code = checked.area === undefined ? 'missing-area' : 'wrong-area';
    inSegment.add(code, '.area', { expected: 'pixels of the segment', found: checked.area });
  }
  return checked;
}

/** The same log, with every path below `path`. */
function prefixed(log: RecordLog, path: string): RecordLog {
  return { add: (code, field, what) => log.add(code, path + field, what) };
}
