import type { Bbox } from '../types.ts';

/** A box without any width or height is none to most programs, and an error in a file. */
const leastSidePixels = 1;

/**
 * The box around all labelled keypoints; null for none. Where they lie on one line, or are one, it goes a pixel back from there, and
 * so stays within any picture that the points are in.
 *
 * @param keypoints `[x, y, visibility, …]`
 * @example keypointsBbox([10, 20, 2]); // [9, 19, 1, 1]
 */
export function keypointsBbox(keypoints: readonly number[]): Bbox | null {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let at = 0; at + 2 < keypoints.length; at += 3) {
    if (!(keypoints[at + 2] > 0)) continue;
    xs.push(keypoints[at]);
    ys.push(keypoints[at + 1]);
  }
  if (xs.length === 0) return null;
  const [left, width] = extentOf(xs);
  const [top, height] = extentOf(ys);
  return [left, top, width, height];
}

function extentOf(places: readonly number[]): [from: number, size: number] {
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const size = last - first;
  return size >= leastSidePixels
    ? [first, size]
    : [Math.max(0, last - leastSidePixels), leastSidePixels];
}
