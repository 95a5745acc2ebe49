// Masks of what is no mask yet, and what is asked of one at a single pixel.

import { mergeRles, type Rle, rleFromBbox, rleFromPolygon } from '@migaki/coco';
import type { Geometry, Segmentation } from '../document/annotation-object.ts';
import type { ImagePoint, Size } from '../geometry/point.ts';
import { bridgedRing, type Region } from '../geometry/region.ts';

const emptyRle = ({ width, height }: Size): Rle => ({
  width,
  height,
  counts: Uint32Array.of(width * height),
});

export const isEmptyRle = ({ counts }: Rle): boolean => counts.length < 2;

export function maskOfRegions(regions: readonly Region[], { width, height }: Size): Rle {
  const masks = regions.map((region) => rleFromPolygon(bridgedRing(region), height, width));
  return masks.length === 0 ? emptyRle({ width, height }) : mergeRles(masks, 'union');
}

export const maskOfSegmentation = (segmentation: Segmentation, picture: Size): Rle =>
  segmentation.type === 'mask' ? segmentation.rle : maskOfRegions(segmentation.regions, picture);

/** The pixels of an object: of its segmentation, or of its box where it has none; null where it has neither. */
export function maskOfObject({ segmentation, bbox }: Geometry, picture: Size): Rle | null {
  if (segmentation !== null) return maskOfSegmentation(segmentation, picture);
  return bbox === null ? null : rleFromBbox(bbox, picture.height, picture.width);
}

/** Where each run of a mask ends, kept as long as the mask is. */
const runEnds = new WeakMap<Rle, Float64Array>();

/** @param point a pixel holds its own left and upper edge */
export function rleContains(rle: Rle, point: ImagePoint): boolean {
  const x = Math.floor(point.x);
  const y = Math.floor(point.y);
  if (x < 0 || y < 0 || x >= rle.width || y >= rle.height) return false;
  let ends = runEnds.get(rle);
  if (ends === undefined) {
    let sum = 0;
    ends = Float64Array.from(rle.counts, (count) => {
      sum += count;
      return sum;
    });
    runEnds.set(rle, ends);
  }
  const position = x * rle.height + y;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] <= position) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
