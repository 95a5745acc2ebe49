// Where a point goes that is drawn near something: corners of neighbours first, then their edges, then the border of the
// picture. Shapes that share an edge then share its very points.

import type { AnnotationObject } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import { distance, type ImagePoint, pointInPicture } from '../geometry/point.ts';
import { ringsOf } from '../geometry/region.ts';
import { nearestSide, pointOf, type Ring } from '../geometry/ring.ts';
import { idsNear, type SpatialIndex } from './spatial-index.ts';

export interface Snapped {
  readonly point: ImagePoint;
  /** Null where the point stayed what it was. */
  readonly to: 'vertex' | 'edge' | 'border' | null;
}

/** @param isThere whether to snap to an object: not to the one that is being changed, nor to what is hidden */
export function snap(
  { objects, picture }: Document,
  index: SpatialIndex,
  pointer: ImagePoint,
  tolerancePixels: number,
  isThere: (id: ObjectId) => boolean = () => true,
): Snapped {
  const point = pointInPicture(pointer, picture);
  const side = 2 * tolerancePixels;
  const rings = idsNear(index, [point.x - tolerancePixels, point.y - tolerancePixels, side, side])
    .filter(isThere)
    .flatMap((id) => outlinesOf(objects.get(id)));
  const vertex = nearest(
    rings.flatMap((ring) => Array.from({ length: ring.length / 2 }, (_, i) => pointOf(ring, i))),
    point,
    tolerancePixels,
  );
  if (vertex !== null) return { point: pointInPicture(vertex, picture), to: 'vertex' };
  const edge = nearest(
    rings.flatMap((ring) => nearestSide(ring, point)?.point ?? []),
    point,
    tolerancePixels,
  );
  if (edge !== null) return { point: pointInPicture(edge, picture), to: 'edge' };
  const { width, height } = picture;
  const x = near(point.x, [0, width], tolerancePixels);
  const y = near(point.y, [0, height], tolerancePixels);
  return { point: { x, y }, to: x === point.x && y === point.y ? null : 'border' };
}

function outlinesOf(object: AnnotationObject | undefined): readonly Ring[] {
  if (object?.segmentation?.type === 'polygons')
    return object.segmentation.regions.flatMap(ringsOf);
  if (object?.segmentation || !object?.bbox) return [];
  const [x, y, width, height] = object.bbox;
  return [[x, y, x + width, y, x + width, y + height, x, y + height]];
}

function nearest(
  points: readonly ImagePoint[],
  to: ImagePoint,
  tolerancePixels: number,
): ImagePoint | null {
  let best: ImagePoint | null = null;
  let bestDistance = tolerancePixels;
  for (const point of points) {
    const away = distance(point, to);
    if (away > bestDistance) continue;
    bestDistance = away;
    best = point;
  }
  return best;
}

const near = (value: number, targets: readonly number[], tolerance: number): number =>
  targets.find((target) => Math.abs(target - value) <= tolerance) ?? value;
