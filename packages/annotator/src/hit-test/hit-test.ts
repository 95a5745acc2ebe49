// What lies under the pointer. Smaller objects lie over larger ones, so that each can be reached.

import { type AnnotationObject, keypointsBox } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import { type Box, boxContains, distanceToFrame } from '../geometry/box.ts';
import { distance, type ImagePoint } from '../geometry/point.ts';
import { regionContains, ringsOf } from '../geometry/region.ts';
import { nearestSide, pointOf } from '../geometry/ring.ts';
import { rleContains } from '../mask/mask-of.ts';
import { idsNear, type SpatialIndex } from './spatial-index.ts';

/** Whether a point is on an object, or no more than `tolerancePixels` of the picture away from its outline. */
export function touches(
  object: AnnotationObject,
  point: ImagePoint,
  tolerancePixels: number,
): boolean {
  const { segmentation, bbox, keypoints } = object;
  if (nearestKeypoint(object, point, tolerancePixels) !== null) return true;
  if (segmentation?.type === 'mask') return rleContains(segmentation.rle, point);
  if (segmentation?.type === 'polygons') {
    return segmentation.regions.some(
      (region) =>
        regionContains(region, point) ||
        ringsOf(region).some((ring) => {
          const near = nearestSide(ring, point);
          return near !== null && near.distance <= tolerancePixels;
        }),
    );
  }
  const box = bbox ?? keypointsBox(keypoints);
  return (
    box !== null && (boxContains(box, point) || distanceToFrame(box, point) <= tolerancePixels)
  );
}

/** Objects at a point, the topmost first. */
export function objectsAt(
  { objects }: Document,
  index: SpatialIndex,
  point: ImagePoint,
  tolerancePixels: number,
): AnnotationObject[] {
  const side = 2 * tolerancePixels;
  const around: Box = [point.x - tolerancePixels, point.y - tolerancePixels, side, side];
  return idsNear(index, around)
    .flatMap((id) => objects.get(id) ?? [])
    .filter((object) => touches(object, point, tolerancePixels))
    .sort((a, b) => (a.area ?? 0) - (b.area ?? 0));
}

/** In the order in which to draw: the larger first. */
export const paintOrder = (objects: Iterable<AnnotationObject>): AnnotationObject[] =>
  [...objects].sort((a, b) => (b.area ?? 0) - (a.area ?? 0));

/** Index of the labelled keypoint nearest to a point; null where none is near enough. */
export function nearestKeypoint(
  { keypoints }: Pick<AnnotationObject, 'keypoints'>,
  point: ImagePoint,
  tolerancePixels: number,
): number | null {
  let best: number | null = null;
  let bestDistance = tolerancePixels;
  for (let i = 0; keypoints !== null && 3 * i + 2 < keypoints.length; i++) {
    if (keypoints[3 * i + 2] === 0) continue;
    const away = Math.hypot(keypoints[3 * i] - point.x, keypoints[3 * i + 1] - point.y);
    if (away > bestDistance) continue;
    bestDistance = away;
    best = i;
  }
  return best;
}

/** A place on the outline of a polygon: ring 0 of a region is its outer one, the holes follow. */
export interface RingPlace {
  readonly region: number;
  readonly ring: number;
  /** Index of the point, or of the side's first point. */
  readonly point: number;
}

/** The point of an object's polygons nearest to the pointer; null where none is near enough. */
export function nearestVertex(
  { segmentation }: Pick<AnnotationObject, 'segmentation'>,
  pointer: ImagePoint,
  tolerancePixels: number,
): RingPlace | null {
  if (segmentation?.type !== 'polygons') return null;
  let best: RingPlace | null = null;
  let bestDistance = tolerancePixels;
  segmentation.regions.forEach((each, region) => {
    ringsOf(each).forEach((points, ring) => {
      for (let point = 0; point < points.length / 2; point++) {
        const away = distance(pointOf(points, point), pointer);
        if (away > bestDistance) continue;
        bestDistance = away;
        best = { region, ring, point };
      }
    });
  });
  return best;
}

/** The side of an object's polygons nearest to the pointer, and the place on it; null where none is near enough. */
export function nearestEdge(
  { segmentation }: Pick<AnnotationObject, 'segmentation'>,
  pointer: ImagePoint,
  tolerancePixels: number,
): (RingPlace & { readonly at: ImagePoint }) | null {
  if (segmentation?.type !== 'polygons') return null;
  let best: (RingPlace & { readonly at: ImagePoint }) | null = null;
  let bestDistance = tolerancePixels;
  segmentation.regions.forEach((each, region) => {
    ringsOf(each).forEach((points, ring) => {
      const near = nearestSide(points, pointer);
      if (near === null || near.distance > bestDistance) return;
      bestDistance = near.distance;
      best = { region, ring, point: near.side, at: near.point };
    });
  });
  return best;
}
