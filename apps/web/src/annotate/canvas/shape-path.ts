// Outlines of objects as the canvas takes them, in pixels of the picture. Objects never change, so neither do their
// outlines: each is made once, when it is first drawn.

import { type AnnotationObject, type Region, ringsOf, type Segmentation } from '@migaki/annotator';
import { outlinesFromRle, type Rle, simplifyPolygon } from '@migaki/coco';

/** How a shape is filled: rings within rings are holes. */
export const fillRule = 'evenodd';

const polygonPaths = new WeakMap<Segmentation, Path2D>();
/** Of a mask, by how coarse they are. */
const maskPaths = new WeakMap<Segmentation, Path2D[]>();

/**
 * Null for what has no outline: a pose, a label of the picture.
 *
 * @param scale CSS pixels per pixel of the picture: from far, a mask has no use for every corner of its pixels
 */
export function pathOf({ segmentation, bbox }: AnnotationObject, scale: number): Path2D | null {
  if (segmentation?.type === 'mask') return maskPath(segmentation, scale);
  if (segmentation !== null) {
    let path = polygonPaths.get(segmentation);
    if (path === undefined) {
      path = polygonPath(segmentation.regions);
      polygonPaths.set(segmentation, path);
    }
    return path;
  }
  if (bbox === null) return null;
  const path = new Path2D();
  path.rect(...bbox);
  return path;
}

function polygonPath(regions: readonly Region[]): Path2D {
  const path = new Path2D();
  for (const region of regions) for (const ring of ringsOf(region)) addRing(path, ring);
  return path;
}

/** Up to here a path is exact; each further level is half as fine. */
const exactScale = 1.5;
const coarsest = 6;

function maskPath(segmentation: Segmentation & { type: 'mask' }, scale: number): Path2D {
  const level =
    scale >= exactScale ? 0 : Math.min(coarsest, 1 + Math.floor(Math.log2(exactScale / scale)));
  let levels = maskPaths.get(segmentation);
  if (levels === undefined) {
    levels = [];
    maskPaths.set(segmentation, levels);
  }
  levels[level] ??= outlinePath(segmentation.rle, level === 0 ? 0 : 0.35 * 2 ** level);
  return levels[level];
}

function outlinePath(rle: Rle, tolerancePixels: number): Path2D {
  const path = new Path2D();
  const add = (ring: number[]) => {
    const fewer = tolerancePixels === 0 ? ring : simplifyPolygon(ring, tolerancePixels);
    // What is smaller than that is seen as a dot.
    addRing(path, fewer.length >= 6 ? fewer : ring);
  };
  for (const { outer, holes } of outlinesFromRle(rle)) {
    add(outer);
    for (const hole of holes) add(hole);
  }
  return path;
}

function addRing(path: Path2D, ring: readonly number[]): void {
  path.moveTo(ring[0], ring[1]);
  for (let at = 2; at + 1 < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
  path.closePath();
}
