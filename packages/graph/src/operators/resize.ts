// Resize along any axes. Every mode is a linear map along each axis by itself, so one matrix per axis gives both the
// evaluation and the gradient (Resize-19 of ONNX; coordinate modes as PyTorch exports them).

import { type Dim, isSameDim, multiplyDims, type Shape } from '../ir/dim.ts';
import { tensorOf } from '../ir/tensor.ts';
import { generate, type NdArray, positionOf, stridesOf, transposed } from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  frontAxis,
  type Inferred,
  knownNumbers,
  type OperatorRows,
} from './operator.ts';
import type { AttributesOf } from './signatures.ts';
import { knownSize } from './sizes.ts';

type Attributes = AttributesOf<'Resize'>;

/** Where an output position lies in the input. */
const coordinates: Record<
  string,
  (at: number, scale: number, size: number, out: number) => number
> = {
  half_pixel: (at, scale) => (at + 0.5) / scale - 0.5,
  pytorch_half_pixel: (at, scale, _, out) => (out > 1 ? (at + 0.5) / scale - 0.5 : 0),
  align_corners: (at, _, size, out) => (out > 1 ? (at * (size - 1)) / (out - 1) : 0),
  asymmetric: (at, scale) => at / scale,
  half_pixel_symmetric: (at, scale, size, out) => {
    const adjustment = out / (scale * size);
    return (size / 2) * (1 - adjustment) + (at + 0.5) / scale - 0.5;
  },
};

const nearestOf: Record<string, (x: number) => number> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** The weights of the input elements around `x`, as pairs of a position (perhaps outside) and a weight. */
const kernels: Record<
  string,
  (x: number, attributes: Attributes) => [at: number, weight: number][]
