// Gradients of convolutions, in the forms that ONNX Runtime's CPU kernels are fast at:
// of the input, a convolution with the turned kernel (stride 1) or a transposed convolution; of the weights, one matrix
// product per tap between the output's gradient and a shifted cut of the input; depthwise ones element by element.

import { forEachIndex } from './nd-array.ts';
import { type Builder, type Built, type KnownValue, knownShape } from './operator.ts';
import { knownSize, padAxes } from './sizes.ts';
import { sumOver } from './sums.ts';
import { spanOf, transposedPadding, type WindowAxis, windowLists } from './window.ts';

interface Convolution {
  /** Input, weights `[outputs, inputs / group, …kernel]` and the gradient of the output. */
  x: KnownValue;
  w: KnownValue;
  dy: KnownValue;
  axes: readonly WindowAxis[];
  group: number;
  where: string;
}

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
    return g.conv(dy, turnedKernel(g, w, axes, group, where), { group, ...windowLists(turned) });
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
function turnedKernel(
  g: Builder,
  w: KnownValue,
  axes: readonly WindowAxis[],
  group: number,
  where: string,
): Built {
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const spatial = axes.flatMap(({ kernel }, i) => (kernel > 1 ? [i + 2] : []));
  const back = spatial.map(() => -1);
  const turned =
    spatial.length === 0
      ? w
      : g.slice(
          w,
          back,
          spatial.map((axis) => -knownSize(w, axis, where) - 1),
          spatial,
          back,
        );
  if (perGroup === 1 && outputs === group) return turned;
  const last = kernel.map((_, i) => i + 2);
  if (group === 1) return g.transpose(turned, { perm: [1, 0, ...last] });
  const grouped = g.reshape(turned, [group, outputs / group, perGroup, ...kernel]);
  const swapped = g.transpose(grouped, { perm: [0, 2, 1, ...last.map((axis) => axis + 1)] });
  return g.reshape(swapped, [group * perGroup, outputs / group, ...kernel]);
}

/**
 * The gradient of a convolution's weights. Channels come first, so that one product per tap sums over batch and positions
 * at once; taps are cut, used and dropped one by one, so memory stays at about twice the input.
 */
export function weightGradient(g: Builder, convolution: Convolution): Built {
  const { x, w, dy, group, where } = convolution;
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  if (perGroup === 1) return depthwiseGradient(g, convolution);

  const channelsFirst = x.shape.map((_, axis) => (axis < 2 ? 1 - axis : axis));
  const turned = (value: Built) => g.transpose(value, { perm: channelsFirst });
  const rows = g.reshape(turned(dy), [group, outputs / group, -1]);
  const cuts = inputCuts(g, convolution, turned(x));
  const perProduct = Math.ceil(minColumns / perGroup);
  const products: Built[] = [];
  for (let first = 0; first < cuts.length; first += perProduct) {
    const some = cuts
      .slice(first, first + perProduct)
      .map((cut) => g.reshape(cut(), [group, perGroup, -1]));
    const side = some.length === 1 ? some[0] : g.concat(some, { axis: 1 });
    const product = g.matMul(rows, g.transpose(side, { perm: [0, 2, 1] }));
    products.push(g.reshape(product, [outputs, some.length, perGroup]));
  }
  const gradient = products.length === 1 ? products[0] : g.concat(products, { axis: 1 });
  const shape = [outputs, perGroup, ...kernel];
  if (cuts.length === 1) return g.reshape(gradient, shape);
  return g.reshape(g.transpose(gradient, { perm: [0, 2, 1] }), shape);
}

/** Every channel by itself: products element by element, summed over positions and then over the batch. */
function depthwiseGradient(g: Builder, convolution: Convolution): Built {
  const { x, w, dy, group, where } = convolution;
  const cuts = inputCuts(g, convolution, x);
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const rows = g.reshape(dy, [0, group, outputs / group, -1]);
  const sums = cuts.map((cut) => {
    const product = g.mul(rows, g.reshape(cut(), [0, group, 1, -1]));
    return g.reshape(sumOver(g, product, [0, 3], 4), [outputs, 1]);
  });
  const gradient = sums.length === 1 ? sums[0] : g.concat(sums, { axis: 1 });
  return g.reshape(gradient, [outputs, perGroup, ...kernel]);
}

/**
 * For each tap, in order, what it saw: the padded input cut at the tap's offset, one element per output position.
 * `arranged` is the input with its first two axes in any order.
 */
function inputCuts(
  g: Builder,
  { x, dy, axes, where }: Convolution,
  arranged: Built,
): (() => Built)[] {
  const size = knownShape({ type: x.type, shape: x.shape.slice(2) }, where);
  const count = knownShape({ type: x.type, shape: dy.shape.slice(2) }, where);
  const spatial = axes.map((_, i) => i + 2);
  const before = axes.map((axis) => axis.before);
  // Just as far behind as the last window reaches; negative padding cuts what no window saw.
  const after = axes.map(
    (axis, i) => axis.stride * (count[i] - 1) + spanOf(axis) - axis.before - size[i],
  );
  const padded = padAxes(g, arranged, spatial, before, after);
  const cuts: (() => Built)[] = [];
  forEachIndex(
    axes.map((axis) => axis.kernel),
    (index) => {
      const starts = axes.map(({ dilation }, i) => index[i] * dilation);
      const ends = axes.map(({ stride }, i) => starts[i] + stride * (count[i] - 1) + 1);
      const strides = axes.map(({ stride }) => stride);
      const isWhole = axes.every(({ kernel, stride }) => kernel === 1 && stride === 1);
      cuts.push(() => (isWhole ? padded : g.slice(padded, starts, ends, spatial, strides)));
    },
  );
  return cuts;
}
