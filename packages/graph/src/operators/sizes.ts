// Shapes as values of the graph, for gradient rules. Where a shape is known before the graph runs, constant folding turns
// what is built here into constants.

import { unknownDim } from '../ir/dim.ts';
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
