// Operators that map each element of one tensor by itself. One line each: the function, and the gradient of its input
// built from the cotangent `dy`, the input `x` and the output `y`.

import type { Dim } from '../ir/dim.ts';
import type { ElementType } from '../ir/element-type.ts';
import { erf } from './erf.ts';
import type { NdArray } from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  type Inferred,
  type Known,
  type KnownValue,
  type OperatorRows,
  vjpOfNothing,
} from './operator.ts';

interface UnaryTerms<Attributes> {
  dy: Built;
  x: KnownValue;
  y: KnownValue;
  attributes: Attributes;
}

/** A row for an operator `y = f(x)`; without `gradient`, one that is constant nearly everywhere. */
function unary<Attributes>(
  f: (x: number, attributes: Attributes) => number,
  gradient?: (g: Builder, terms: UnaryTerms<Attributes>) => Built,
  mapContents?: (entry: Dim) => Dim,
) {
  return {
    infer: ({ inputs: [x] }: { inputs: readonly [Known] }): Inferred => ({
      type: x.type,
      shape: x.shape,
      contents: mapContents && x.contents?.map(mapContents),
    }),
    vjp:
      gradient === undefined
        ? vjpOfNothing
        : (
            g: Builder,
            call: {
              inputs: readonly [KnownValue];
              output: KnownValue;
              cotangent: Built;
              attributes: Attributes;
            },
          ) => [
            gradient(g, {
              dy: call.cotangent,
              x: call.inputs[0],
              y: call.output,
              attributes: call.attributes,
            }),
          ],
    evaluate: (call: { inputs: readonly [NdArray]; attributes: Attributes }): NdArray => ({
      ...call.inputs[0],
      data: call.inputs[0].data.map((element) => f(element, call.attributes)),
    }),
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
/** ONNX rounds halves to the even neighbour. */
export const roundHalfToEven = (x: number) => {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
};
/** `dy` where the condition holds, else 0. */
const keepWhere = (g: Builder, condition: Built, dy: Built) =>
  g.where(condition, dy, g.scalar(0, dy.type));

const geluTanhScale = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

export const elementwiseUnary = {
  Abs: unary(Math.abs, (g, { dy, x }) => g.mul(dy, g.sign(x))),
  Ceil: unary(Math.ceil),
  Cos: unary(Math.cos, (g, { dy, x }) => g.neg(g.mul(dy, g.sin(x)))),
  Erf: unary(erf, (g, { dy, x }) =>
    g.mul(dy, g.mul(g.exp(g.neg(g.mul(x, x))), 2 / Math.sqrt(Math.PI))),
  ),
  Exp: unary(Math.exp, (g, { dy, y }) => g.mul(dy, y)),
  Floor: unary(Math.floor),
  HardSwish: unary(
    (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)),
    (g, { dy, x }) => {
      const slope = g.where(g.less(x, 3), g.add(g.mul(x, 1 / 3), 0.5), g.scalar(1, x.type));
      return g.mul(dy, keepWhere(g, g.greater(x, -3), slope));
    },
  ),
  Identity: unary(
    (x) => x,
    (_, { dy }) => dy,
    (entry) => entry,
  ),
  Log: unary(Math.log, (g, { dy, x }) => g.div(dy, x)),
  Neg: unary(
    (x) => -x,
    (g, { dy }) => g.neg(dy),
  ),
  Not: unary((x) => (x === 0 ? 1 : 0)),
  Reciprocal: unary(
    (x) => 1 / x,
    (g, { dy, y }) => g.neg(g.mul(dy, g.mul(y, y))),
  ),
  // A product with a mask takes two thirds of the time of Where on ONNX Runtime's CPU.
  Relu: unary(
    (x) => Math.max(0, x),
    (g, { dy, y }) => g.mul(dy, g.cast(g.greater(y, 0), { to: y.type })),
  ),
  Round: unary(roundHalfToEven),
  Sigmoid: unary(sigmoid, (g, { dy, y }) => g.mul(dy, g.mul(y, g.sub(1, y)))),
  Sign: unary(Math.sign),
  Sin: unary(Math.sin, (g, { dy, x }) => g.mul(dy, g.cos(x))),
  Softplus: unary(
    (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    (g, { dy, x }) => g.mul(dy, g.sigmoid(x)),
  ),
  Sqrt: unary(Math.sqrt, (g, { dy, y }) => g.div(g.mul(dy, 0.5), y)),
  Tanh: unary(Math.tanh, (g, { dy, y }) => g.mul(dy, g.sub(1, g.mul(y, y)))),
  Elu: unary<{ alpha: number }>(
    (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x)),
    (g, { dy, x, y, attributes }) =>
      g.where(g.greater(x, 0), dy, g.mul(dy, g.add(y, attributes.alpha))),
  ),
  Gelu: unary<{ approximate: string }>(
    (x, { approximate }) =>
      approximate === 'tanh'
        ? 0.5 * x * (1 + Math.tanh(geluTanhScale * (x + geluCubic * x ** 3)))
        : 0.5 * x * (1 + erf(x / Math.SQRT2)),
    (g, { dy, x, attributes }) => {
      const square = g.mul(x, x);
      if (attributes.approximate !== 'tanh') {
        const cumulative = g.add(g.mul(g.erf(g.mul(x, Math.SQRT1_2)), 0.5), 0.5);
        const density = g.mul(g.exp(g.mul(square, -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return g.mul(dy, g.add(cumulative, g.mul(x, density)));
      }
      const inner = g.mul(g.mul(x, geluTanhScale), g.add(g.mul(square, geluCubic), 1));
      const tanh = g.tanh(inner);
      const innerSlope = g.mul(g.add(g.mul(square, 3 * geluCubic), 1), geluTanhScale);
      const slope = g.mul(g.mul(x, g.sub(1, g.mul(tanh, tanh))), innerSlope);
      return g.mul(dy, g.mul(g.add(g.add(tanh, 1), slope), 0.5));
    },
  ),
  HardSigmoid: unary<{ alpha: number; beta: number }>(
    (x, { alpha, beta }) => Math.max(0, Math.min(1, alpha * x + beta)),
    (g, { dy, y, attributes }) =>
      keepWhere(g, g.and(g.greater(y, 0), g.less(y, 1)), g.mul(dy, attributes.alpha)),
  ),
  LeakyRelu: unary<{ alpha: number }>(
    (x, { alpha }) => (x < 0 ? alpha * x : x),
    (g, { dy, x, attributes }) => g.where(g.less(x, 0), g.mul(dy, attributes.alpha), dy),
  ),
  Cast: {
    infer: ({ inputs: [x], attributes: { to } }) => ({
      type: to,
      shape: x.shape,
      contents: x.contents?.map((entry) =>
        isWhole(to) && typeof entry === 'number' ? Math.trunc(entry) : entry,
      ),
    }),
    vjp: (g, { inputs: [x], cotangent }) => [g.cast(cotangent, { to: x.type })],
    evaluate: ({ inputs: [x], attributes: { to } }) => castTo(x, to),
  },
  CastLike: {
    infer: ({ inputs: [x, like] }) => ({ type: like.type, shape: x.shape }),
    vjp: (g, { inputs: [x], cotangent }) => [g.cast(cotangent, { to: x.type })],
    evaluate: ({ inputs: [x, like] }) => castTo(x, like.type),
  },
  Dropout: {
    infer: ({ inputs: [data, , isTraining], outputCount, where }) => {
      if (isTraining !== undefined && isTraining.contents?.[0] !== 0) refuseRandomness(where);
      const { type, shape } = data;
      return [
        { type, shape },
        { type: 'bool' as const, shape },
      ].slice(0, outputCount);
    },
    vjp: (_, { cotangent }) => [cotangent],
    evaluate: ({ inputs: [data, , isTraining], outputCount, where }) => {
      if (isTraining !== undefined && isTraining.data[0] !== 0) refuseRandomness(where);
      const mask: NdArray = { ...data, type: 'bool', data: data.data.map(() => 1) };
      return [data, mask].slice(0, outputCount);
    },
  },
} satisfies OperatorRows<UnaryName>;

type UnaryName =
  | 'Abs'
  | 'Cast'
  | 'CastLike'
  | 'Ceil'
  | 'Cos'
  | 'Dropout'
  | 'Elu'
  | 'Erf'
  | 'Exp'
  | 'Floor'
  | 'Gelu'
  | 'HardSigmoid'
  | 'HardSwish'
  | 'Identity'
  | 'LeakyRelu'
  | 'Log'
  | 'Neg'
  | 'Not'
  | 'Reciprocal'
  | 'Relu'
  | 'Round'
  | 'Sigmoid'
  | 'Sign'
  | 'Sin'
  | 'Softplus'
  | 'Sqrt'
  | 'Tanh';

function castTo(x: NdArray, to: ElementType): NdArray {
  if (to === 'bool') return { ...x, type: to, data: x.data.map((value) => (value === 0 ? 0 : 1)) };
  return { ...x, type: to, data: isWhole(to) ? x.data.map(Math.trunc) : x.data };
}

const isWhole = (type: ElementType) => /int|bool/.test(type);

function refuseRandomness(where: string): never {
  return badNode(
    where,
    'a graph without randomness of its own',
    'dropout in training mode',
    'Multiply with a mask that is an input of the graph: a seed then gives the same run twice.',
  );
}
