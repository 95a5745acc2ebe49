// From masks to outlines with holes.

import type { Polygon } from '../types.ts';
import type { Rle } from './rle.ts';
import { traceRings } from './trace-rings.ts';

/** One connected region of a mask, along the edges of its pixels. */
export interface Outline {
  /** Clockwise on the screen. */
  outer: Polygon;
  /** Counter-clockwise, none within another. */
  holes: Polygon[];
}

/**
 * The regions of a mask, each with its holes, ordered by their leftmost column, then downwards. Pixels are
 * neighbours along their edges: two that touch at a corner only are two regions (and so two outlines),
 * while a gap of the background through a corner makes no hole. Rasterising the outer ring and taking away
 * the rasterised holes gives back every pixel of the region.
 *
 * @throws CocoError `bad-rle` when the runs do not add up to the picture.
 *
 * @example
 * outlinesFromRle(rleFromPolygon([1, 1, 3, 1, 3, 3, 1, 3], 4, 4));
 * // [{ outer: [3, 1, 3, 3, 1, 3, 1, 1], holes: [] }]
 */
export function outlinesFromRle(rle: Rle): Outline[] {
  const rings = traceRings(rle, false);
  const outlineOfRing: Outline[] = [];
  const outlines: Outline[] = [];
  for (let ring = 0; ring < rings.length; ring++) {
    const { points, outer } = rings[ring];
    if (outer === ring) {
      outlineOfRing[ring] = { outer: points, holes: [] };
      outlines.push(outlineOfRing[ring]);
    } else {
      outlineOfRing[outer].holes.push(points);
    }
  }
  return outlines;
}
