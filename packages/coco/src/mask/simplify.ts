// Fewer points for the same shape: Douglas and Peucker (1973), on rings. It bounds what it does in pixels,
// every point left out lies within the tolerance of the result, while Visvalingam and Whyatt's method
// bounds areas. Its worst case, which is quadratic, is cut off: see `maxDepth`.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { Polygon } from '../types.ts';

/**
 * A chain that has been split so often is split in its middle from then on. It keeps a few more points
 * than need be, and bounds the work to `maxDepth` and some more visits of each point.
 */
const maxDepth = 64;

/** How often a tolerance too large for its shape is halved before the shape is left as it is. */
const maxHalvings = 64;

/**
 * The ring with as few of its points as the tolerance allows. Every point left out lies within
 * `tolerancePixels` of the new ring's nearest side; 0 leaves out just points on straight lines.
 * A ring with an area keeps at least three points, some area, and its sense: where the tolerance would
 * make it collapse, a smaller one is used. Sides may come to cross each other, as with every method that
 * moves no point.
 *
 * @throws CocoError `bad-polygon` when the tolerance is not finite or below 0.
 *
 * @example
 * simplifyPolygon([0, 0, 5, 0.2, 10, 0, 10, 10, 0, 10], 0.5); // [0, 0, 10, 0, 10, 10, 0, 10]
 */
export function simplifyPolygon(polygon: ArrayLike<number>, tolerancePixels: number): Polygon {
  const simplified: Polygon = [];
  for (const point of simplifiedPoints(polygon, tolerancePixels, [])) {
    simplified.push(polygon[2 * point], polygon[2 * point + 1]);
  }
  return simplified;
}

/** Indices of the points that {@link simplifyPolygon} keeps, all of `pinned` among them, in their order. */
export function simplifiedPoints(
  polygon: ArrayLike<number>,
  tolerancePixels: number,
  pinned: readonly number[],
): number[] {
  if (!(tolerancePixels >= 0 && Number.isFinite(tolerancePixels))) {
    throw new CocoError('bad-polygon', {
      where: 'tolerancePixels',
      expected: phrase`a finite tolerance of zero pixels or more`,
      found: String(tolerancePixels),
    });
  }
  const all = Array.from({ length: polygon.length >> 1 }, (_, point) => point);
  const sense = Math.sign(doubledArea(polygon, all));
  if (all.length <= 3 || sense === 0) return all;
  let tolerance = tolerancePixels;
  for (let halvings = 0; halvings <= maxHalvings; halvings++) {
    const kept = keptPoints(polygon, tolerance, pinned);
    if (Math.sign(doubledArea(polygon, kept)) === sense) return kept;
    tolerance /= 2;
  }
  return all;
}

/** Twice the area within the points of the given indices; its sign is that of their sense. */
function doubledArea(polygon: ArrayLike<number>, points: readonly number[]): number {
  if (points.length === 0) return 0;
  // Relative to the first point, so that far away from the origin no precision is lost.
  const originX = polygon[2 * points[0]];
  const originY = polygon[2 * points[0] + 1];
  let area = 0;
  let lastX = 0;
  let lastY = 0;
  for (const point of points) {
    const x = polygon[2 * point] - originX;
    const y = polygon[2 * point + 1] - originY;
    area += lastX * y - x * lastY;
    lastX = x;
    lastY = y;
  }
  return area;
}

function keptPoints(
  polygon: ArrayLike<number>,
  tolerance: number,
  pinned: readonly number[],
): number[] {
  const pointCount = polygon.length >> 1;
  const isKept = new Uint8Array(pointCount);
  const corner = leftmostPoint(polygon);
  isKept[corner] = 1;
  isKept[farthestPoint(polygon, corner)] = 1;
  for (const point of pinned) isKept[point] = 1;
  // Chains run from kept point to kept point; once around, so that the last one closes the ring.
  let first = corner;
  for (let step = 1; step <= pointCount; step++) {
    const point = (corner + step) % pointCount;
    if (isKept[point] === 0) continue;
    keepInChain(polygon, first, corner + step, tolerance, isKept);
    first = corner + step;
  }
  const kept: number[] = [];
  for (let point = 0; point < pointCount; point++) if (isKept[point] === 1) kept.push(point);
  return kept;
}

/** A corner of the hull, so that no ring is cut open in the middle of a side. */
function leftmostPoint(polygon: ArrayLike<number>): number {
  let best = 0;
  for (let point = 1; point < polygon.length >> 1; point++) {
    const dx = polygon[2 * point] - polygon[2 * best];
    if (dx < 0 || (dx === 0 && polygon[2 * point + 1] < polygon[2 * best + 1])) best = point;
  }
  return best;
}

function farthestPoint(polygon: ArrayLike<number>, from: number): number {
  let farthest = from;
  let farthestSquared = 0;
  for (let point = 0; point < polygon.length >> 1; point++) {
    const dx = polygon[2 * point] - polygon[2 * from];
    const dy = polygon[2 * point + 1] - polygon[2 * from + 1];
    if (dx * dx + dy * dy <= farthestSquared) continue;
    farthestSquared = dx * dx + dy * dy;
    farthest = point;
  }
  return farthest;
}

/** Marks what has to stay between two kept points; indices past the last point go on from the first. */
function keepInChain(
  polygon: ArrayLike<number>,
  chainFirst: number,
  chainLast: number,
  tolerance: number,
  isKept: Uint8Array,
): void {
  const pointCount = isKept.length;
  const pending = [chainFirst, chainLast, 0];
  while (pending.length > 0) {
    const depth = pending.pop()!;
    const last = pending.pop()!;
    const first = pending.pop()!;
    const x = polygon[2 * (first % pointCount)];
    const y = polygon[2 * (first % pointCount) + 1];
    const dx = polygon[2 * (last % pointCount)] - x;
    const dy = polygon[2 * (last % pointCount) + 1] - y;
    const lengthSquared = dx * dx + dy * dy;
    let split = first;
    let farthestSquared = tolerance * tolerance;
    for (let index = first + 1; index < last; index++) {
      const px = polygon[2 * (index % pointCount)] - x;
      const py = polygon[2 * (index % pointCount) + 1] - y;
      // Nearest point of the side, as a share of its length.
      const share = lengthSquared === 0 ? 0 : (px * dx + py * dy) / lengthSquared;
      const clamped = Math.min(1, Math.max(0, share));
      const awayX = px - clamped * dx;
      const awayY = py - clamped * dy;
      const squared = awayX * awayX + awayY * awayY;
      if (squared <= farthestSquared) continue;
      farthestSquared = squared;
      split = index;
    }
    if (split === first) continue;
    if (depth >= maxDepth) split = (first + last) >> 1;
    isKept[split % pointCount] = 1;
    pending.push(first, split, depth + 1, split, last, depth + 1);
  }
}
