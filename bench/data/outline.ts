// Random outlines that look like objects: closed curves of a few waves round a centre, cut at the picture's edge.

import type { Bbox, Polygon } from '../../packages/coco/src/index.ts';
import type { Random } from './random.ts';

export interface Size {
  height: number;
  width: number;
}

/** Coordinates as COCO's own files have them: two decimals. */
export const roundCoordinate = (value: number): number => Math.round(value * 100) / 100;

/** A closed curve that fills the box; 8 to 60 points, more of them where the box is large. */
export function randomOutline(random: Random, [left, top, width, height]: Bbox): Polygon {
  const pointCount = random.integer(
    8,
    Math.round(Math.min(60, 18 + Math.sqrt(width * height) / 3)),
  );
  const waves = [2, 3, 5].map((frequency) => ({
    frequency,
    amplitude: random.between(0, 0.5 / frequency),
    phase: random.between(0, 2 * Math.PI),
  }));
  const points = Array.from({ length: pointCount }, (_, index) => {
    const angle = ((index + random.between(-0.3, 0.3)) * 2 * Math.PI) / pointCount;
    const radius = waves.reduce(
      (sum, { frequency, amplitude, phase }) =>
        sum + amplitude * Math.cos(frequency * angle + phase),
      1,
    );
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const [curveLeft, curveTop, curveWidth, curveHeight] = boxOfPoints(points);
  return points.flatMap(({ x, y }) => [
    roundCoordinate(left + ((x - curveLeft) / curveWidth) * width),
    roundCoordinate(top + ((y - curveTop) / curveHeight) * height),
  ]);
}

/** The polygon moved and stretched from one box into another, and kept inside the picture. */
export function moveOutline(polygon: Polygon, from: Bbox, to: Bbox, picture: Size): Polygon {
  const inside = (value: number, limit: number) =>
    roundCoordinate(Math.min(limit, Math.max(0, value)));
  return polygon.map((value, index) => {
    const axis = index % 2;
    const stretch = from[2 + axis] > 0 ? to[2 + axis] / from[2 + axis] : 1;
    const moved = to[axis] + (value - from[axis]) * stretch;
    return inside(moved, axis === 0 ? picture.width : picture.height);
  });
}

/** The smallest upright box round all points of all polygons. */
export function boxOfPolygons(polygons: readonly Polygon[]): Bbox {
  const points = polygons.flatMap((polygon) =>
    Array.from({ length: polygon.length / 2 }, (_, index) => ({
      x: polygon[2 * index],
      y: polygon[2 * index + 1],
    })),
  );
  return boxOfPoints(points).map(roundCoordinate) as Bbox;
}

/** Square pixels inside the polygon (Gauss's shoelace formula). */
export function polygonArea(polygon: Polygon): number {
  let doubled = 0;
  for (let index = 0; index < polygon.length; index += 2) {
    const next = (index + 2) % polygon.length;
    doubled += polygon[index] * polygon[next + 1] - polygon[next] * polygon[index + 1];
  }
  return Math.abs(doubled) / 2;
}

function boxOfPoints(points: readonly { x: number; y: number }[]): Bbox {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}
