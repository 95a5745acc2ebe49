// Regions combined as areas: straight sides stay straight, where `operations/combine.ts` would follow the edges of pixels.

import {
  Clipper64,
  ClipType,
  FillRule,
  type Path64,
  type PolyPath64,
  PolyTree64,
} from 'clipper2-ts';
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
  regions.flatMap((region) =>
    ringsOf(region).map((ring, nth) => {
      const path = pathOf(ring);
      return signedArea(ring) > 0 === (nth === 0) ? path : path.reverse();
    }),
  );

const pathOf = (ring: Ring): Path64 =>
  Array.from({ length: ring.length / 2 }, (_, index) => ({
    x: Math.round(perPixel * ring[2 * index]),
    y: Math.round(perPixel * ring[2 * index + 1]),
  }));

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

const ringOf = (path: PolyPath64): Ring =>
  path.polygon!.flatMap(({ x, y }) => [x / perPixel, y / perPixel]);

const isMeant = (ring: Ring): boolean => Math.abs(signedArea(ring)) >= leastArea;
