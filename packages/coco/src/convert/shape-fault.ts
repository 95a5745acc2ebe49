// Shapes that describe nothing: the last check of every reader and the first of every writer, so that no NaN and no
// half polygon ever gets through a conversion.

import { CocoError } from '../coco-error.ts';
import { checkRle } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import { faultPhrase, phrase, type Words } from '../phrase.ts';
import type { CocoAnnotation, CocoImage, Segmentation } from '../types.ts';
import { shown } from './text-file.ts';

/** What makes the annotation's numbers useless, or undefined. Fields that are not there are no fault. */
export function shapeFault(
  { bbox, segmentation, keypoints, score }: Partial<CocoAnnotation>,
  image: CocoImage,
): Words | undefined {
  if (bbox !== undefined && !(isNumbers(bbox) && bbox.length === 4 && bbox[2] >= 0 && bbox[3] >= 0))
    return phrase`bbox ${shown(bbox)} is none`;
  if (keypoints !== undefined && !(isNumbers(keypoints) && keypoints.length % 3 === 0))
    return phrase`keypoints ${shown(keypoints)} are none`;
  if (score !== undefined && !Number.isFinite(score)) return phrase`score ${shown(score)} is none`;
  if (Array.isArray(segmentation)) {
    for (const polygon of segmentation) {
      if (!isNumbers(polygon) || polygon.length < 6 || polygon.length % 2 !== 0)
        return phrase`polygon ${shown(polygon)} is none`;
    }
    return undefined;
  }
  return segmentation === undefined ? undefined : rleFault(segmentation, image);
}

function rleFault(segmentation: Segmentation, { width, height }: CocoImage): Words | undefined {
  try {
    const rle = rleFromSegmentation(segmentation, height, width);
    checkRle(rle);
    if (rle.height === height && rle.width === width) return undefined;
    return phrase`the mask has ${rle.width} × ${rle.height} pixels, its picture ${width} × ${height}`;
  } catch (error) {
    if (error instanceof CocoError) return faultPhrase(error.details);
    throw error;
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}
