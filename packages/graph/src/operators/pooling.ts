// Poolings: the largest or the mean under each window, or of the whole picture.

import type { Dim } from '../ir/dim.ts';
import { sizeOf, tensorOf } from '../ir/tensor.ts';
import { forEachIndex, generate, type NdArray, positionOf, stridesOf } from './nd-array.ts';
import { badNode, type Known, knownShape, type OperatorRows } from './operator.ts';
import type { AttributesOf } from './signatures.ts';
import { zerosLike } from './sizes.ts';
import {
  transposedPadding,
  type WindowAxis,
  windowAxes,
  windowCount,
  windowLists,
} from './window.ts';

type PoolAttributes = Omit<AttributesOf<'AveragePool'>, 'count_include_pad'>;

function poolWindow(shape: readonly Dim[], attributes: PoolAttributes, where: string) {
  if (shape.length < 3) badNode(where, 'an input of 3 dimensions or more', `[${shape}]`);
  const axes = windowAxes(shape.slice(2), attributes.kernel_shape, attributes, where);
  const isCeil = attributes.ceil_mode === 1;
  const out = axes.map((axis, i) => windowCount(shape[i + 2], axis, isCeil, where));
  return { axes, out };
}

/** The positions along each axis that the window at `index` covers, as flat offsets in the picture; padding left out. */
function positionsUnder(
  index: readonly number[],
  size: readonly number[],
  axes: readonly WindowAxis[],
): number[] {
  const strides = stridesOf(size);
  const positions: number[] = [];
  forEachIndex(
    axes.map(({ kernel }) => kernel),
    (offset) => {
      const at = axes.map(
        ({ stride, dilation, before }, i) => index[i] * stride + offset[i] * dilation - before,
      );
      if (at.every((p, i) => p >= 0 && p < size[i])) positions.push(positionOf(at, strides));
    },
  );
  return positions;
}

/** By how many elements each window's sum is divided. */
function divisors(
  size: readonly number[],
  axes: readonly WindowAxis[],
  out: readonly number[],
  includesPadding: boolean,
): NdArray {
  const covered = (index: number, axis: WindowAxis, length: number) => {
    const [low, high] = includesPadding ? [-axis.before, length + axis.after] : [0, length];
    let count = 0;
    for (let tap = 0; tap < axis.kernel; tap++) {
      const at = index * axis.stride + tap * axis.dilation - axis.before;
      if (at >= low && at < high) count++;
    }
    return count;
  };
  return generate('float32', out, (index) =>
    axes.reduce((product, axis, i) => product * covered(index[i], axis, size[i]), 1),
  );
}

const wholePicture = {
  infer: ({ inputs: [x] }: { inputs: readonly [Known] }) => ({
    type: x.type,
    shape: [...x.shape.slice(0, 2), ...x.shape.slice(2).map(() => 1)],
  }),
  evaluate: (x: NdArray, join: (elements: Float64Array) => number): NdArray => {
    const pixels = sizeOf(x.shape.slice(2));
    const shape = x.shape.map((size, axis) => (axis < 2 ? size : 1));
    return generate(x.type, shape, (_, flat) =>
      join(x.data.subarray(flat * pixels, (flat + 1) * pixels)),
    );
  },
};

