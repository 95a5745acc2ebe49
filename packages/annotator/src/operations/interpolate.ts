// Objects of a sequence between two frames in which a person drew them: boxes, turned boxes and poses move evenly.

import { type ObjectFields, reshape } from '../document/annotation-object.ts';
import { roundPixels } from '../geometry/point.ts';
import {
  cornersOf,
  normalDegrees,
  type RotatedBox,
  rotatedBoxOf,
} from '../geometry/rotated-box.ts';
import type { Reshaped } from './transform.ts';

/** A frame of which a person said what the object is like there. */
export interface KeyFrame {
  /** Number in the sequence, or seconds: only ratios count. */
  readonly at: number;
  readonly object: ObjectFields;
}

/**
 * @param share 0 for `from`, 1 for `to`
 * @returns null for shapes between which there is no telling: polygons and masks, or two of different kinds
 */
export function interpolate(from: ObjectFields, to: ObjectFields, share: number): Reshaped | null {
  const between = (a: number, b: number) => roundPixels(a + share * (b - a));
  const [boxA, boxB] = [rotatedBoxOf(from), rotatedBoxOf(to)];
  if (boxA !== null && boxB !== null) {
    const box = betweenTurned(boxA, boxB, share);
    const regions = [{ outer: cornersOf(box), holes: [] }];
    const shape = reshape(from, { segmentation: { type: 'polygons', regions } });
    return { ...shape, attributes: { ...from.attributes, rotation: normalDegrees(box.degrees) } };
  }
  if (from.segmentation !== null || to.segmentation !== null) return null;
  const hasBoxes = from.bbox !== null && to.bbox !== null;
  const hasPoses = from.keypoints !== null && from.keypoints.length === to.keypoints?.length;
  if (!hasBoxes && !hasPoses) return null;
  const [a, b] = [from.bbox, to.bbox];
  return reshape(from, {
    ...(a !== null &&
      b !== null && {
        bbox: [between(a[0], b[0]), between(a[1], b[1]), between(a[2], b[2]), between(a[3], b[3])],
      }),
    ...(hasPoses && { keypoints: betweenPoses(from.keypoints!, to.keypoints!, between) }),
  });
}

/** Turns the shorter way round. */
function betweenTurned(a: RotatedBox, b: RotatedBox, share: number): RotatedBox {
  const between = (x: number, y: number) => x + share * (y - x);
  return {
    centre: { x: between(a.centre.x, b.centre.x), y: between(a.centre.y, b.centre.y) },
    width: between(a.width, b.width),
    height: between(a.height, b.height),
    degrees: a.degrees + share * normalDegrees(b.degrees - a.degrees),
  };
}

/** A point is where both frames know it; hidden where it is hidden in either. */
function betweenPoses(
  a: readonly number[],
  b: readonly number[],
  between: (a: number, b: number) => number,
): number[] {
  const pose: number[] = [];
  for (let at = 0; at + 2 < a.length; at += 3) {
    const visibility = Math.min(a[at + 2], b[at + 2]);
    if (visibility === 0) pose.push(0, 0, 0);
    else pose.push(between(a[at], b[at]), between(a[at + 1], b[at + 1]), visibility);
  }
  return pose;
}

/**
 * The object in some frame of a sequence. Before the first key frame and after the last it is not there.
 *
 * @param keyFrames in their order, one at least
 */
export function interpolateAt(keyFrames: readonly KeyFrame[], at: number): Reshaped | null {
  const next = keyFrames.findIndex((frame) => frame.at >= at);
  if (next < 0) return null;
  const to = keyFrames[next];
  if (to.at === at) return reshape(to.object, {});
  const from = keyFrames[next - 1];
  return from === undefined
    ? null
    : interpolate(from.object, to.object, (at - from.at) / (to.at - from.at));
}