> = {
  nearest: (x, { nearest_mode }) => [[nearestOf[nearest_mode](x), 1]],
  linear: (x) => {
    const floor = Math.floor(x);
    return [
      [floor, 1 - (x - floor)],
      [floor + 1, x - floor],
    ];
  },
  // Keys' cubic convolution (1981) with the free parameter a.
  cubic: (x, { cubic_coeff_a: a }) => {
    const floor = Math.floor(x);
    return [-1, 0, 1, 2].map((offset) => {
      const d = Math.abs(x - floor - offset);
      const weight =
        d <= 1
          ? (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1
          : a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a;
      return [floor + offset, weight];
    });
  },
};

/**
 * The same for a picture that becomes smaller with `antialias`: the triangle of `linear` as wide as the steps between
 * outputs, so that every element counts.
 */
function antialiased(x: number, scale: number): [at: number, weight: number][] {
  const width = 1 / scale;
  const near: [number, number][] = [];
  for (let at = Math.ceil(x - width); at <= x + width; at++) {
    near.push([at, 1 - Math.abs(at - x) / width]);
  }
  const total = near.reduce((sum, [, weight]) => sum + weight, 0);
  return near.map(([at, weight]) => [at, weight / total]);
}

interface ResizedAxis {
  readonly axis: number;
  readonly out: number;
  readonly scale: number;
}

/** The axes that change, with their new sizes. */
function resizedAxes(
  shape: readonly number[],
  scales: readonly number[] | undefined,
  sizes: readonly number[] | undefined,
  attributes: Attributes,
  where: string,
): ResizedAxis[] {
  const axes = chosenAxes({ shape }, attributes, where);
  if (attributes.antialias === 1 && attributes.mode !== 'linear') {
    badNode(where, 'antialias with the mode linear', attributes.mode);
  }
  if (attributes.keep_aspect_ratio_policy !== 'stretch') {
    badNode(where, 'keep_aspect_ratio_policy stretch', attributes.keep_aspect_ratio_policy);
  }
  if (attributes.exclude_outside === 1) badNode(where, 'exclude_outside 0', '1');
  for (const [what, table] of [
    ['mode', kernels],
    ['nearest_mode', nearestOf],
    ['coordinate_transformation_mode', coordinates],
  ] as const) {
    if (!Object.hasOwn(table, attributes[what])) {
      badNode(where, `${what} ${Object.keys(table).join(', ')}`, attributes[what]);
    }
  }
  const list = sizes ?? scales ?? badNode(where, 'scales or sizes', 'neither');
  if (list.length !== axes.length) badNode(where, `${axes.length} sizes or scales`, `[${list}]`);
  return axes
    .map((axis, i) => ({
      axis,
      out: sizes ? sizes[i] : Math.floor(shape[axis] * list[i]),
      scale: sizes ? sizes[i] / shape[axis] : list[i],
    }))
    .filter(({ axis, out, scale }) => out !== shape[axis] || scale !== 1);
}

/** The matrix `[out, size]` that one axis is multiplied with. Positions outside show the element at the border. */
function axisMatrix({ out, scale }: ResizedAxis, size: number, attributes: Attributes): NdArray {
  const matrix: NdArray = {
    type: 'float64',
    shape: [out, size],
    data: new Float64Array(out * size),
  };
  for (let row = 0; row < out; row++) {
    const x = coordinates[attributes.coordinate_transformation_mode](row, scale, size, out);
    const isSmoothed = attributes.antialias === 1 && scale < 1;
    const near = isSmoothed ? antialiased(x, scale) : kernels[attributes.mode](x, attributes);
    for (const [at, weight] of near) {
      matrix.data[row * size + Math.min(size - 1, Math.max(0, at))] += weight;
    }
  }
  return matrix;
}

/** True for the matrix that shows each element `factor` times in a row. */
function isRepetition({ shape: [out, size], data }: NdArray): boolean {
  const factor = out / size;
  if (!Number.isInteger(factor)) return false;
  return data.every((weight, i) => {
    const isShown = Math.floor(Math.floor(i / size) / factor) === i % size;
    return weight === (isShown ? 1 : 0);
  });
}

const present = (input: Inferred | undefined) =>
  input?.contents?.length === 0 || input?.shape?.[0] === 0 ? undefined : input;

/** Repeated pixels: their gradients are added window by window, at the speed of a pooling. */
function repetitionGradient(
  g: Builder,
  cotangent: Built,
  changed: readonly ResizedAxis[],
  shape: readonly number[],
): Built {
  const factors = [2, 3].map((axis) => {
    const resized = changed.find((one) => one.axis === axis);
    return resized ? resized.out / shape[axis] : 1;
  });
  const mean = g.averagePool(cotangent, { kernel_shape: factors, strides: factors });
  return g.mul(mean, factors[0] * factors[1]);
}

/** Multiplies one axis with a constant matrix from the left: `[…, size, …]` becomes `[…, rows, …]`. */
function multiplyAxis(g: Builder, x: Built, axis: number, { shape, data }: NdArray): Built {
  const matrix = g.constant(tensorOf(x.type, shape, data));
  const rank = x.shape?.length ?? 0;
  if (axis === rank - 2) return g.matMul(matrix, x);
  const last = rank - 1;
  const swap = Array.from({ length: rank }, (_, i) => (i === axis ? last : i === last ? axis : i));
  const moved = axis === last ? x : g.transpose(x, { perm: swap });
  const product = g.matMul(moved, g.transpose(matrix, { perm: [1, 0] }));
  return axis === last ? product : g.transpose(product, { perm: swap });
}

/** Which axes the lists of sizes or scales speak of: all where the attribute is left out. */
const chosenAxes = (x: { shape: Shape }, { axes }: Attributes, where: string): number[] =>
  axes?.map((axis) => frontAxis(axis, x.shape.length, where)) ?? [...x.shape.keys()];

export const resize = {
  Resize: {
    infer: ({ inputs: [x, , scales, sizes], attributes, where }) => {
      const chosen = present(sizes) ?? present(scales);
      const shape: Dim[] = [...x.shape];
      chosenAxes(x, attributes, where).forEach((axis, i) => {
        const entry = chosen?.contents?.[i] ?? '?';
        const size = x.shape[axis];
        if (present(sizes)) shape[axis] = entry;
        else if (typeof entry !== 'number') shape[axis] = '?';
        else if (typeof size === 'number') shape[axis] = Math.floor(size * entry);
        else if (entry !== 1)
          shape[axis] = Number.isInteger(entry) ? multiplyDims(size, entry) : '?';
      });
      return { type: x.type, shape };
    },
    vjp: (g, { inputs: [x, , scales, sizes], cotangent, attributes, where }) => {
      const axes = chosenAxes(x, attributes, where);
      // An axis whose size is a name and stays is left alone: it may as well be 1.
      const shape = x.shape.map((dim) => (typeof dim === 'number' ? dim : 1));
      const numbers = (list: Inferred | undefined, what: string) => {
        const contents = list?.contents?.map((entry, i) =>
          isSameDim(entry, x.shape[axes[i]]) ? shape[axes[i]] : entry,
        );
        return list && knownNumbers({ ...list, contents }, what, where);
      };
      const newSizes = numbers(present(sizes), 'sizes');
      const newScales = newSizes ? undefined : numbers(present(scales), 'scales');
      const changed = resizedAxes(shape, newScales, newSizes, attributes, where);
      for (const { axis } of changed) knownSize(x, axis, where);
      const matrices = changed.map((one) => axisMatrix(one, shape[one.axis], attributes));
      const isImage = x.shape.length === 4 && changed.every(({ axis }) => axis >= 2);
      if (isImage && changed.length > 0 && matrices.every(isRepetition)) {
        return [repetitionGradient(g, cotangent, changed, shape)];
      }
      return [
        changed.reduce(
          (gradient, { axis }, i) =>
            multiplyAxis(g, gradient, axis, transposed(matrices[i], [1, 0])),
          cotangent,
        ),
      ];
    },
    evaluate: ({ inputs: [x, , scales, sizes], attributes, where }) => {
      const isGiven = (list: NdArray | undefined) => list !== undefined && list.data.length > 0;
      const changed = resizedAxes(
        x.shape,
        isGiven(scales) ? Array.from(scales!.data) : undefined,
        isGiven(sizes) ? Array.from(sizes!.data) : undefined,
        attributes,
        where,
      );
      return changed.reduce((array, one) => {
        const matrix = axisMatrix(one, array.shape[one.axis], attributes);
        const size = array.shape[one.axis];
        const strides = stridesOf(array.shape);
        return generate(x.type, array.shape.with(one.axis, one.out), (index) => {
          const start = positionOf(index.with(one.axis, 0), strides);
          let sum = 0;
          for (let at = 0; at < size; at++) {
            sum +=
              matrix.data[index[one.axis] * size + at] * array.data[start + at * strides[one.axis]];
          }
          return sum;
        });
      }, x);
    },
  },
} satisfies OperatorRows<'Resize'>;
