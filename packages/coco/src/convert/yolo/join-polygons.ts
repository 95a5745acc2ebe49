// One polygon out of several, for formats where an object is one line of points.

import type { Polygon } from '../../types.ts';

/**
 * The parts joined by bridges of no width: each part is entered, left for the next at a point near it, and gone around
 * to the end on the way back. An even-odd fill gives the parts as they were, as long as they do not overlap.
 *
 * @param parts At least one, none empty.
 *
 * @example
 * joinPolygons([[0, 0, 1, 0, 1, 1], [5, 0, 6, 0, 6, 1]]); // [0, 0, 1, 0, 5, 0, 6, 0, 6, 1, 5, 0, 1, 0, 1, 1]
 */
export function joinPolygons(parts: readonly Polygon[]): Polygon {
  if (parts.length === 1) return parts[0];
  const wayOut: Polygon[] = [];
  const wayBack: Polygon[] = [];
  let entry = 0;
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    // Near each other, not the nearest pair: that would take the product of the lengths.
    const exit = next === undefined ? entry : nearestPoint(part, next[0], next[1]);
    wayOut.push(exit === entry ? part.slice(entry, entry + 2) : between(part, entry, exit));
    wayBack.push(between(part, exit, entry));
    if (next !== undefined) entry = nearestPoint(next, part[exit], part[exit + 1]);
  }
  // The way out ends, and the way back starts, at the last part's entry; the first part's ring closes itself.
  wayOut.pop();
  return [...wayOut, ...wayBack.reverse()].flat().slice(0, -2);
}

/** From one point on to another, both included; once around where they are the same. */
function between(polygon: Polygon, from: number, to: number): Polygon {
  if (from < to) return polygon.slice(from, to + 2);
  return [...polygon.slice(from), ...polygon.slice(0, to + 2)];
}

/** Index of the nearest point's x. */
function nearestPoint(polygon: Polygon, x: number, y: number): number {
  let nearest = 0;
  let least = Infinity;
  for (let i = 0; i < polygon.length; i += 2) {
    const distance = (polygon[i] - x) ** 2 + (polygon[i + 1] - y) ** 2;
    if (distance < least) [least, nearest] = [distance, i];
  }
  return nearest;
}
