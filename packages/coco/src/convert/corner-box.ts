// Boxes of formats that state two corners where COCO states a corner and a size.

import type { Bbox } from '../types.ts';
import { pixelDecimals, roundTo } from './numbers.ts';

/** Left, top, right and bottom edge in pixels. */
export type Corners = [xMin: number, yMin: number, xMax: number, yMax: number];

/** Sizes are rounded to `pixelDecimals`, so that 10.1 to 10.3 is 0.2 wide and not 0.20000000000000107. */
export function bboxFromCorners([xMin, yMin, xMax, yMax]: Corners): Bbox {
  return [xMin, yMin, roundTo(xMax - xMin, pixelDecimals), roundTo(yMax - yMin, pixelDecimals)];
}

/**
 * The right and lower edge are rounded to `pixelDecimals`, but never across the other edge: `bboxFromCorners`
 * gives back what has no more decimals.
 */
export function cornersFromBbox([x, y, width, height]: Bbox): Corners {
  const edge = (start: number, size: number) =>
    Math.max(start, roundTo(start + size, pixelDecimals));
  return [x, y, edge(x, width), edge(y, height)];
}
