// Area and box of polygons as COCO's own files have them: by the shoelace formula on the exact points, not
// by counting pixels. So the readers need no picture to fill in `area` and `bbox`.

import type { Bbox, Polygon } from '../types.ts';

/** Square pixels inside a polygon, whichever way round it runs. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  const n = polygon.length;
  // Relative to the first point, so that small polygons far from the origin lose no digits.
  const x0 = polygon[0];
  const y0 = polygon[1];
  for (let i = 0; i < n; i += 2) {
    const next = (i + 2) % n;
    twice +=
      (polygon[i] - x0) * (polygon[next + 1] - y0) - (polygon[next] - x0) * (polygon[i + 1] - y0);
  }
  return Math.abs(twice) / 2;
}

/** Sum of the polygons' areas: what COCO's files state for objects of several parts. */
export function polygonsArea(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}

/** The smallest upright box around points `[x0, y0, x1, y1, …]`. At least one point. */
export function pointsBbox(points: Iterable<number>): Bbox {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  let isX = true;
  for (const value of points) {
    if (isX) {
      minX = Math.min(minX, value);
      maxX = Math.max(maxX, value);
    } else {
      minY = Math.min(minY, value);
      maxY = Math.max(maxY, value);
    }
    isX = !isX;
  }
  return [minX, minY, maxX - minX, maxY - minY];
}

/** The smallest upright box around all polygons. At least one polygon. */
export function polygonsBbox(polygons: readonly Polygon[]): Bbox {
  return pointsBbox(polygons.flat());
}
