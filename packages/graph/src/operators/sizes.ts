// Shapes as values of the graph, for gradient rules. Where a shape is known before the graph runs, constant folding turns
// what is built here into constants.

import { unknownDim } from '../ir/dim.ts';
import { sizeOf } from '../ir/tensor.ts';
import { type Builder, type Built, type KnownValue, knownShape } from './operator.ts';

/** Zeros in the shape and type of `x`. */
export const zerosLike = (g: Builder, x: Built): Built => g.expand(g.scalar(0, x.type), g.shape(x));

/** The shape of `x` as an int64 tensor, with `size` at one axis. */
export function shapeWith(g: Builder, x: KnownValue | Built, axis: number, size: number): Built {
  const rank = x.shape?.length ?? 0;
  const pieces: Built[] = [];
  if (axis > 0) pieces.push(g.shape(x, { end: axis }));
  pieces.push(g.int64([size]));
  if (axis < rank - 1) pieces.push(g.shape(x, { start: axis + 1 }));
  return pieces.length === 1 ? pieces[0] : g.concat(pieces, { axis: 0 });
}

/** The size of one axis, which must be a number. */
export const knownSize = (x: KnownValue, axis: number, where: string): number =>
  knownShape({ type: x.type, shape: [x.shape[axis] ?? unknownDim] }, where)[0];

/** `sum` divided by how many elements of `x` lie along some axes; they are counted by the graph where a name stands. */
export function dividedByCount(
  g: Builder,
  sum: Built,
  x: KnownValue,
  axes: readonly number[],
): Built {
  const sizes = axes.map((axis) => x.shape[axis]);
  if (sizes.every((size) => typeof size === 'number')) return g.mul(sum, 1 / sizeOf(sizes));
  const counts = g.gather(g.shape(x), g.int64(axes));
  return g.div(sum, g.cast(g.reduceProd(counts, undefined, { keepdims: 0 }), { to: x.type }));
}

/**
 * `x` with zeros added before and after some axes; negative numbers cut. All axes are written out: the transpose optimiser
 * of ONNX Runtime 1.30 reorders the pads of a Pad behind a Transpose as if there were one for each axis, and fails at run
 * time where a list of axes says otherwise.
 */
export function padAxes(
  g: Builder,
  x: Built,
  axes: readonly number[],
  before: readonly number[],
  after: readonly number[],
): Built {
  const rank = x.shape?.length ?? 0;
  const pads = new Array<number>(2 * rank).fill(0);
  axes.forEach((axis, i) => {
    pads[axis] = before[i];
    pads[axis + rank] = after[i];
  });
  return pads.every((pad) => pad === 0) ? x : g.pad(x, pads);
}
