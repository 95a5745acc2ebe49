// The part of a polygon inside a picture: Sutherland and Hodgman, "Reentrant polygon clipping" (1974),
// against the four edges of the picture in turn.

import type { Polygon } from '../types.ts';

/**
 * @returns the part with 0 ≤ x ≤ width and 0 ≤ y ≤ height; empty where nothing is inside. Parts that only meet
 *   outside stay joined by edges along the border, which enclose nothing.
 * @example clipPolygon([-5, 0, 5, 0, 5, 5, -5, 5], 10, 10); // [0, 0, 5, 0, 5, 5, 0, 5]
 */
export function clipPolygon(polygon: Polygon, width: number, height: number): Polygon {
  let clipped = polygon;
  clipped = clipAlong(clipped, 0, (x) => x >= 0, 0);
  clipped = clipAlong(clipped, 0, (x) => x <= width, width);
  clipped = clipAlong(clipped, 1, (y) => y >= 0, 0);
  return clipAlong(clipped, 1, (y) => y <= height, height);
}

/** Keeps what is inside one line: x = edge (axis 0) or y = edge (axis 1). */
function clipAlong(
  polygon: Polygon,
  axis: 0 | 1,
  isInside: (coordinate: number) => boolean,
  edge: number,
): Polygon {
  const clipped: Polygon = [];
  const other = axis === 0 ? 1 : 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const before = (i + polygon.length - 2) % polygon.length;
    const from = polygon[before + axis];
    const to = polygon[i + axis];
    if (isInside(from) !== isInside(to)) {
      const share = (edge - from) / (to - from);
      const crossing =
        polygon[before + other] + share * (polygon[i + other] - polygon[before + other]);
      clipped.push(...(axis === 0 ? [edge, crossing] : [crossing, edge]));
    }
    if (isInside(to)) clipped.push(polygon[i], polygon[i + 1]);
  }
  return clipped;
}
