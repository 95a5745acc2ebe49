// Closed rings of points, written flat as COCO does.

import type { ImagePoint } from './point.ts';

/** `[x0, y0, x1, y1, …]` in pixels of the picture, closed without repeating the first point. */
export type Ring = readonly number[];

export const pointOf = (ring: Ring, index: number): ImagePoint => ({
  x: ring[2 * index],
  y: ring[2 * index + 1],
});

/** Square pixels, positive for rings that run clockwise on the screen. */
export function signedArea(ring: Ring): number {
  let twice = 0;
  // Relative to the first point, so that small rings far from the origin lose no digits.
  const [x0, y0] = ring;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    twice += (ring[j] - x0) * (ring[i + 1] - y0) - (ring[i] - x0) * (ring[j + 1] - y0);
  }
  return twice / 2;
}

/** By the even-odd rule, as COCO fills outlines that cross themselves. */
export function ringContains(ring: Ring, { x, y }: ImagePoint): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const isBetween = ring[i + 1] > y !== ring[j + 1] > y;
    if (!isBetween) continue;
    const share = (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]);
    if (x < ring[i] + share * (ring[j] - ring[i])) isInside = !isInside;
  }
  return isInside;
}

/** The point of the side from `a` to `b` that is nearest to `point`. */
function nearestOnSide(point: ImagePoint, a: ImagePoint, b: ImagePoint): ImagePoint {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return a;
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / lengthSquared;
  const clamped = Math.min(1, Math.max(0, share));
  return { x: a.x + clamped * dx, y: a.y + clamped * dy };
}

export interface NearestSide {
  /** Index of the side's first point. */
  readonly side: number;
  readonly point: ImagePoint;
  readonly distance: number;
}

/** Where a ring comes nearest to a point; null for a ring without points. */
export function nearestSide(ring: Ring, point: ImagePoint): NearestSide | null {
  let best: NearestSide | null = null;
  const count = ring.length / 2;
  for (let side = 0; side < count; side++) {
    const near = nearestOnSide(point, pointOf(ring, side), pointOf(ring, (side + 1) % count));
    const away = Math.hypot(near.x - point.x, near.y - point.y);
    if (best === null || away < best.distance) best = { side, point: near, distance: away };
  }
  return best;
}

/** Less than the hundredths of a pixel to which coordinates are kept. */
const touchingPixels = 0.005;

/** Whether a point lies on a side of the ring, which is neither inside nor outside. */
export const isOnRing = (ring: Ring, point: ImagePoint): boolean =>
  (nearestSide(ring, point)?.distance ?? Number.POSITIVE_INFINITY) < touchingPixels;

/** Whether two rings go through the same points in the same direction, wherever they begin. */
export function areSameRing(a: Ring, b: Ring): boolean {
  const { length } = a;
  if (length !== b.length) return false;
  if (length === 0) return true;
  for (let from = 0; from < length; from += 2) {
    if (a.every((value, i) => value === b[(from + i) % length])) return true;
  }
  return false;
}

/** The ring without points that equal the one before, which sides of length zero would join. */
export function withoutRepeats(ring: Ring): number[] {
  const kept: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const j = i === 0 ? ring.length - 2 : i - 2;
    if (ring[i] !== ring[j] || ring[i + 1] !== ring[j + 1]) kept.push(ring[i], ring[i + 1]);
  }
  return kept;
}

/** Every pair of sides is looked at; traced outlines have more points, and never cross. */
const maxPointsToCheck = 1000;

/** Whether two sides cross between their ends. Rings of more than a thousand points are taken not to. */
export function crossesItself(ring: Ring): boolean {
  const count = ring.length / 2;
  if (count > maxPointsToCheck) return false;
  for (let a = 0; a < count; a++) {
    for (let b = a + 2; b < count; b++) {
      const areNeighbours = a === 0 && b === count - 1;
      if (!areNeighbours && sidesCross(ring, 2 * a, 2 * b)) return true;
    }
  }
  return false;
}

/** @param a, b where the first points of the sides stand in the ring */
function sidesCross(ring: Ring, a: number, b: number): boolean {
  const aEnd = (a + 2) % ring.length;
  const bEnd = (b + 2) % ring.length;
  return (
    turn(ring, a, aEnd, b) * turn(ring, a, aEnd, bEnd) < 0 &&
    turn(ring, b, bEnd, a) * turn(ring, b, bEnd, aEnd) < 0
  );
}

/** Above 0 where the way from point a over b to c turns clockwise on the screen. */
const turn = (ring: Ring, a: number, b: number, c: number): number =>
  (ring[b] - ring[a]) * (ring[c + 1] - ring[a + 1]) -
  (ring[b + 1] - ring[a + 1]) * (ring[c] - ring[a]);
