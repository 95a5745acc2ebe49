// Boxes as four values of one shape, and how they overlap: the same formulas for pairs (broadcast) and for rows.

import type { Builder, Built } from '@migaki/graph';

/** Pixels of the input; `right` and `bottom` are where the box ends. */
export interface Corners {
  readonly left: Built;
  readonly top: Built;
  readonly right: Built;
  readonly bottom: Built;
}

/** Square pixels: little beside any box, and enough to divide by. */
const epsilon = 1e-6;

const areaOf = (g: Builder, { left, top, right, bottom }: Corners): Built =>
  g.mul(g.sub(right, left), g.sub(bottom, top));

function overlapOf(g: Builder, a: Corners, b: Corners): { intersection: Built; union: Built } {
  const length = (from: Built, to: Built) => g.relu(g.sub(to, from));
  const intersection = g.mul(
    length(g.max([a.left, b.left]), g.min([a.right, b.right])),
    length(g.max([a.top, b.top]), g.min([a.bottom, b.bottom])),
  );
  const union = g.sub(g.add(areaOf(g, a), areaOf(g, b)), intersection);
  return { intersection, union: g.add(union, epsilon) };
}

/** Intersection over union. */
export function iouOf(g: Builder, a: Corners, b: Corners): Built {
  const { intersection, union } = overlapOf(g, a, b);
  return g.div(intersection, union);
}

/** Generalised IoU (Rezatofighi et al. 2019): below 0 for boxes apart, the farther the lower, down to −1. */
export function giouOf(g: Builder, a: Corners, b: Corners): Built {
  const { intersection, union } = overlapOf(g, a, b);
  const hull = areaOf(g, {
    left: g.min([a.left, b.left]),
    top: g.min([a.top, b.top]),
    right: g.max([a.right, b.right]),
    bottom: g.max([a.bottom, b.bottom]),
  });
  const enclosing = g.add(hull, epsilon);
  return g.sub(g.div(intersection, union), g.div(g.sub(enclosing, union), enclosing));
}

/** The sides of boxes that lie along `axis` as left, top, right, bottom. */
export function cornersOf(g: Builder, boxes: Built, axis: number): Corners {
  const [left, top, right, bottom] = g.split(boxes, undefined, { axis, num_outputs: 4 });
  return { left, top, right, bottom };
}

/** The boxes that a head predicts: [N,1,A] each. */
export function predictedCorners(
  g: Builder,
  { distances, x, y }: { distances: Built; x: Built; y: Built },
): Corners {
  const { left, top, right, bottom } = cornersOf(g, distances, 1);
  return {
    left: g.sub(x, left),
    top: g.sub(y, top),
    right: g.add(x, right),
    bottom: g.add(y, bottom),
  };
}
