// Regions combined as areas: straight sides stay straight, where `operations/combine.ts` would follow the edges of pixels.

import {
  Clipper64,
  ClipType,
  FillRule,
  type Path64,
  type Point64,
  type PolyPath64,
  PolyTree64,
} from 'clipper2-ts';
import { type Box, boxAround, boxIsWithin } from './box.ts';
import type { Size } from './point.ts';
import { type Region, ringsOf } from './region.ts';
import { type Ring, signedArea } from './ring.ts';

export type Combination = 'union' | 'intersection' | 'difference';

const clipTypes: Record<Combination, ClipType> = {
  union: ClipType.Union,
  intersection: ClipType.Intersection,
  difference: ClipType.Difference,
};

/** The library counts in whole numbers, which is why it never fails: hundredths of a pixel, to which we keep coordinates. */
const perPixel = 100;
/** Square pixels. Less is left over between sides that were to be the same, and holds the centre of no pixel that anybody meant. */
const leastArea = 0.5;

/**
 * What some shapes, each of one or more regions, are together: their union, their intersection, or the first without the others.
 * Corners come to lie on hundredths of a pixel.
 *
 * @param shapes whose rings do not cross themselves
 * @returns no region where nothing is left
 * @example
 * const square = [{ outer: [0, 0, 9, 0, 9, 9, 0, 9], holes: [] }];
 * const half = [{ outer: [0, 0, 9, 9, 0, 9], holes: [] }];
 * clipRegions('difference', [square, half]); // [{ outer: [9, 9, 0, 0, 9, 0], holes: [] }]
 */
export function clipRegions(how: Combination, shapes: readonly (readonly Region[])[]): Region[] {
  const [first = [], ...others] = shapes;
  return others.reduce<Region[]>(
    (combined, shape) => clipTwo(how, combined, shape),
    clipTwo('union', first, []),
  );
}

/**
 * What of some regions lies in the picture: cut along its border, where sides that lead out of it keep their direction. Points
 * inside stay as they are, and so does a region that lies inside.
 *
 * @param regions whose rings may cross themselves: inside is what COCO fills
 * @returns no region where nothing is left
 */
export function regionsInPicture(regions: readonly Region[], { width, height }: Size): Region[] {
  const picture: Box = [0, 0, width, height];
  const border = [{ outer: [0, 0, width, 0, width, height, 0, height], holes: [] }];
  return regions.flatMap((region) => {
    const box = boxAround(ringsOf(region).flat());
    if (box !== null && boxIsWithin(box, picture)) return [region];
    const clipper = new Clipper64();
    // Points that were set on a straight side were set by somebody.
    clipper.preserveCollinear = true;
    clipper.addSubject(pathsOf([region]));
    clipper.addClip(pathsOf(border));
    const tree = new PolyTree64();
    clipper.execute(ClipType.Intersection, FillRule.EvenOdd, tree);
    return regionsIn(tree);
  });
}

function clipTwo(how: Combination, subject: readonly Region[], clip: readonly Region[]): Region[] {
  const clipper = new Clipper64();
  clipper.preserveCollinear = false;
  clipper.addSubject(pathsOf(subject));
  if (clip.length > 0) clipper.addClip(pathsOf(clip));
  const tree = new PolyTree64();
  clipper.execute(clipTypes[how], FillRule.NonZero, tree);
  return regionsIn(tree);
}

/** Outer rings one way round, holes the other: where parts of a shape overlap, a hole of one is filled by the other. */
const pathsOf = (regions: readonly Region[]): Path64[] =>
  regions
    .flatMap((region) =>
      ringsOf(region).map((ring, nth) => {
        const path = withoutLevelSpikes(pathOf(ring));
        return signedArea(ring) > 0 === (nth === 0) ? path : path.reverse();
      }),
    )
    .filter(({ length }) => length > 2);

const pathOf = (ring: Ring): Path64 =>
  Array.from({ length: ring.length / 2 }, (_, index) => ({
    x: Math.round(perPixel * ring[2 * index]),
    y: Math.round(perPixel * ring[2 * index + 1]),
  }));

/**
 * The ring without ways along a level line there and back, which enclose nothing. The library never comes to an end over them: it
 * keeps the direction of the first of several level sides (countertype/clipper2-ts, pull request 36).
 */
function withoutLevelSpikes(path: Path64): Path64 {
  // No run of level sides goes on over the end if the first point does not lie level with the last.
  const start = path.findIndex(({ y }, index) => y !== path.at(index - 1)!.y);
  if (start < 0) return [];
  const kept: Path64 = [];
  for (const point of [...path.slice(start), ...path.slice(0, start)]) {
    while (turnsBack(kept.at(-2), kept.at(-1), point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** Whether the way from a over b to c lies on one level line and stops or turns at b. */
const turnsBack = (a: Point64 | undefined, b: Point64 | undefined, c: Point64): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.y === b.y &&
  b.y === c.y &&
  (b.x - a.x) * (c.x - b.x) <= 0;

/** Children of an outer ring are its holes, and those of a hole are regions again. */
function regionsIn(parent: PolyPath64): Region[] {
  return childrenOf(parent).flatMap((outer) => {
    const holes = childrenOf(outer);
    const region = {
      outer: ringOf(outer),
      holes: holes.map(ringOf).filter(isMeant),
    };
    return [...(isMeant(region.outer) ? [region] : []), ...holes.flatMap(regionsIn)];
  });
}

const childrenOf = (path: PolyPath64): PolyPath64[] =>
  Array.from({ length: path.count }, (_, index) => path.child(index));

/** The library knows a zero below zero, which compares as another one. */
const ringOf = (path: PolyPath64): Ring =>
  path.polygon!.flatMap(({ x, y }) => [x / perPixel + 0, y / perPixel + 0]);

const isMeant = (ring: Ring): boolean => Math.abs(signedArea(ring)) >= leastArea;