export const pooling = {
  MaxPool: {
    infer: ({ inputs: [x], attributes, outputCount, where }) => {
      const { out } = poolWindow(x.shape, attributes, where);
      const shape = [x.shape[0], x.shape[1], ...out];
      return [
        { type: x.type, shape },
        { type: 'int64' as const, shape },
      ].slice(0, outputCount);
    },
    // The positions that MaxPool gives as its second output count through the whole tensor.
    vjp: (g, { inputs: [x], cotangent, attributes, where }) => {
      if (attributes.storage_order !== 0) badNode(where, 'storage_order 0', '1');
      const [, indices] = g.node('MaxPool', [x], attributes, 2);
      const flat = (value: typeof cotangent) => g.reshape(value, [-1]);
      const zeros = zerosLike(g, flat(x));
      const sum = g.scatterElements(zeros, flat(indices), flat(cotangent), { reduction: 'add' });
      return [g.reshape(sum, g.shape(x))];
    },
    evaluate: ({ inputs: [x], attributes, outputCount, where }) => {
      const { axes, out } = poolWindow(x.shape, attributes, where);
      const size = x.shape.slice(2);
      const pixels = sizeOf(size);
      const shape = [x.shape[0], x.shape[1], ...(out as number[])];
      const indices = generate('int64', shape, (index) => {
        const start = (index[0] * x.shape[1] + index[1]) * pixels;
        return positionsUnder(index.slice(2), size, axes)
          .map((position) => start + position)
          .reduce((best, at) => (x.data[at] > x.data[best] ? at : best));
      });
      const y = generate(x.type, shape, (_, flat) => x.data[indices.data[flat]]);
      return [y, indices].slice(0, outputCount);
    },
  },
  AveragePool: {
    infer: ({ inputs: [x], attributes, where }) => {
      const { out } = poolWindow(x.shape, attributes, where);
      return { type: x.type, shape: [x.shape[0], x.shape[1], ...out] };
    },
    // Each window's gradient is spread over what it covered: a transposed convolution of every channel with ones.
    vjp: (g, { inputs: [x], output, cotangent, attributes, where }) => {
      const { axes } = poolWindow(x.shape, attributes, where);
      const size = knownShape({ type: x.type, shape: x.shape.slice(2) }, where);
      const out = knownShape({ type: x.type, shape: output.shape.slice(2) }, where);
      const counts = divisors(size, axes, out, attributes.count_include_pad === 1);
      const isUniform = counts.data.every((count) => count === counts.data[0]);
      const scaled = isUniform
        ? g.mul(cotangent, 1 / counts.data[0])
        : g.div(cotangent, g.constant(tensorOf(x.type, out, counts.data)));
      const padding = axes.map((axis, i) => transposedPadding(size[i], out[i], axis));
      const cut = axes.map((axis, i) => ({ ...axis, after: padding[i].after }));
      const kernel = attributes.kernel_shape;
      const ones = g.constant(tensorOf(x.type, [1, 1, ...kernel], Array(sizeOf(kernel)).fill(1)));
      const channels = g.reshape(scaled, [-1, 1, ...out]);
      const spread = g.convTranspose(channels, ones, {
        ...windowLists(cut),
        output_padding: padding.map(({ outputPadding }) => outputPadding),
      });
      return [g.reshape(spread, g.shape(x))];
    },
    evaluate: ({ inputs: [x], attributes, where }) => {
      const { axes, out } = poolWindow(x.shape, attributes, where);
      const size = x.shape.slice(2);
      const pixels = sizeOf(size);
      const counts = divisors(size, axes, out as number[], attributes.count_include_pad === 1);
      const outPixels = counts.data.length;
      return generate(x.type, [x.shape[0], x.shape[1], ...counts.shape], (index, flat) => {
        const start = (index[0] * x.shape[1] + index[1]) * pixels;
        const sum = positionsUnder(index.slice(2), size, axes).reduce(
          (total, position) => total + x.data[start + position],
          0,
        );
        return sum / counts.data[flat % outPixels];
      });
    },
  },
  GlobalAveragePool: {
    infer: wholePicture.infer,
    vjp: (g, { inputs: [x], cotangent, where }) => {
      const pixels = sizeOf(knownShape({ type: x.type, shape: x.shape.slice(2) }, where));
      return [g.expand(g.mul(cotangent, 1 / pixels), g.shape(x))];
    },
    evaluate: ({ inputs: [x] }) =>
      wholePicture.evaluate(x, (elements) => elements.reduce((a, b) => a + b) / elements.length),
  },
  GlobalMaxPool: {
    infer: wholePicture.infer,
    // Pixels that tie for the largest share its gradient.
    vjp: (g, { inputs: [x], output, cotangent }) => {
      const mask = g.cast(g.equal(x, output), { to: x.type });
      const spatial = x.shape.slice(2).map((_, i) => i + 2);
      return [g.mul(mask, g.div(cotangent, g.reduceSum(mask, spatial)))];
    },
    evaluate: ({ inputs: [x] }) =>
      wholePicture.evaluate(x, (elements) => elements.reduce((a, b) => Math.max(a, b))),
  },
} satisfies OperatorRows<'AveragePool' | 'GlobalAveragePool' | 'GlobalMaxPool' | 'MaxPool'>;
