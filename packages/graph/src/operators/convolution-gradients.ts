// Gradients of convolutions, in the forms that ONNX Runtime's CPU kernels are fast at:
// of the input, a convolution with the turned kernel (stride 1) or a transposed convolution; of the weights, one matrix
// product per tap between the output's gradient and a shifted cut of the input; depthwise ones element by element.

import { sizeOf, tensorOf } from '../ir/tensor.ts';
import { type Convolution, inputPatches, type TapPair, tapPairs } from './convolution-cuts.ts';
import { generate } from './nd-array.ts';
import { type Builder, type Built, type KnownValue, knownShape } from './operator.ts';
import { sumOver } from './sums.ts';
import { spanOf, transposedPadding, windowLists } from './window.ts';

/** Products with fewer columns than this leave the kernels half empty: inputs of few channels take several taps at once. */
const minColumns = 24;

/** The gradient of a convolution's input. */
export function dataGradient(g: Builder, { x, w, dy, axes, group, where }: Convolution): Built {
  const size = knownShape({ type: x.type, shape: x.shape.slice(2) }, where);
  const count = knownShape({ type: x.type, shape: dy.shape.slice(2) }, where);
  const isDense = axes.every((axis) => axis.stride === 1 && axis.before < spanOf(axis));
  if (isDense) {
    const turned = axes.map((axis, i) => ({
      ...axis,
      before: spanOf(axis) - 1 - axis.before,
      after: size[i] - count[i] + axis.before,
    }));
    return g.conv(dy, turnedKernel(g, w, group, where), { group, ...windowLists(turned) });
  }
  const padding = axes.map((axis, i) => transposedPadding(size[i], count[i], axis));
  const cut = axes.map((axis, i) => ({ ...axis, after: padding[i].after }));
  const output_padding = padding.map(({ outputPadding }) => outputPadding);
  return g.convTranspose(dy, w, { group, ...windowLists(cut), output_padding });
}

/** The gradient of a transposed convolution's input: the convolution that it transposes. */
export const transposedDataGradient = (g: Builder, { w, dy, axes, group }: Convolution): Built =>
  g.conv(dy, w, { group, ...windowLists(axes) });

/** The gradient of a bias: the sum over all but the channels. */
export function sumOfChannels(g: Builder, dy: KnownValue): Built {
  const rank = dy.shape.length;
  const others = [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2)];
  return g.reshape(sumOver(g, dy, others, rank), [-1]);
}

/** Weights with inputs and outputs swapped within each group and every tap turned to the opposite side. */
function turnedKernel(g: Builder, w: KnownValue, group: number, where: string): Built {
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const taps = sizeOf(kernel);
  const turned = taps === 1 ? w : g.reshape(reversedTaps(), [outputs, perGroup, ...kernel]);
  if (perGroup === 1 && outputs === group) return turned;
  const last = kernel.map((_, i) => i + 2);
  if (group === 1) return g.transpose(turned, { perm: [1, 0, ...last] });
  const grouped = g.reshape(turned, [group, outputs / group, perGroup, ...kernel]);
  const swapped = g.transpose(grouped, { perm: [0, 2, 1, ...last.map((axis) => axis + 1)] });
  return g.reshape(swapped, [group * perGroup, outputs / group, ...kernel]);

  /** All taps in reverse: a product with the mirrored identity, eight times as fast as a Slice with a step of -1. */
  function reversedTaps(): Built {
    const mirror = generate('float32', [taps, taps], ([i, j]) => (i + j === taps - 1 ? 1 : 0));
    const mirrored = g.constant(tensorOf(w.type, mirror.shape, mirror.data));
    return g.matMul(g.reshape(w, [outputs, perGroup, taps]), mirrored);
  }
}

/**
 * The gradient of a convolution's weights. Channels come first, so that one product per tap sums over batch and positions
 * at once; what the taps saw is built and dropped tap by tap, so memory stays at a few times the input.
 */
export function weightGradient(g: Builder, convolution: Convolution): Built {
  const { x, w, dy, group, where } = convolution;
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const shape = [outputs, perGroup, ...kernel];
  if (perGroup === 1) return g.reshape(depthwiseGradient(g, convolution), shape);

  const channelsFirst = x.shape.map((_, axis) => (axis < 2 ? 1 - axis : axis));
  const turned = (value: Built) => g.transpose(value, { perm: channelsFirst });
  const product = (gradient: Built, seen: Built, columns: number) => {
    const rows = g.reshape(gradient, [group, outputs / group, -1]);
    const side = g.reshape(seen, [group, columns, -1]);
    return g.matMul(rows, g.transpose(side, { perm: [0, 2, 1] }));
  };
  const patches = inputPatches(g, convolution, turned(x));
  if (patches !== undefined) {
    return g.reshape(product(turned(dy), patches, perGroup * sizeOf(kernel)), shape);
  }
  const pairs = tapPairs(g, convolution, turned(x), turned(dy));
  const products: Built[] = [];
  for (const some of groupsOf(pairs, Math.ceil(minColumns / perGroup))) {
    const seen = some.map((pair) => g.reshape(pair.seen(), [group, perGroup, -1]));
    const side = seen.length === 1 ? seen[0] : g.concat(seen, { axis: 1 });
    const sums = product(some[0].dy, side, some.length * perGroup);
    products.push(g.reshape(sums, [outputs, some.length, perGroup]));
  }
  const gradient = products.length === 1 ? products[0] : g.concat(products, { axis: 1 });
  if (pairs.length === 1) return g.reshape(gradient, shape);
  return g.reshape(g.transpose(gradient, { perm: [0, 2, 1] }), shape);
}

/** Pairs that follow each other and share their side of the output, up to `most` at a time. */
function groupsOf(pairs: readonly TapPair[], most: number): TapPair[][] {
  const groups: TapPair[][] = [];
  for (const pair of pairs) {
    const open = groups.at(-1);
    if (open !== undefined && open.length < most && open[0].dy.name === pair.dy.name)
      open.push(pair);
    else groups.push([pair]);
  }
  return groups;
}

/** Every channel by itself: products element by element, summed over positions and then over the batch. */
function depthwiseGradient(g: Builder, convolution: Convolution): Built {
  const { x, w, dy, group, where } = convolution;
  const [outputs] = knownShape(w, where);
  const sums = tapPairs(g, convolution, x, dy).map((pair) => {
    const rows = g.reshape(pair.dy, [0, group, outputs / group, -1]);
    const product = g.mul(rows, g.reshape(pair.seen(), [0, group, 1, -1]));
    return g.reshape(sumOver(g, product, [0, 3], 4), [outputs, 1]);
  });
  return sums.length === 1 ? sums[0] : g.concat(sums, { axis: 1 });
}
