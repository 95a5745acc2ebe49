// Outlines of objects as the canvas takes them, in pixels of the picture. Objects never change, so neither do their
// outlines: each is made once, when it is first drawn.

import { type AnnotationObject, ringsOf, type Segmentation } from '@migaki/annotator';
import { outlinesFromRle } from '@migaki/coco';

/** How a shape is filled: rings within rings are holes. */
export const fillRule = 'evenodd';

const paths = new WeakMap<Segmentation, Path2D>();

/** Null for what has no outline: a pose, a label of the picture. */
export function pathOf({ segmentation, bbox }: AnnotationObject): Path2D | null {
  if (segmentation !== null) {
    let path = paths.get(segmentation);
    if (path === undefined) {
      path = segmentationPath(segmentation);
      paths.set(segmentation, path);
    }
    return path;
  }
  if (bbox === null) return null;
  const path = new Path2D();
  path.rect(...bbox);
  return path;
}

function segmentationPath(segmentation: Segmentation): Path2D {
  const path = new Path2D();
  if (segmentation.type === 'polygons') {
    for (const region of segmentation.regions)
      for (const ring of ringsOf(region)) addRing(path, ring);
    return path;
  }
  for (const { outer, holes } of outlinesFromRle(segmentation.rle)) {
    addRing(path, outer);
    for (const hole of holes) addRing(path, hole);
  }
  return path;
}

function addRing(path: Path2D, ring: readonly number[]): void {
  path.moveTo(ring[0], ring[1]);
  for (let at = 2; at + 1 < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
  path.closePath();
}
