// What happens to an annotation's shape on the way into a format that knows less: from masks to polygons, and what
// a reader will make of box and area again. Only writers use it.

import { outlinesFromRle } from '../mask/outline.ts';
import { rleArea, rleBbox } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, CocoImage, Polygon } from '../types.ts';
import type { LossList } from './loss.ts';
import { pixelDecimals, roundTo } from './numbers.ts';
import { pointsBbox, polygonsBbox } from './outline-measures.ts';

/**
 * The mask's polygons, or undefined where there is none. Run lengths become their outlines along the pixels' edges,
 * without holes. The mask must have passed `writablePictures`.
 */
export function polygonsOf(
  { segmentation }: CocoAnnotation,
  image: CocoImage,
  where: string,
  losses: LossList,
): Polygon[] | undefined {
  if (segmentation === undefined) return undefined;
  if (Array.isArray(segmentation)) return segmentation.length > 0 ? segmentation : undefined;
  const outlines = outlinesFromRle(rleFromSegmentation(segmentation, image.height, image.width));
  losses.add('mask-pixels', where);
  if (outlines.length === 0) {
    losses.add('masks', where);
    return undefined;
  }
  if (outlines.some(({ holes }) => holes.length > 0)) losses.add('holes', where);
  return outlines.map(({ outer }) => outer);
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

/** Reports box and area where they differ from what a reader will derive from the shape that is written. */
export function reportMeasures(
  annotation: CocoAnnotation,
  derived: { bbox: Bbox; area: number },
  where: string,
  losses: LossList,
): void {
  const { bbox, area } = annotation;
  if (bbox?.some((value, i) => !isSame(value, derived.bbox[i]))) losses.add('boxes', where);
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
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
}
