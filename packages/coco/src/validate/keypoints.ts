// Checks of `keypoints` `[x, y, visibility, …]` and `num_keypoints`.

import { isFiniteNumber, type PictureSize } from './boxes.ts';
import { type FieldRecord, withFields } from './fields.ts';
import { type RecordLog, Words } from './problem.ts';

/** @param count how many keypoints the category has; undefined where it does not say */
export function checkKeypoints(
  annotation: FieldRecord,
  count: number | undefined,
  picture: PictureSize | undefined,
  log: RecordLog,
): FieldRecord {
  const { keypoints } = annotation;
  if (keypoints === undefined) return annotation;
  const isTriples =
    Array.isArray(keypoints) && keypoints.length % 3 === 0 && keypoints.every(isFiniteNumber);
  if (!isTriples || (count !== undefined && keypoints.length !== 3 * count)) {
    log.add('bad-keypoints', '.keypoints', {
      expected:
        count === undefined
          ? 'x, y, visibility for each keypoint, finite numbers'
          : `${3 * count} finite numbers: x, y, visibility of ${count} keypoints`,
      found: isTriples ? new Words(`${keypoints.length} numbers`) : keypoints,
    });
    return annotation;
  }
  const checked = checkEach(keypoints as number[], picture, log);
  const labelled = checked.filter((value, index) => index % 3 === 2 && value > 0).length;
  const repaired =
    checked === keypoints ? annotation : withFields(annotation, { keypoints: checked });
  if (annotation.num_keypoints === labelled) return repaired;
  log.add('wrong-num-keypoints', '.num_keypoints', {
    expected: `${labelled}, the labelled keypoints`,
    found: annotation.num_keypoints,
    repair: `now ${labelled}`,
  });
  return withFields(repaired, { num_keypoints: labelled });
}

function checkEach(
  keypoints: number[],
  picture: PictureSize | undefined,
  log: RecordLog,
): number[] {
  let checked = keypoints;
  for (let i = 0; i < keypoints.length; i += 3) {
    const [x, y, visibility] = keypoints.slice(i, i + 3);
    if (visibility !== 0 && visibility !== 1 && visibility !== 2) {
      // Some tools write a confidence or `true` there: what is above 0 was at least labelled.
      const meant = visibility > 0 ? 2 : 0;
      log.add('bad-visibility', `.keypoints[${i + 2}]`, {
        expected: '0 (not labelled), 1 (hidden) or 2 (visible)',
        found: visibility,
        repair: `now ${meant}`,
      });
      checked = checked.with(i + 2, meant);
    } else if (visibility === 0 && (x !== 0 || y !== 0)) {
      log.add('unlabelled-keypoint-with-place', `.keypoints[${i}]`, {
        expected: '0, 0, 0 for a keypoint that is not labelled',
        found: [x, y, visibility],
      });
    }
    const isOutside =
      picture !== undefined && (x < 0 || y < 0 || x > picture.width || y > picture.height);
    if (isOutside && visibility > 0) {
      log.add('keypoint-outside-image', `.keypoints[${i}]`, {
        expected: `a place inside the picture (${picture.width} × ${picture.height})`,
        found: [x, y, visibility],
      });
    }
  }
  return checked;
}
