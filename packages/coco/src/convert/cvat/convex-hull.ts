// The smallest convex polygon around some points: Andrew's monotone chain
// (https://doi.org/10.1016/0020-0190(79)90072-3).

import type { Polygon } from '../../types.ts';

/** @param points `[x0, y0, x1, y1, …]`, three or more. Points on a straight edge are left out where they can be. */
export function convexHull(points: readonly number[]): Polygon {
  const sorted: [number, number][] = [];
  for (let i = 0; i < points.length; i += 2) sorted.push([points[i], points[i + 1]]);
  sorted.sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const hull = [...halfHull(sorted), ...halfHull(sorted.toReversed())];
  // All on one line: a polygon needs three points, so all of them stay.
  return (hull.length >= 3 ? hull : sorted).flat();
}

/** From the first point to the last along one side; the last is left to the other side. */
function halfHull(sorted: readonly [number, number][]): [number, number][] {
  const chain: [number, number][] = [];
  for (const [x, y] of sorted) {
    while (chain.length >= 2) {
      const [ax, ay] = chain[chain.length - 2];
      const [bx, by] = chain[chain.length - 1];
      if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0) break;
      chain.pop();
    }
    chain.push([x, y]);
  }
  return chain.slice(0, -1);
}
