// Regions with holes, and how COCO's polygons, which have none, carry them: as one ring that is cut open by a bridge to
// every hole, a side there and the same side back. A rasteriser that counts crossings meets both at the same places, so
// ring and hole keep their pixels (`packages/coco/src/mask/polygons.ts` does the same for masks).

import { rleArea, rleFromPolygon } from '@migaki/coco';
import { type Box, boxAround, unionBox } from './box.ts';
import type { ImagePoint } from './point.ts';
import {
  areSameRing,
  crossesItself,
  isOnRing,
  type Ring,
  ringContains,
  signedArea,
} from './ring.ts';

/** One part of an object: what `outer` encloses without what the holes do. */
export interface Region {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

export const ringsOf = ({ outer, holes }: Region): readonly Ring[] => [outer, ...holes];

/**
 * Square pixels inside a ring: by the shoelace formula, as COCO's own files state them. Where the ring crosses itself the
 * formula takes parts away from each other, and the pixels that COCO fills are counted.
 */
function ringArea(ring: Ring): number {
  if (!crossesItself(ring)) return Math.abs(signedArea(ring));
  const [x, y, width, height] = boxAround(ring)!;
  const local = ring.map((value, i) => value - Math.floor(i % 2 === 0 ? x : y));
  return rleArea(rleFromPolygon(local, Math.ceil(height) + 1, Math.ceil(width) + 1));
}

/** Whether the ring encloses anything. */
export const isRing = (ring: Ring): boolean => ring.length >= 6 && ringArea(ring) > 0;

export function regionsArea(regions: readonly Region[]): number {
  const areaOf = ({ outer, holes }: Region) =>
    holes.reduce((area, hole) => area - ringArea(hole), ringArea(outer));
  return Math.max(
    0,
    regions.reduce((sum, region) => sum + areaOf(region), 0),
  );
}

export function regionsBox(regions: readonly Region[]): Box | null {
  return regions.reduce<Box | null>((box, { outer }) => {
    const own = boxAround(outer);
    return box === null || own === null ? (own ?? box) : unionBox(box, own);
  }, null);
}

export const regionContains = ({ outer, holes }: Region, point: ImagePoint): boolean =>
  ringContains(outer, point) && !holes.some((hole) => ringContains(hole, point));

/** Every point through one function, as moving, turning and scaling do it. */
export function mapRegions(
  regions: readonly Region[],
  map: (point: ImagePoint) => ImagePoint,
): Region[] {
  const mapRing = (ring: Ring): number[] => {
    const mapped: number[] = [];
    for (let i = 0; i < ring.length; i += 2) {
      const { x, y } = map({ x: ring[i], y: ring[i + 1] });
      mapped.push(x, y);
    }
    return mapped;
  };
  return regions.map(({ outer, holes }) => ({ outer: mapRing(outer), holes: holes.map(mapRing) }));
}

/**
 * One ring with the pixels of the region: cut open to each hole between the two points that are nearest to each other.
 *
 * @example
 * bridgedRing({ outer: [0, 0, 9, 0, 9, 9, 0, 9], holes: [[3, 3, 3, 6, 6, 6, 6, 3]] });
 * // [0, 0, 3, 3, 3, 6, 6, 6, 6, 3, 3, 3, 0, 0, 9, 0, 9, 9, 0, 9]
 */
export function bridgedRing({ outer, holes }: Region): number[] {
  let ring = [...outer];
  for (const hole of holes) {
    const [at, from] = nearestPoints(ring, hole);
    const around = [...hole.slice(2 * from), ...hole.slice(0, 2 * from)];
    const way = [...around, around[0], around[1], ring[2 * at], ring[2 * at + 1]];
    ring = [...ring.slice(0, 2 * at + 2), ...way, ...ring.slice(2 * at + 2)];
  }
  return ring;
}

function nearestPoints(a: Ring, b: Ring): [inA: number, inB: number] {
  let best: [number, number] = [0, 0];
  let bestSquared = Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < b.length; j += 2) {
      const squared = (a[i] - b[j]) ** 2 + (a[i + 1] - b[j + 1]) ** 2;
      if (squared >= bestSquared) continue;
      bestSquared = squared;
      best = [i / 2, j / 2];
    }
  }
  return best;
}

