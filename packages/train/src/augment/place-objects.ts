// Objects where their picture comes to lie: boxes, outlines and keypoints moved along, and cut at the border.

import { boundsOf, type ClassName, type LabelledObject } from '../samples/training-set.ts';
import { type Affine, applied, isMirrored, keepsBoxes } from './affine.ts';
import type { Rectangle } from './warp.ts';

/** An object in pixels of the input. */
export interface PlacedObject {
  readonly classIndex: number;
  /** Left, top, right, bottom, inside of the input. */
  readonly box: readonly [number, number, number, number];
  readonly rings: readonly Float32Array[];
  /** `[x, y, visibility, …]`; what lies outside has the visibility 0. */
  readonly keypoints: Float32Array;
  /** Neither to be found nor a mistake to find. */
  readonly isIgnored: boolean;
}

/** Of an object of which less than this can be seen, nobody can say what it is. */
const leastVisibleShare = 0.2;
const leastSidePixels = 2;

/**
 * What can be seen of objects within `clip`. Those of which little is left are ignored, those of which nothing is left are
 * not among them.
 */
export function placeObjects(
  objects: readonly LabelledObject[],
  classes: readonly ClassName[],
  map: Affine,
  clip: Rectangle,
): PlacedObject[] {
  const mirrored = isMirrored(map);
  return objects.flatMap((object): PlacedObject[] => {
    const rings = object.rings.map((ring) => moved(ring, map));
    const [left, top, right, bottom] = object.box;
    // The box around a turned box is too large; around a turned outline it is right.
    const corners = moved([left, top, right, top, right, bottom, left, bottom], map);
    const whole = boundsOf(rings.length > 0 && !keepsBoxes(map) ? rings : [corners]);
    const box = [
      Math.max(clip.left, whole[0]),
      Math.max(clip.top, whole[1]),
      Math.min(clip.right, whole[2]),
      Math.min(clip.bottom, whole[3]),
    ] as const;
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    if (width <= 0 || height <= 0) return [];
    const share = (width * height) / ((whole[2] - whole[0]) * (whole[3] - whole[1]));
    const isTooLittle = share < leastVisibleShare || Math.min(width, height) < leastSidePixels;
    return [
      {
        classIndex: object.classIndex,
        box,
        rings,
        keypoints: placedKeypoints(object, classes[object.classIndex], map, mirrored, clip),
        isIgnored: object.isCrowd || isTooLittle,
      },
    ];
  });
}

function moved(points: ArrayLike<number>, map: Affine): Float32Array {
  const result = new Float32Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    [result[i], result[i + 1]] = applied(map, points[i], points[i + 1]);
  }
  return result;
}

function placedKeypoints(
  { keypoints }: LabelledObject,
  { mirrored }: ClassName,
  map: Affine,
  isMirrored: boolean,
  clip: Rectangle,
): Float32Array {
  const placed = new Float32Array(keypoints.length);
  for (let k = 0; 3 * k < keypoints.length; k++) {
    const to = 3 * (isMirrored ? (mirrored[k] ?? k) : k);
    const visibility = keypoints[3 * k + 2];
    if (visibility === 0) continue;
    const [x, y] = applied(map, keypoints[3 * k], keypoints[3 * k + 1]);
    if (x < clip.left || y < clip.top || x >= clip.right || y >= clip.bottom) continue;
    placed.set([x, y, visibility], to);
  }
  return placed;
}
