// What of an annotation's shape a VOC object can show: a box and polygons.

import { CocoError } from '../../coco-error.ts';
import { polygonsFromRle } from '../../mask/polygons.ts';
import { checkRle, type Rle, rleBbox } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, CocoImage, Polygon } from '../../types.ts';
import { sensibleNumber } from '../numbers.ts';
import { pointsBbox, polygonsBbox } from '../outline-measures.ts';

export interface DrawnShape {
  bbox: Bbox;
  polygons: readonly Polygon[];
  /** The polygons trace a pixel mask. */
  isTraced: boolean;
  /** What is wrong with the mask, where it could not be traced. */
  fault?: string;
}

/** Undefined where there is nothing to put a box around, or only numbers that no picture has. */
export function drawnShape(annotation: CocoAnnotation, image: CocoImage): DrawnShape | undefined {
  const { bbox, segmentation, keypoints } = annotation;
  const plain = { polygons: [], isTraced: false };
  const numbers = [bbox, Array.isArray(segmentation) ? segmentation : [], keypoints ?? []].flat(2);
  if (numbers.some((value) => value !== undefined && sensibleNumber(value) === undefined)) {
    return undefined;
  }
  if (Array.isArray(segmentation) && segmentation.length > 0) {
    return { ...plain, bbox: bbox ?? polygonsBbox(segmentation), polygons: segmentation };
  }
  if (segmentation !== undefined && !Array.isArray(segmentation)) {
    try {
      const rle = rleFromSegmentation(segmentation, image.height, image.width);
      checkRle(rle);
      const shape = tracedShape(rle, bbox);
      if (shape !== undefined) return shape;
    } catch (error) {
      if (!(error instanceof CocoError)) throw error;
      return bbox === undefined ? undefined : { ...plain, bbox, fault: error.message };
    }
  }
  if (bbox !== undefined) return { ...plain, bbox };
  const labelled = (keypoints ?? []).flatMap((x, i, all) =>
    i % 3 === 0 && all[i + 2] > 0 ? [x, all[i + 1]] : [],
  );
  return labelled.length === 0 ? undefined : { ...plain, bbox: pointsBbox(labelled) };
}

/** Undefined for a mask without a pixel. Holes are cut open, since VOC's polygons have none. */
function tracedShape(rle: Rle, bbox: Bbox | undefined): DrawnShape | undefined {
  const polygons = polygonsFromRle(rle, { holes: 'bridge' });
  if (polygons.length === 0) return undefined;
  return { bbox: bbox ?? rleBbox(rle), polygons, isTraced: true };
}
