// Boxes turned about their centre. CVAT states the upright box and an angle in degrees, clockwise as the picture
// is seen; COCO gets the four corners, from the one that was top left, clockwise.

import type { Bbox, Polygon } from '../../types.ts';
import { pixelDecimals, roundTo } from '../numbers.ts';

/** How far the corners may be from a turned rectangle's, in pixels: CVAT itself writes two decimals. */
const TOLERANCE_PIXELS = 0.01;

/** The corners of `bbox` after it was turned by `degrees` about its centre. */
export function rotatedCorners([x, y, width, height]: Bbox, degrees: number): Polygon {
  const centre: [number, number] = [x + width / 2, y + height / 2];
  const halves = [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ];
  return halves.flatMap(([dx, dy]) => rotated(dx, dy, degrees, centre));
}

/** The upright box that `rotatedCorners` turns into `polygon`, undefined where no box does. */
export function boxOfRotatedCorners(polygon: Polygon, degrees: number): Bbox | undefined {
  if (polygon.length !== 8) return undefined;
  const [x0, y0, x1, y1, x2, y2, x3, y3] = polygon;
  const round = (value: number) => roundTo(value, pixelDecimals);
  const width = Math.hypot(x1 - x0, y1 - y0);
  const height = Math.hypot(x2 - x1, y2 - y1);
  const bbox: Bbox = [
    round((x0 + x1 + x2 + x3) / 4 - width / 2),
    round((y0 + y1 + y2 + y3) / 4 - height / 2),
    round(width),
    round(height),
  ];
  const isSame = rotatedCorners(bbox, degrees).every(
    (value, i) => Math.abs(value - polygon[i]) <= TOLERANCE_PIXELS,
  );
  return isSame ? bbox : undefined;
}

/** The point at `(dx, dy)` from the centre after a turn; y goes down, so the turn is clockwise. */
export function rotated(
  dx: number,
  dy: number,
  degrees: number,
  [x, y]: readonly [number, number],
): [number, number] {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
}
