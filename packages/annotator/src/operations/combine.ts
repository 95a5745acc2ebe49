// Shapes combined: polygons as areas, whose sides stay what they were; everything else as sets of pixels, by COCO's own
// rasterisation, in which what is inside is what metrics count, and outlines that cross themselves do no harm.

import { mergeRles, polygonsFromRle, type Rle, rleFromBbox, subtractRle } from '@migaki/coco';
import {
  isBoxOfPoints,
  type ObjectFields,
  reshape,
  type Segmentation,
  segmentationBox,
} from '../document/annotation-object.ts';
import { type Combination, clipRegions } from '../geometry/clip-regions.ts';
import type { Size } from '../geometry/point.ts';
import { isRing, type Region, ringsOf } from '../geometry/region.ts';
import { crossesItself } from '../geometry/ring.ts';
import { isEmptyRle, maskOfSegmentation } from '../mask/mask-of.ts';
import type { Reshaped } from './transform.ts';

const combinations: Record<Combination, (masks: readonly Rle[]) => Rle> = {
  union: (masks) => mergeRles(masks, 'union'),
  intersection: (masks) => mergeRles(masks, 'intersection'),
  difference: ([first, ...others]) => others.reduce(subtractRle, first),
};

/**
 * What some shapes are together: their union, their intersection, or the first without the others. Polygons where all of them
 * are; their corners lie on hundredths of a pixel then, or on pixels where one of their rings crosses itself.
 *
 * @returns null where nothing is left
 */
export function combine(
  how: Combination,
  segmentations: readonly Segmentation[],
  picture: Size,
): Segmentation | null {
  const shapes = segmentations.flatMap((each) => (each.type === 'polygons' ? [each.regions] : []));
  if (shapes.length < segmentations.length) return combineMasks(how, segmentations, picture);
  if (shapes.some((regions) => regions.flatMap(ringsOf).some(crossesItself))) {
    const combined = combineMasks(how, segmentations, picture);
    return combined && toPolygons(combined, picture, 0);
  }
  const regions = clipRegions(how, shapes);
  return regions.length === 0 ? null : { type: 'polygons', regions };
}

/** As `combine`, always as a mask. @returns null where no pixel is left */
export function combineMasks(
  how: Combination,
  segmentations: readonly Segmentation[],
  picture: Size,
): Segmentation | null {
  const masks = segmentations.map((segmentation) => maskOfSegmentation(segmentation, picture));
  const rle = combinations[how](masks);
  return isEmptyRle(rle) ? null : { type: 'mask', rle };
}

/** The segmentation of an object, a box being a polygon of four corners; null for a pose or a label. */
export function segmentationOf(
  { segmentation, bbox }: ObjectFields,
  picture: Size,
): Segmentation | null {
  if (segmentation !== null || bbox === null) return segmentation;
  const rle = rleFromBbox(bbox, picture.height, picture.width);
  const [x, y, width, height] = bbox;
  const outer = [x, y, x + width, y, x + width, y + height, x, y + height];
  return isEmptyRle(rle) ? null : { type: 'polygons', regions: [{ outer, holes: [] }] };
}

/** An object combined with others. @returns null where nothing would be left, or one of them has no shape */
export function combineObjects(
  how: Combination,
  objects: readonly ObjectFields[],
  picture: Size,
): Reshaped | null {
  const [first] = objects;
  const segmentations = objects.flatMap((object) => segmentationOf(object, picture) ?? []);
  if (segmentations.length < objects.length || first === undefined) return null;
  const segmentation = combine(how, segmentations, picture);
  return segmentation && reshape(first, { segmentation });
}

/**
 * The outlines of a mask, with holes. What the tolerance would flatten to nothing keeps its points.
 *
 * @param tolerancePixels how far a left out point may lie from the new outline; 0 keeps every pixel
 * @returns null for an empty mask
 */
export function toPolygons(
  segmentation: Segmentation,
  picture: Size,
  tolerancePixels: number,
): Segmentation | null {
  if (segmentation.type === 'polygons') return segmentation;
  const outlines = polygonsFromRle(maskOfSegmentation(segmentation, picture), {
    tolerancePixels,
    holes: 'keep',
  });
  const regions: Region[] = outlines.filter(({ outer }) => isRing(outer));
  return regions.length === 0 ? null : { type: 'polygons', regions };
}

/** @returns null where the shape holds the centre of no pixel */
export function toMask(segmentation: Segmentation, picture: Size): Segmentation | null {
  const rle = maskOfSegmentation(segmentation, picture);
  return isEmptyRle(rle) ? null : { type: 'mask', rle };
}

/** Just the box around it. @returns null where that would be no box: around points in a line, or for a label */
export function toBox(object: ObjectFields): Reshaped | null {
  const { segmentation } = object;
  const bbox = segmentation === null ? object.bbox : segmentationBox(segmentation);
  if (bbox === null || bbox[2] === 0 || bbox[3] === 0) return null;
  const isOfPoints = segmentation === null && isBoxOfPoints(object);
  if (isOfPoints && Math.min(bbox[2], bbox[3]) <= 1) return null;
  return reshape({ ...object, bbox: null, segmentation: null, keypoints: null }, { bbox });
}
