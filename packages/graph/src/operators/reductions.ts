// Operators that take one number from many along axes: sums, extremes and their positions, softmax, running sums.

import type { Dim } from '../ir/dim.ts';
import { forEachIndex, generate, type NdArray, positionOf, stridesOf } from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  frontAxis,
  type Inferred,
  type Known,
  type KnownValue,
  knownNumbers,
  type OperatorRows,
  vjpOfNothing,
} from './operator.ts';
import { dividedByCount, zerosLike } from './sizes.ts';

interface ReductionAttributes {
  keepdims: number;
  noop_with_empty_axes: number;
}

/** Which axes a reduction goes over: the given ones, or all where none are given. */
function reducedAxes(
  given: readonly number[] | undefined,
  rank: number,
  { noop_with_empty_axes: isNoop }: ReductionAttributes,
  where: string,
): number[] {
  if (given !== undefined && given.length > 0) {
    return given.map((axis) => frontAxis(axis, rank, where));
  }
  return isNoop === 1 ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

const axesOf = (axes: Inferred | undefined, where: string) =>
  axes === undefined ? undefined : knownNumbers(axes, 'axes', where);

function reducedShape<D extends Dim>(
  shape: readonly D[],
  axes: readonly number[],
  keepdims: number,
): (D | 1)[] {
  if (keepdims !== 1) return shape.filter((_, axis) => !axes.includes(axis));
  return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
}

/** For each element of the reduced shape, `reduce` gets the elements along `axes`, in order. */
function reduceArray(
  x: NdArray,
  axes: readonly number[],
  keepdims: number,
  reduce: (elements: readonly number[]) => number,
): NdArray {
  const kept = reducedShape(x.shape, axes, 1);
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const groups: number[][] = Array.from({ length: kept.reduce((a, b) => a * b, 1) }, () => []);
  forEachIndex(x.shape, (index, flat) => groups[positionOf(index, strides)].push(x.data[flat]));
  return {
    type: x.type,
    shape: reducedShape(x.shape, axes, keepdims),
    data: Float64Array.from(groups, reduce),
  };
}

interface ReductionTerms {
  /** Cotangent and output with the reduced axes kept at size 1, so that they broadcast against `x`. */
  dy: Built;
  y: Built;
  x: KnownValue;
  axes: readonly number[];
}

function reduction(
  reduce: (elements: readonly number[]) => number,
  gradient: (g: Builder, terms: ReductionTerms) => Built,
) {
  return {
    infer: (call: {
      inputs: readonly [Known, Known | undefined];
      attributes: ReductionAttributes;
      where: string;
    }): Inferred => {
      const { inputs, attributes, where } = call;
      const [x, axes] = inputs;
      if (axes !== undefined && axes.contents === undefined) {
        const rank = attributes.keepdims === 1 ? x.shape.map(() => '?') : undefined;
        return { type: x.type, shape: rank };
      }
      const over = reducedAxes(axesOf(axes, where), x.shape.length, attributes, where);
      return { type: x.type, shape: reducedShape(x.shape, over, attributes.keepdims) };
    },
    vjp: (
      g: Builder,
      call: {
        inputs: readonly [KnownValue, KnownValue | undefined];
        output: KnownValue;
        cotangent: Built;
        attributes: ReductionAttributes;
        where: string;
      },
    ) => {
      const { inputs, output, cotangent, attributes, where } = call;
      const [x] = inputs;
      const axes = reducedAxes(axesOf(inputs[1], where), x.shape.length, attributes, where);
      const keep = (value: Built) =>
        attributes.keepdims === 1 || axes.length === 0 ? value : g.unsqueeze(value, axes);
      const terms = { dy: keep(cotangent), y: keep(output), x, axes };
      return [gradient(g, terms)];
    },
    evaluate: (call: {
      inputs: readonly [NdArray, NdArray | undefined];
      attributes: ReductionAttributes;
      where: string;
    }): NdArray => {
      const [x, axes] = call.inputs;
      const given = axes && Array.from(axes.data);
      const over = reducedAxes(given, x.shape.length, call.attributes, call.where);
      return reduceArray(x, over, call.attributes.keepdims, reduce);
    },
  };
}

/** Repeats a kept gradient over the whole of `x`. */
const spread = (g: Builder, dy: Built, x: KnownValue) => g.expand(dy, g.shape(x));
const sum = (elements: readonly number[]) => elements.reduce((a, b) => a + b, 0);
const largest = (elements: readonly number[]) => elements.reduce((a, b) => Math.max(a, b));
const smallest = (elements: readonly number[]) => elements.reduce((a, b) => Math.min(a, b));

/** Elements that tie for the extreme share its gradient, as in JAX. */
function extremeGradient(g: Builder, { dy, y, x, axes }: ReductionTerms): Built {
  const mask = g.cast(g.equal(x, y), { to: x.type });
  if (axes.length === 0) return dy;
  return g.mul(mask, g.div(dy, g.reduceSum(mask, axes)));
}

/** The product of the others: found without dividing by zero, by counting zeros. */
function productGradient(g: Builder, { dy, x, axes }: ReductionTerms): Built {
  if (axes.length === 0) return dy;
  const zero = g.scalar(0, x.type);
  const isZero = g.equal(x, zero);
  const nonZero = g.where(isZero, g.scalar(1, x.type), x);
  const product = g.reduceProd(nonZero, axes);
  const zeros = g.reduceSum(g.cast(isZero, { to: x.type }), axes);
  const others = g.where(
    isZero,
    g.where(g.equal(zeros, 1), product, zero),
    g.where(g.equal(zeros, 0), g.div(product, nonZero), zero),
  );
  return g.mul(dy, others);
}

const logSumExp = (elements: readonly number[]) => {
  const top = largest(elements);
  return Number.isFinite(top)
    ? top + Math.log(sum(elements.map((element) => Math.exp(element - top))))
    : top;
};

/** A row for the position of the largest or smallest element. */
const positionOfExtreme = (isBetter: (a: number, b: number) => boolean) => ({
  infer: (call: {
    inputs: readonly [Known];
    attributes: { axis: number; keepdims: number };
    where: string;
  }): Inferred => {
    const { shape } = call.inputs[0];
    const axis = frontAxis(call.attributes.axis, shape.length, call.where);
    return { type: 'int64', shape: reducedShape(shape, [axis], call.attributes.keepdims) };
  },
  vjp: vjpOfNothing,
  evaluate: (call: {
    inputs: readonly [NdArray];
    attributes: { axis: number; keepdims: number; select_last_index: number };
    where: string;
  }): NdArray => {
    const [x] = call.inputs;
    const { axis, keepdims, select_last_index: isLast } = call.attributes;
    const over = frontAxis(axis, x.shape.length, call.where);
    const positions = reduceArray(x, [over], keepdims, (elements) =>
      elements.reduce(
        (best, element, at) =>
          isBetter(element, elements[best]) || (isLast === 1 && element === elements[best])
            ? at
            : best,
        0,
      ),
    );
    return { ...positions, type: 'int64' };
  },
});

type SoftmaxCall = { inputs: readonly [NdArray]; attributes: { axis: number }; where: string };

/** log(softmax(x)) along an axis. */
function logSoftmax({ inputs: [x], attributes, where }: SoftmaxCall): NdArray {
  const axis = frontAxis(attributes.axis, x.shape.length, where);
  const normaliser = reduceArray(x, [axis], 1, logSumExp);
  const strides = stridesOf(normaliser.shape);
  strides[axis] = 0;
  return generate(
    x.type,
    x.shape,
    (index, flat) => x.data[flat] - normaliser.data[positionOf(index, strides)],
  );
}

const sameAsInput = ({ inputs: [x] }: { inputs: readonly [Known, ...unknown[]] }): Inferred => ({
  type: x.type,
  shape: x.shape,
});

export const reductions = {
  ReduceSum: reduction(sum, (g, { dy, x }) => spread(g, dy, x)),
  ReduceMean: reduction(
    (elements) => sum(elements) / elements.length,
    (g, { dy, x, axes }) => spread(g, dividedByCount(g, dy, x, axes), x),
  ),
  ReduceMax: reduction(largest, extremeGradient),
  ReduceMin: reduction(smallest, extremeGradient),
  ReduceProd: reduction((elements) => elements.reduce((a, b) => a * b, 1), productGradient),
  ReduceSumSquare: reduction(
    (elements) => sum(elements.map((element) => element * element)),
    (g, { dy, x }) => g.mul(x, g.mul(dy, 2)),
  ),
  ReduceL1: reduction(
    (elements) => sum(elements.map(Math.abs)),
    (g, { dy, x }) => g.mul(dy, g.sign(x)),
  ),
  // At the origin the norm has no gradient; 0 is taken there, not 0/0.
  ReduceL2: reduction(
    (elements) => Math.hypot(...elements),
    (g, { dy, y, x }) => {
      const isZero = g.equal(y, 0);
      const safe = g.where(isZero, g.scalar(1, x.type), y);
      return g.mul(x, g.div(dy, safe));
    },
  ),
  ReduceLogSumExp: reduction(logSumExp, (g, { dy, y, x }) => g.mul(dy, g.exp(g.sub(x, y)))),
  ArgMax: positionOfExtreme((a, b) => a > b),
  ArgMin: positionOfExtreme((a, b) => a < b),
  Softmax: {
    infer: sameAsInput,
    vjp: (g, { inputs: [x], output, cotangent, attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const weighted = g.mul(cotangent, output);
      return [g.sub(weighted, g.mul(output, g.reduceSum(weighted, [axis])))];
    },
    evaluate: (call) => {
      const logs = logSoftmax(call);
      return { ...logs, data: logs.data.map(Math.exp) };
    },
  },
  LogSoftmax: {
    infer: sameAsInput,
    vjp: (g, { inputs: [x], output, cotangent, attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      return [g.sub(cotangent, g.mul(g.exp(output), g.reduceSum(cotangent, [axis])))];
    },
    evaluate: logSoftmax,
  },
  CumSum: {
    infer: sameAsInput,
    vjp: (g, { inputs: [, axis], cotangent, attributes }) => [
      g.cumSum(cotangent, axis, { ...attributes, reverse: 1 - attributes.reverse }),
    ],
    evaluate: ({ inputs: [x, axisInput], attributes: { exclusive, reverse }, where }) => {
      const axis = frontAxis(axisInput.data[0], x.shape.length, where);
      const stride = stridesOf(x.shape)[axis];
      const size = x.shape[axis];
      return generate(x.type, x.shape, (index, flat) => {
        const start = flat - index[axis] * stride;
        const [from, to] =
          reverse === 1 ? [index[axis] + exclusive, size] : [0, index[axis] + 1 - exclusive];
        let total = 0;
        for (let at = from; at < to; at++) total += x.data[start + at * stride];
        return total;
      });
    },
  },
  TopK: {
    infer: ({ inputs: [x, k], attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const count = k.contents?.[0] ?? '?';
      const size = x.shape[axis];
      if (typeof count === 'number' && typeof size === 'number' && count > size) {
        badNode(where, `at most ${size} of axis ${axis}`, `k = ${count}`);
      }
      const shape = x.shape.with(axis, count);
      return [
        { type: x.type, shape },
        { type: 'int64', shape },
      ];
    },
    vjp: (g, { inputs: [x, k], cotangent, attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const [, indices] = g.topK(x, k, attributes);
      return [g.scatterElements(zerosLike(g, x), indices, cotangent, { axis })];
    },
    evaluate: ({ inputs: [x, k], attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const stride = stridesOf(x.shape)[axis];
      const shape = x.shape.with(axis, k.data[0]);
      const direction = attributes.largest === 1 ? -1 : 1;
      const order = (start: number) =>
        Array.from({ length: x.shape[axis] }, (_, at) => at).sort((a, b) => {
          const difference = x.data[start + a * stride] - x.data[start + b * stride];
          return difference === 0 ? a - b : direction * difference;
        });
      const starts = stridesOf(x.shape).with(axis, 0);
      const indices = generate(
        'int64',
        shape,
        (index) => order(positionOf(index, starts))[index[axis]],
      );
      const values = generate(
        x.type,
        shape,
        (index, flat) => x.data[positionOf(index, starts) + indices.data[flat] * stride],
      );
      return [values, indices];
    },
  },
} satisfies OperatorRows<ReductionName>;

type ReductionName =
  | 'ArgMax'
  | 'ArgMin'
  | 'CumSum'
  | 'LogSoftmax'
  | 'ReduceL1'
  | 'ReduceL2'
  | 'ReduceLogSumExp'
  | 'ReduceMax'
  | 'ReduceMean'
  | 'ReduceMin'
  | 'ReduceProd'
  | 'ReduceSum'
  | 'ReduceSumSquare'
  | 'Softmax'
  | 'TopK';
