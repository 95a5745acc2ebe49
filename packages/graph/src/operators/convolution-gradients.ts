// Gradients of convolutions, in the forms that ONNX Runtime's CPU kernels are fast at:
// of the input, a convolution with the turned kernel (stride 1) or a transposed convolution; of the weights, one matrix
// product per group of taps between the output's gradient and shifted cuts of the input; depthwise ones element by element.

import { sizeOf, tensorOf } from '../ir/tensor.ts';
import { forEachIndex } from './nd-array.ts';
import { type Builder, type Built, type KnownValue, knownShape } from './operator.ts';
import { knownSize } from './sizes.ts';
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

/** Shifted cuts of the input side by side are held to about this many elements (64 MB of float32). */
const maxCutElements = 16 * 2 ** 20;
/** What a batch is taken for where its size is a name. */
const assumedBatch = 32;

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

/** The gradient of a convolution's weights. */
export function weightGradient(g: Builder, convolution: Convolution): Built {
  const { x, w, dy, axes, group, where } = convolution;
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const cuts = inputCuts(g, convolution);
  if (perGroup === 1) return depthwiseGradient(g, convolution, cuts);

  const positions = sizeOf(knownShape({ type: x.type, shape: dy.shape.slice(2) }, where));
  const batch = typeof x.shape[0] === 'number' ? x.shape[0] : assumedBatch;
  const cutElements = batch * group * perGroup * positions;
  const perProduct = Math.max(1, Math.floor(maxCutElements / cutElements));

  // [N, group, outputs, positions] · [N, group, positions, taps × inputs], summed over the batch.
  const rows = g.reshape(dy, [0, group, outputs / group, -1]);
  const products: Built[] = [];
  for (let first = 0; first < cuts.length; first += perProduct) {
    const some = cuts
      .slice(first, first + perProduct)
      .map((cut) => g.reshape(cut(), [0, group, perGroup, -1]));
    const side = some.length === 1 ? some[0] : g.concat(some, { axis: 2 });
    const product = g.matMul(rows, g.transpose(side, { perm: [0, 1, 3, 2] }));
    const sum = sumOfBatch(g, product, x.shape[0]);
    products.push(g.reshape(sum, [outputs, some.length, perGroup]));
  }
  const gradient = products.length === 1 ? products[0] : g.concat(products, { axis: 1 });
  const shape = [outputs, perGroup, ...kernel];
  if (axes.every(({ kernel }) => kernel === 1)) return g.reshape(gradient, shape);
  return g.reshape(g.transpose(gradient, { perm: [0, 2, 1] }), shape);
}

/** Every channel by itself: products element by element, summed over positions and then over the batch. */
function depthwiseGradient(
  g: Builder,
  { w, dy, group, where }: Convolution,
  cuts: readonly (() => Built)[],
): Built {
  const [outputs, perGroup, ...kernel] = knownShape(w, where);
  const rows = g.reshape(dy, [0, group, outputs / group, -1]);
  const sums = cuts.map((cut) => {
    const product = g.mul(rows, g.reshape(cut(), [0, group, 1, -1]));
    return g.reshape(sumOver(g, product, [0, 3], 4), [outputs, 1]);
  });
  const gradient = sums.length === 1 ? sums[0] : g.concat(sums, { axis: 1 });
  return g.reshape(gradient, [outputs, perGroup, ...kernel]);
}

/** For each tap, in order, what it saw: the padded input cut at the tap's offset, one element per output position. */
function inputCuts(g: Builder, { x, dy, axes, where }: Convolution): (() => Built)[] {
  const size = knownShape({ type: x.type, shape: x.shape.slice(2) }, where);
  const count = knownShape({ type: x.type, shape: dy.shape.slice(2) }, where);
  const spatial = axes.map((_, i) => i + 2);
  const before = axes.map((axis) => axis.before);
  // Just as far behind as the last window reaches; negative padding cuts what no window saw.
  const after = axes.map(
    (axis, i) => axis.stride * (count[i] - 1) + spanOf(axis) - axis.before - size[i],
  );
  const isPadded = [...before, ...after].some((pad) => pad !== 0);
  const padded = isPadded ? g.pad(x, [...before, ...after], undefined, spatial) : x;
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

/** The sum over the first axis as a product with ones: ReduceSum over a leading axis is several times slower. */
function sumOfBatch(g: Builder, x: Built, batch: number | string): Built {
  if (batch === 1) return x;
  const flat = g.reshape(x, [0, -1]);
  if (typeof batch === 'number') {
    const ones = g.constant(tensorOf(x.type, [1, batch], Array(batch).fill(1)));
    return g.matMul(ones, flat);
  }
  const shape = g.concat([g.int64([1]), g.shape(x, { end: 1 })], { axis: 0 });
  return g.matMul(g.expand(g.scalar(1, x.type), shape), flat);
}
