// What happens to an annotation's shape on the way into a format that knows less: from masks to polygons, and what
// a reader will make of box and area again. Only writers use it.

import { polygonsFromRle } from '../mask/polygons.ts';
import { rleArea, rleBbox } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, CocoImage, Polygon } from '../types.ts';
import type { LossList } from './loss.ts';
import { pixelDecimals, roundTo } from './numbers.ts';
import { pointsBbox, polygonsBbox } from './outline-measures.ts';

/**
 * The mask's polygons, or undefined where there is none. Run lengths become outlines along the pixels' edges, holes
 * joined to them by bridges of no width, so that filling them gives the same pixels. The mask must have passed
 * `writablePictures`.
 */
export function polygonsOf(
  { segmentation }: CocoAnnotation,
  image: CocoImage,
  where: string,
  losses: LossList,
): Polygon[] | undefined {
  if (segmentation === undefined) return undefined;
  if (Array.isArray(segmentation)) return segmentation.length > 0 ? segmentation : undefined;
  losses.add('mask-pixels', where);
  const rle = rleFromSegmentation(segmentation, image.height, image.width);
  const polygons = polygonsFromRle(rle, { tolerancePixels: 0, holes: 'bridge' });
  if (polygons.length > 0) return polygons;
  losses.add('masks', where);
  return undefined;
}

/** The annotation's box: its own, else the smallest around its mask or its labelled keypoints. */
export function boxOf(annotation: CocoAnnotation, image: CocoImage): Bbox | undefined {
  const { bbox, segmentation, keypoints = [] } = annotation;
  if (bbox !== undefined) return bbox;
  if (Array.isArray(segmentation)) {
    if (segmentation.length > 0) return polygonsBbox(segmentation);
  } else if (segmentation !== undefined) {
    const rle = rleFromSegmentation(segmentation, image.height, image.width);
    if (rleArea(rle) > 0) return rleBbox(rle);
  }
  const labelled = keypoints.filter((_, i) => i % 3 < 2 && keypoints[i - (i % 3) + 2] > 0);
  return labelled.length > 0 ? pointsBbox(labelled) : undefined;
}

/**
 * Reports box and area where they differ from what a reader will derive from the shape that is written. A box that was not
 * stated is one more thing that changes, unless a mask implies it.
 */
export function reportMeasures(
  annotation: CocoAnnotation,
  derived: { bbox: Bbox; area: number },
  where: string,
  losses: LossList,
): void {
  const { bbox, area, segmentation } = annotation;
  const isChanged = bbox?.some((value, i) => !isSame(value, derived.bbox[i]));
  if (isChanged ?? segmentation === undefined) losses.add('boxes', where);
  if (area !== undefined && !isSame(area, derived.area)) losses.add('areas', where);
}

/** Reports coordinates that a format with `pixelDecimals` decimals rounds. */
export function reportPrecision(values: Iterable<number>, where: string, losses: LossList): void {
  for (const value of values) {
    if (roundTo(value, pixelDecimals) === value) continue;
    losses.add('precision', where);
    return;
  }
}

/** Equal but for what arithmetic in doubles leaves behind. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
