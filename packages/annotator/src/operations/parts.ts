// Objects of several parts, and parts with holes.

import { type ObjectFields, reshape, type Segmentation } from '../document/annotation-object.ts';
import type { Size } from '../geometry/point.ts';
import { type Region, regionContains, ringsOf } from '../geometry/region.ts';
import { isOnRing, pointOf, type Ring, ringContains } from '../geometry/ring.ts';
import { combine, combineMasks, segmentationOf } from './combine.ts';
import type { Reshaped } from './transform.ts';

/**
 * Other parts of the same object; they take the place of a mere box. Where it overlaps an earlier part pixels count once in
 * the mask, as COCO's union has it.
 */
export function addParts(object: ObjectFields, added: readonly Region[], picture: Size): Reshaped {
  const part: Segmentation = { type: 'polygons', regions: added };
  const { segmentation } = object;
  if (segmentation === null) return reshape(object, { segmentation: part });
  if (segmentation.type === 'polygons') {
    const regions = [...segmentation.regions, ...added];
    return reshape(object, { segmentation: { type: 'polygons', regions } });
  }
  return reshape(object, { segmentation: combineMasks('union', [segmentation, part], picture) });
}

/**
 * Cuts holes. One that lies within a polygon is kept as drawn; one that reaches an edge takes away what it covers.
 *
 * @returns null where nothing would be left, or there is nothing to cut
 */
export function cutHoles(
  object: ObjectFields,
  cut: readonly Region[],
  picture: Size,
): Reshaped | null {
  const segmentation = segmentationOf(object, picture);
  if (segmentation === null) return null;
  const ring = cut.length === 1 && cut[0].holes.length === 0 ? cut[0].outer : null;
  if (segmentation.type === 'polygons' && ring !== null) {
    const at = segmentation.regions.findIndex((region) => isWithin(ring, region));
    const others = segmentation.regions.filter((_, index) => index !== at);
    // Where parts overlap, a hole in one would be filled by the other.
    const isCovered = others.some((region) => touchesRing(region, ring));
    if (at >= 0 && !isCovered) {
      const regions = segmentation.regions.map((region, index) =>
        index === at ? { ...region, holes: [...region.holes, ring] } : region,
      );
      return reshape(object, { segmentation: { type: 'polygons', regions } });
    }
  }
  const hole: Segmentation = { type: 'polygons', regions: cut };
  const rest = combine('difference', [segmentation, hole], picture);
  return rest === null ? null : reshape(object, { segmentation: rest });
}

const pointsOf = (ring: Ring) =>
  Array.from({ length: ring.length / 2 }, (_, index) => pointOf(ring, index));

/** Inside the outer ring and outside of every hole, around none, and without touching any. */
const isWithin = (ring: Ring, region: Region): boolean =>
  pointsOf(ring).every((point) => regionContains(region, point)) &&
  ringsOf(region).every((other) => areApart(ring, other) && areApart(other, ring)) &&
  ringsOf(region).every((other) => pointsOf(other).every((point) => !ringContains(ring, point)));

const areApart = (ring: Ring, other: Ring): boolean =>
  !pointsOf(ring).some((point) => isOnRing(other, point));

const touchesRing = (region: Region, ring: Ring): boolean =>
  pointsOf(ring).some((point) => regionContains(region, point)) ||
  pointsOf(region.outer).some((point) => ringContains(ring, point));
