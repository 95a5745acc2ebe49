// Whether the outline of a polygon crosses itself. Touching is none: the bridge to a hole runs back over itself, and
// points may lie on other edges.

import type { Polygon } from '../types.ts';

/** An edge from point `index` to the next one, its ends in the order of their x. */
interface Edge {
  index: number;
  left: number;
  right: number;
}

/**
 * The first two edges found that properly cross, each named by its first point, counted from 0; null for none.
 *
 * @example
 * selfCrossing([0, 0, 10, 10, 10, 0, 0, 10]); // [0, 2]: a bow tie
 */
export function selfCrossing(polygon: Polygon): [first: number, second: number] | null {
  return polygon.length <= 2 * fewPoints ? crossingOfFew(polygon) : crossingOfMany(polygon);
}

/** Up to here it is quicker to look at every pair than to sort. */
const fewPoints = 48;

function crossingOfFew(polygon: Polygon): [number, number] | null {
  const count = polygon.length / 2;
  for (let a = 0; a < count; a++) {
    const [x1, x2] = [polygon[2 * a], polygon[2 * ((a + 1) % count)]];
    const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
    for (let b = a + 2; b < count; b++) {
      const [x3, x4] = [polygon[2 * b], polygon[2 * ((b + 1) % count)]];
      const isApart = (x3 <= left && x4 <= left) || (x3 >= right && x4 >= right);
      if (!isApart && cross(polygon, a, b)) return [a, b];
    }
  }
  return null;
}

/** From left to right, where only edges whose spans overlap can cross. */
function crossingOfMany(polygon: Polygon): [number, number] | null {
  const count = polygon.length / 2;
  const edges: Edge[] = Array.from({ length: count }, (_, index) => {
    const [x1, x2] = [polygon[2 * index], polygon[2 * ((index + 1) % count)]];
    return { index, left: Math.min(x1, x2), right: Math.max(x1, x2) };
  });
  edges.sort((a, b) => a.left - b.left);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count && edges[j].left < edges[i].right; j++) {
      const [a, b] = [edges[i].index, edges[j].index];
      if (cross(polygon, a, b)) return a < b ? [a, b] : [b, a];
    }
  }
  return null;
}

function cross(polygon: Polygon, a: number, b: number): boolean {
  const count = polygon.length / 2;
  const [a2, b2] = [(a + 1) % count, (b + 1) % count];
  return (
    side(polygon, a, a2, b) * side(polygon, a, a2, b2) < 0 &&
    side(polygon, b, b2, a) * side(polygon, b, b2, a2) < 0
  );
}

/** On which side of the line through two points a third one lies; 0 on it. */
function side(polygon: Polygon, from: number, to: number, point: number): number {
  const [x, y] = [polygon[2 * from], polygon[2 * from + 1]];
  return Math.sign(
    (polygon[2 * to] - x) * (polygon[2 * point + 1] - y) -
      (polygon[2 * to + 1] - y) * (polygon[2 * point] - x),
  );
}
