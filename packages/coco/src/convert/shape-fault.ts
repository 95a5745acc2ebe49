// Shapes that describe nothing: the last check of every reader and the first of every writer, so that no NaN and no
// half polygon ever gets through a conversion.

import { CocoError } from '../coco-error.ts';
import { checkRle } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { CocoAnnotation, CocoImage, Segmentation } from '../types.ts';
import { shown } from './text-file.ts';

/** What makes the annotation's numbers useless, or undefined. Fields that are not there are no fault. */
export function shapeFault(
  { bbox, segmentation, keypoints, score }: Partial<CocoAnnotation>,
  image: CocoImage,
): string | undefined {
  if (bbox !== undefined && !(isNumbers(bbox) && bbox.length === 4 && bbox[2] >= 0 && bbox[3] >= 0))
    return `bbox ${shown(bbox)} is none`;
  if (keypoints !== undefined && !(isNumbers(keypoints) && keypoints.length % 3 === 0))
    return `keypoints ${shown(keypoints)} are none`;
  if (score !== undefined && !Number.isFinite(score)) return `score ${shown(score)} is none`;
  if (Array.isArray(segmentation)) {
    for (const polygon of segmentation) {
      if (!isNumbers(polygon) || polygon.length < 6 || polygon.length % 2 !== 0)
        return `polygon ${shown(polygon)} is none`;
    }
    return undefined;
  }
  return segmentation === undefined ? undefined : rleFault(segmentation, image);
}

function rleFault(segmentation: Segmentation, { width, height }: CocoImage): string | undefined {
  try {
    const rle = rleFromSegmentation(segmentation, height, width);
    checkRle(rle);
    if (rle.height === height && rle.width === width) return undefined;
    return `the mask has ${rle.width} × ${rle.height} pixels, its picture ${width} × ${height}`;
  } catch (error) {
    if (error instanceof CocoError) return error.message;
    throw error;
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}
