// Checks of `area`: that of the mask where there is one, of the box otherwise.

import { CocoError } from '../coco-error.ts';
import { rleArea } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { Bbox, Polygon, Segmentation } from '../types.ts';
import { isFiniteNumber, type PictureSize } from './boxes.ts';
import type { FieldRecord } from './fields.ts';
import { type RecordLog, shown } from './problem.ts';

/** Tools measure outlines as polygons or as pixels and round: only clear differences count. */
const toleranceShare = 0.05;
const tolerancePixels = 2;

/** @returns the area to go on with, or undefined where it stays as it came */
export function checkArea(
  annotation: FieldRecord,
  picture: PictureSize | undefined,
  bbox: Bbox | undefined,
  segmentation: Segmentation | undefined,
  log: RecordLog,
): number | undefined {
  const { area } = annotation;
  if (isFiniteNumber(area) && isRight(area, picture, bbox, segmentation)) return area;
  const measured = measure(picture, bbox, segmentation);
  const repair = measured === undefined ? null : `now ${shown(measured)}`;
  const expected =
    measured === undefined
      ? 'square pixels, a finite number'
      : `${shown(measured)} square pixels, as the ${segmentation === undefined ? 'box' : 'mask'} has`;
  if (area === undefined) log.add('missing-area', '', { expected, found: area, repair });
  else if (measured !== undefined || !isFiniteNumber(area))
    log.add('wrong-area', '.area', { expected, found: area, repair });
  return measured;
}

function isRight(
  area: number,
  picture: PictureSize | undefined,
  bbox: Bbox | undefined,
  segmentation: Segmentation | undefined,
): boolean {
  const isNear = (measured: number) =>
    Math.abs(area - measured) <= Math.max(tolerancePixels, toleranceShare * measured);
  if (segmentation === undefined) return bbox === undefined ? area >= 0 : isNear(bbox[2] * bbox[3]);
  // The polygon formula is cheap and right for most; pixels are only counted where it disagrees.
  if (Array.isArray(segmentation) && isNear(polygonArea(segmentation))) return true;
  const measured = measure(picture, bbox, segmentation);
  return measured === undefined || isNear(measured);
}

/** Square pixels, a mask measured as pycocotools does; undefined where numbers are too absurd to measure. */
function measure(
  picture: PictureSize | undefined,
  bbox: Bbox | undefined,
  segmentation: Segmentation | undefined,
): number | undefined {
  const area =
    segmentation === undefined ? bbox && bbox[2] * bbox[3] : outlineArea(segmentation, picture);
  return isFiniteNumber(area) ? area : undefined;
}

function outlineArea(
  segmentation: Segmentation,
  picture: PictureSize | undefined,
): number | undefined {
  const [height, width] = Array.isArray(segmentation)
    ? [picture?.height, picture?.width]
    : segmentation.size;
  if (height === undefined || width === undefined) return polygonArea(segmentation as Polygon[]);
  try {
    return rleArea(rleFromSegmentation(segmentation, height, width));
  } catch (error) {
    if (error instanceof CocoError) return undefined;
    throw error;
  }
}

/** Sum of the parts' areas by the shoelace formula, in square pixels. */
function polygonArea(polygons: readonly Polygon[]): number {
  let area = 0;
  for (const polygon of polygons) {
    let twice = 0;
    for (let i = 0; i < polygon.length; i += 2) {
      const next = (i + 2) % polygon.length;
      twice += polygon[i] * polygon[next + 1] - polygon[next] * polygon[i + 1];
    }
    area += Math.abs(twice) / 2;
  }
  return area;
}
