// From masks to the polygons that annotations hold. COCO's polygons have no holes: several in one
// annotation mean their union. So a hole is filled, kept apart for who can use it, or cut open.
//
// A bridge is two sides of a ring on the same line, there and back. A rasteriser that counts crossings, as
// COCO's does, meets both at the same places, and they cancel: the ring with the bridge gives the same
// pixels as outer ring and hole together. As the hole runs against the outer ring, a rasteriser that
// counts turns agrees. Checked bit by bit against pycocotools 2.0.11.

import type { Polygon } from '../types.ts';
import { type Outline, outlinesFromRle } from './outline.ts';
import type { Rle } from './rle.ts';
import { simplifiedPoints, simplifyPolygon } from './simplify.ts';
import { type Ring, traceRings } from './trace-rings.ts';

export interface PolygonOptions {
  /** How far a left out point may lie from the new outline; see `simplifyPolygon`. Default: all points stay. */
  tolerancePixels?: number;
  /**
   * `bridge`: one ring per region, cut open to its holes; without tolerance it has every pixel of the mask.
   * `fill`: outer rings only. `keep`: outlines with their holes, for formats that can hold them.
   */
  holes: 'keep' | 'bridge' | 'fill';
}

/**
 * The regions of a mask as polygons, in the order of `outlinesFromRle`.
 *
 * @throws CocoError `bad-rle` when the runs do not add up to the picture, `bad-polygon` for a tolerance
 * below 0.
 *
 * @example
 * annotation.segmentation = polygonsFromRle(rle, { tolerancePixels: 1, holes: 'bridge' });
 */
export function polygonsFromRle(rle: Rle, options: PolygonOptions & { holes: 'keep' }): Outline[];
export function polygonsFromRle(
  rle: Rle,
  options: PolygonOptions & { holes: 'bridge' | 'fill' },
): Polygon[];
export function polygonsFromRle(
  rle: Rle,
  { tolerancePixels = 0, holes }: PolygonOptions,
): Outline[] | Polygon[] {
  if (holes === 'bridge') return bridgedPolygons(rle, tolerancePixels);
  const outlines = outlinesFromRle(rle);
  if (holes === 'fill') return outlines.map(({ outer }) => simplifyPolygon(outer, tolerancePixels));
  return outlines.map((outline) => ({
    outer: simplifyPolygon(outline.outer, tolerancePixels),
    holes: outline.holes.map((hole) => simplifyPolygon(hole, tolerancePixels)),
  }));
}

function bridgedPolygons(rle: Rle, tolerancePixels: number): Polygon[] {
  const rings = traceRings(rle, true);
  const polygons: Polygon[] = [];
  for (let ring = 0; ring < rings.length; ring++) {
    if (rings[ring].outer === ring) polygons.push(bridgedPolygon(rings, ring, tolerancePixels));
  }
  return polygons;
}

/** A walk around one outline: at each bridge across to the hole, around it, and back. */
function bridgedPolygon(rings: readonly Ring[], outer: number, tolerancePixels: number): Polygon {
  const polygon: Polygon = [];
  const walks = [startWalk(rings[outer], tolerancePixels, [])];
  for (let walk = walks.at(-1); walk !== undefined; walk = walks.at(-1)) {
    const { points, bridges } = walk.ring;
    if (walk.next === walk.kept.length) {
      walks.pop();
      const parent = walks.at(-1);
      if (parent === undefined) break;
      // Close the hole and return over the bridge.
      const bridgePoint = parent.kept[parent.next - 1];
      polygon.push(points[0], points[1]);
      polygon.push(parent.ring.points[2 * bridgePoint], parent.ring.points[2 * bridgePoint + 1]);
      continue;
    }
    const point = walk.kept[walk.next++];
    polygon.push(points[2 * point], points[2 * point + 1]);
    if (bridges[walk.nextBridge]?.point === point) {
      const { hole } = bridges[walk.nextBridge++];
      walks.push(startWalk(rings[hole], tolerancePixels, [0]));
    }
  }
  return polygon;
}

/** `pinned` and the ends of bridges stay, whatever the tolerance. A bridge to a hole ends at its point 0. */
function startWalk(ring: Ring, tolerancePixels: number, pinned: readonly number[]) {
  const bridgePoints = ring.bridges.map(({ point }) => point);
  const kept = simplifiedPoints(ring.points, tolerancePixels, [...pinned, ...bridgePoints]);
  return { ring, kept, next: 0, nextBridge: 0 };
}
