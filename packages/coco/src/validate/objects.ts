// Checks of one record of `annotations` in an instances or keypoints file, and of one result.

import { rleBbox } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, Segmentation } from '../types.ts';
import { checkArea } from './areas.ts';
import { checkBbox, isFiniteNumber, type PictureSize } from './boxes.ts';
import { type FieldRecord, withFields } from './fields.ts';
import { checkKeypoints } from './keypoints.ts';
import { type RecordLog, Words } from './problem.ts';
import { checkSegmentation } from './segmentations.ts';

/** What the file says of the picture and the category that a record belongs to. */
export interface ObjectContext {
  /** Undefined where the image is unknown or has no usable size. */
  picture: PictureSize | undefined;
  /** How many keypoints the category has; undefined where it names none. */
  keypointCount: number | undefined;
}

/** Checks an annotation's geometry and the fields that follow from it. */
export function checkObject(
  record: FieldRecord,
  context: ObjectContext,
  log: RecordLog,
): FieldRecord {
  // A record without any geometry is a category of the whole picture; nothing follows from it.
  if (!hasGeometry(record)) return record;
  const { picture } = context;
  const segmentation = checkSegmentation(record.segmentation, picture, log);
  const outline = isEmptyList(segmentation) ? undefined : segmentation;
  const bbox = checkBbox(record.bbox, picture, outlineBox(outline, picture), log);
  const area = checkArea(record, picture, bbox, outline, log);
  let object = withChanged(record, { segmentation, bbox, area });
  object = checkIscrowd(object, segmentation, log);
  return checkKeypoints(object, context.keypointCount, picture, log);
}

/** Checks a result's geometry; its area is never read, so it is not asked for. */
export function checkResultGeometry(
  record: FieldRecord,
  context: ObjectContext,
  log: RecordLog,
): FieldRecord {
  if (!hasGeometry(record) && record.caption === undefined) {
    log.add('result-without-geometry', '', {
      expected: 'bbox, segmentation, keypoints or caption',
      found: Object.keys(record),
    });
    return record;
  }
  const { picture } = context;
  const segmentation = checkSegmentation(record.segmentation, picture, log);
  // A model may put a box beyond the picture: that is its answer, not a broken file.
  const bbox =
    record.bbox === undefined ? undefined : checkBbox(record.bbox, undefined, undefined, log);
  const result = withChanged(record, { segmentation, bbox });
  const { keypoints } = result;
  if (keypoints === undefined) return result;
  // Results carry a confidence in place of the visibility, so only the count can be checked.
  const isTriples =
    Array.isArray(keypoints) && keypoints.length % 3 === 0 && keypoints.every(isFiniteNumber);
  const { keypointCount } = context;
  if (!isTriples || (keypointCount !== undefined && keypoints.length !== 3 * keypointCount)) {
    log.add('bad-keypoints', '.keypoints', {
      expected: 'three finite numbers per keypoint',
      found: keypoints,
    });
  }
  return result;
}

function hasGeometry({ bbox, segmentation, keypoints }: FieldRecord): boolean {
  const hasOutline = segmentation !== undefined && !isEmptyList(segmentation);
  return bbox !== undefined || keypoints !== undefined || hasOutline;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** The box around an outline: of its points for polygons, of its pixels for a mask. */
function outlineBox(
  segmentation: Segmentation | undefined,
  picture: PictureSize | undefined,
): Bbox | undefined {
  if (segmentation === undefined) return undefined;
  if (!Array.isArray(segmentation)) {
    const [height, width] =
      picture === undefined ? segmentation.size : [picture.height, picture.width];
    return rleBbox(rleFromSegmentation(segmentation, height, width));
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of segmentation) {
    for (let i = 0; i < polygon.length; i += 2) {
      left = Math.min(left, polygon[i]);
      right = Math.max(right, polygon[i]);
      top = Math.min(top, polygon[i + 1]);
      bottom = Math.max(bottom, polygon[i + 1]);
    }
  }
  return [left, top, right - left, bottom - top];
}

/** The record with those repaired fields that differ; what could not be repaired stays as it came. */
function withChanged(record: FieldRecord, repaired: FieldRecord): FieldRecord {
  const changes = Object.entries(repaired).filter(
    ([field, value]) => value !== undefined && value !== record[field],
  );
  return changes.length === 0 ? record : withFields(record, Object.fromEntries(changes));
}

function checkIscrowd(
  object: FieldRecord,
  segmentation: Segmentation | undefined,
  log: RecordLog,
): FieldRecord {
  const { iscrowd } = object;
  if (iscrowd === 0 || iscrowd === 1) {
    if (iscrowd === 1 && Array.isArray(segmentation)) {
      log.add('crowd-with-polygons', '.segmentation', {
        expected: 'RLE',
        found: new Words(`${segmentation.length} polygons`),
      });
    }
    return object;
  }
  if (iscrowd === undefined) {
    log.add('missing-iscrowd', '', { expected: 'iscrowd 0 or 1', found: iscrowd, repair: 'now 0' });
    return withFields(object, { iscrowd: 0 });
  }
  const meant = iscrowd === true || iscrowd === '1' || iscrowd === 'true' ? 1 : 0;
  const isPlain =
    meant === 1 || iscrowd === false || iscrowd === '0' || iscrowd === 'false' || iscrowd === null;
  log.add('bad-iscrowd', '.iscrowd', {
    expected: '0 or 1',
    found: iscrowd,
    repair: isPlain ? `now ${meant}` : null,
  });
  return isPlain ? withFields(object, { iscrowd: meant }) : object;
}
