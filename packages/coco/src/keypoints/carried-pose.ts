// What becomes of a pose when its object gets a category with other keypoints: each point goes to the one of the same name.
// Editor, grid and server follow this one rule, or a file would hold more or fewer points than its category names.

import type { Bbox } from '../types.ts';
import { keypointsBbox } from './keypoints-bbox.ts';

/** Of a category; nothing where it has none, or does not say. */
export type KeypointNames = readonly string[] | null | undefined;

export interface Pose {
  /** `[x, y, visibility, …]`. */
  readonly keypoints: readonly number[];
  readonly bbox: Readonly<Bbox> | null;
  /** Whether the object has a segmentation. */
  readonly isOutlined: boolean;
}

export interface CarriedPose {
  /** Null where no point has a counterpart. */
  readonly keypoints: readonly number[] | null;
  /** As it was: the object is as large as before. What had nothing but its points keeps the box around them. */
  readonly bbox: Readonly<Bbox> | null;
  /** Names of the labelled points that are left behind; numbers, counted from 1, where they have none. */
  readonly lost: readonly string[];
}

/**
 * What has no counterpart in the new category is lost, what is new there is not labelled. Null where the pose stays as it is: the
 * names are the same, or not known and there are as many.
 *
 * @example
 * carriedPose({ keypoints: [7, 8, 2, 9, 9, 2], bbox, isOutlined: false }, ['nose', 'tail'], ['ear', 'nose']);
 * // { keypoints: [0, 0, 0, 7, 8, 2], bbox, lost: ['tail'] }
 */
export function carriedPose(
  { keypoints, bbox, isOutlined }: Pose,
  before: KeypointNames,
  after: KeypointNames,
): CarriedPose | null {
  const [from, to] = [before ?? [], after ?? []];
  const isSame =
    from.length === to.length
      ? from.every((name, index) => name === to[index])
      : from.length === 0 && keypoints.length === 3 * to.length;
  if (isSame) return null;
  const sources = sourcesOf(from, to);
  const isAnyKept = sources.some((source) => source !== null);
  const visibility = (index: number) => keypoints[3 * index + 2] ?? 0;
  const lost = Array.from({ length: Math.floor(keypoints.length / 3) }, (_, index) => index)
    .filter((index) => visibility(index) > 0 && !sources.includes(index))
    .map((index) => from[index] ?? String(index + 1));
  return {
    keypoints: isAnyKept
      ? sources.flatMap((source) =>
          [0, 1, 2].map((part) => (source === null ? 0 : (keypoints[3 * source + part] ?? 0))),
        )
      : null,
    bbox: isAnyKept || isOutlined ? bbox : (bbox ?? keypointsBbox(keypoints)),
    lost,
  };
}

/** For each keypoint of the new category, which one it was before; null for one that is new. */
function sourcesOf(before: readonly string[], after: readonly string[]): (number | null)[] {
  const used = new Set<number>();
  return after.map((wanted) => {
    const source = before.findIndex((name, index) => name === wanted && !used.has(index));
    if (source < 0) return null;
    used.add(source);
    return source;
  });
}
