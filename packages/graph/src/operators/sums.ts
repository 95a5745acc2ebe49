// Sums over axes as gradient rules need them: in the order in which ONNX Runtime is fast, and back from broadcasting.

import { GraphError } from '../graph-error.ts';
import { isSameDim } from '../ir/dim.ts';
import type { Builder, Built, Known, KnownValue } from './operator.ts';

/**
 * The sum over axes, which stay with size 1. Axes at the end are contiguous in memory and go first, the others after
 * them on what is left: one ReduceSum over `[0, 2, 3]` of a feature map takes several times as long.
 */
export function sumOver(g: Builder, x: Built, axes: readonly number[], rank: number): Built {
  const sorted = [...axes].sort((a, b) => a - b);
  let trailing = sorted.length;
  for (let axis = rank - 1; trailing > 0 && sorted[trailing - 1] === axis; axis--) trailing--;
  const steps = [sorted.slice(trailing), sorted.slice(0, trailing)];
  return steps.reduce((sum, step) => (step.length > 0 ? g.reduceSum(sum, step) : sum), x);
}

/** Sums a gradient of the broadcast shape `from` back to an operand that was broadcast to it. */
export function sumTo(g: Builder, gradient: Built, from: Known, to: KnownValue): Built {
  const lead = from.shape.length - to.shape.length;
  const axes = from.shape.flatMap((dim, axis) => {
    if (axis < lead) return [axis];
    const own = to.shape[axis - lead];
    if (isSameDim(own, dim)) return [];
    if (own === 1) return [axis];
    // A name beside a number is that number: only 1 is ever stretched.
    if (typeof own === 'number' || (typeof dim === 'number' && dim === 1)) return [];
    throw new GraphError('bad-node', {
      where: `the gradient of %${to.name}`,
      expected: 'shapes that tell which axes were broadcast',
      found: `[${to.shape}] in [${from.shape}]`,
      advice: 'Give the inputs of the graph fixed sizes with bindDims.',
    });
  });
  if (axes.length === 0) return gradient;
  const sum = sumOver(g, gradient, axes, from.shape.length);
  return lead === 0
    ? sum
    : g.squeeze(
        sum,
        Array.from({ length: lead }, (_, axis) => axis),
      );
}