/** COCO's polygons with every bridge taken apart again. What encloses nothing is left out. */
export const regionsFromPolygons = (polygons: readonly Ring[]): Region[] =>
  polygons.flatMap(regionsFromPolygon);

function regionsFromPolygon(polygon: Ring): Region[] {
  const ring = polygon.length % 2 === 0 ? polygon : polygon.slice(0, -1);
  if (ring.length < 6) return [];
  const whole: Region = { outer: ring, holes: [] };
  // Most rings have no bridge, and pass here without any text being made.
  if (!repeatsAPoint(ring)) return [whole];
  const loops = loopsOf(ring).filter(isRing);
  if (loops.length < 2) return [whole];
  const [outer, ...others] = loops.toSorted(
    (a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)),
  );
  const holes = others.filter((loop) => isWithin(loop, outer));
  const apart = others.filter((loop) => isApart(loop, outer));
  // A loop half inside is no hole: such a ring stays what it is.
  if (holes.length + apart.length < others.length) return [whole];
  return [{ outer, holes }, ...apart.map((loop) => ({ outer: loop, holes: [] }))];
}

/** Whether two shapes are one, wherever their rings begin and whichever hole is told first: a way through a file changes both. */
export const areSameRegions = (a: readonly Region[], b: readonly Region[]): boolean =>
  a.length === b.length &&
  a.every(({ outer, holes }, i) => {
    const other = b[i];
    return (
      areSameRing(outer, other.outer) &&
      holes.length === other.holes.length &&
      holes.every((hole) => other.holes.some((its) => areSameRing(hole, its)))
    );
  });

function repeatsAPoint(ring: Ring): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < ring.length; i += 2) seen.add(ring[i] * 1_048_583 + ring[i + 1]);
  return seen.size < ring.length / 2;
}

/** The loops that remain when sides which the ring runs there and back are taken out. */
function loopsOf(ring: Ring): Ring[] {
  const count = ring.length / 2;
  const text = (i: number) => `${ring[2 * (i % count)]},${ring[2 * (i % count) + 1]}`;
  const sides = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    // Point i + 1 is where the ring came from when it now runs back along the side from `there` to i.
    const there = sides.get(`${text(i + 1)} ${text(i)}`);
    if (there !== undefined && there + 1 < i) {
      const inner = ring.slice(2 * (there + 1), 2 * i);
      const rest = [...ring.slice(0, 2 * (there + 1)), ...ring.slice(2 * (i + 2))];
      return [...loopsOf(inner), ...loopsOf(rest)];
    }
    sides.set(`${text(i)} ${text(i + 1)}`, i);
  }
  return [ring];
}

/** A hole may touch the outline, but not with all of its points: what lies in a notch does that, too. */
const isWithin = (inner: Ring, outer: Ring): boolean =>
  everyPoint(inner, (point) => ringContains(outer, point) || isOnRing(outer, point)) &&
  !everyPoint(inner, (point) => isOnRing(outer, point)) &&
  everyPoint(outer, (point) => !ringContains(inner, point) || isOnRing(inner, point));

const isApart = (a: Ring, b: Ring): boolean =>
  everyPoint(a, (point) => !ringContains(b, point)) &&
  everyPoint(b, (point) => !ringContains(a, point));

function everyPoint(ring: Ring, holds: (point: ImagePoint) => boolean): boolean {
  for (let i = 0; i < ring.length; i += 2) {
    if (!holds({ x: ring[i], y: ring[i + 1] })) return false;
  }
  return true;
}
