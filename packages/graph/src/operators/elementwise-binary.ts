// Operators that join tensors element by element under NumPy's broadcasting. A gradient is built in the broadcast shape
// and summed back to each operand.

import {
  addDims,
  broadcastShapes,
  type Dim,
  floorDivideDims,
  isSameDim,
  multiplyDims,
  type Shape,
  subtractDims,
  unknownDim,
} from '../ir/dim.ts';
import { isFloating } from '../ir/element-type.ts';
import { type NdArray, zip } from './nd-array.ts';
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
import { sumTo } from './sums.ts';

/** The shape of several inputs broadcast against each other. */
export function broadcastOf(inputs: readonly Known[], where: string): Shape {
  const shape = broadcastShapes(...inputs.map((input) => input.shape));
  if (shape !== undefined) return shape;
  const found = inputs.map((input) => `[${input.shape}]`).join(' and ');
  return badNode(where, 'shapes that can be broadcast', found);
}

function checkTypes(inputs: readonly Known[], where: string): void {
  const types = new Set(inputs.map(({ type }) => type));
  if (types.size > 1) badNode(where, 'inputs of one element type', [...types].join(' and '));
}

const staticBroadcast = (arrays: readonly NdArray[]): readonly number[] =>
  broadcastShapes(...arrays.map(({ shape }) => shape)) as readonly number[];

interface BinaryTerms {
  dy: Built;
  a: KnownValue;
  b: KnownValue;
  y: KnownValue;
}
type Term = (g: Builder, terms: BinaryTerms) => Built;

interface BinaryCall {
  inputs: readonly [KnownValue, KnownValue];
  output: KnownValue;
  cotangent: Built;
  needs: (index: number) => boolean;
}

/** A row for `y = f(a, b)`: the function, and the gradients of both in the broadcast shape. */
function binary<Attributes>(
  f: (a: number, b: number, isWhole: boolean, attributes: Attributes) => number,
  gradients?: readonly [Term, Term],
  joinEntries?: (a: Dim, b: Dim) => Dim,
) {
  return {
    infer: (call: { inputs: readonly [Known, Known]; where: string }): Inferred => {
      const [a, b] = call.inputs;
      checkTypes(call.inputs, call.where);
      return {
        type: a.type,
        shape: broadcastOf(call.inputs, call.where),
        contents: joinEntries && joinContents(a, b, joinEntries),
      };
    },
    vjp:
      gradients === undefined
        ? vjpOfNothing
        : (g: Builder, { inputs, output, cotangent, needs }: BinaryCall) => {
            const [a, b] = inputs;
            const terms = { dy: cotangent, a, b, y: output };
            return gradients.map((gradient, i) =>
              needs(i) ? sumTo(g, gradient(g, terms), output, inputs[i]) : undefined,
            );
          },
    evaluate: ({
      inputs,
      attributes,
    }: {
      inputs: readonly [NdArray, NdArray];
      attributes: Attributes;
    }) => {
      const isWhole = !isFloating(inputs[0].type);
      return zip(inputs[0].type, staticBroadcast(inputs), inputs, (a, b) =>
        f(a, b, isWhole, attributes),
      );
    },
  };
}

/** Entries of two whole-number tensors of one dimension at most, as in arithmetic on shapes. */
function joinContents(
  a: Known,
  b: Known,
  join: (a: Dim, b: Dim) => Dim,
): readonly Dim[] | undefined {
  if (a.contents === undefined || b.contents === undefined || isFloating(a.type)) return undefined;
  if (a.shape.length > 1 || b.shape.length > 1) return undefined;
  const entry = (contents: readonly Dim[], i: number) => contents[contents.length === 1 ? 0 : i];
  const length = a.contents.length === 1 ? b.contents.length : a.contents.length;
  const [left, right] = [a.contents, b.contents];
  return Array.from({ length }, (_, i) => join(entry(left, i), entry(right, i)));
}

/** Whether entries of shapes are equal: 1, 0, or not known. A name stands for a size, which is never negative. */
function isEqualEntry(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 1 : 0;
  if (isSameDim(a, b)) return 1;
  const number = typeof a === 'number' ? a : b;
  return typeof number === 'number' && number < 0 ? 0 : unknownDim;
}

/** A row for a comparison or a logical operator: booleans come out and no gradient flows back. */
const predicate = (
  f: (a: number, b: number) => boolean,
  joinEntries?: (a: Dim, b: Dim) => Dim,
) => ({
  infer: (call: { inputs: readonly [Known, Known]; where: string }): Inferred => {
    const [a, b] = call.inputs;
    checkTypes(call.inputs, call.where);
    const contents = joinEntries && joinContents(a, b, joinEntries);
    return { type: 'bool', shape: broadcastOf(call.inputs, call.where), contents };
  },
  vjp: vjpOfNothing,
  evaluate: ({ inputs }: { inputs: readonly [NdArray, NdArray] }) =>
    zip('bool', staticBroadcast(inputs), inputs, (a, b) => (f(a, b) ? 1 : 0)),
});

/** A row for an operator of any number of inputs that picks one of them, or adds them. */
const variadic = (
  f: (a: number, b: number) => number,
  gradient: (
    g: Builder,
    terms: { dy: Built; y: KnownValue; inputs: readonly KnownValue[] },
  ) => (x: KnownValue) => Built,
) => ({
  infer: (call: { inputs: readonly Known[]; where: string }): Inferred => {
    if (call.inputs.length === 0) badNode(call.where, 'one input or more', 'none');
    checkTypes(call.inputs, call.where);
    return { type: call.inputs[0].type, shape: broadcastOf(call.inputs, call.where) };
  },
  vjp: (
    g: Builder,
    call: {
      inputs: readonly KnownValue[];
      output: KnownValue;
      cotangent: Built;
      needs: (index: number) => boolean;
    },
  ) => {
    const gradientOf = gradient(g, { dy: call.cotangent, y: call.output, inputs: call.inputs });
    return call.inputs.map((x, i) =>
      call.needs(i) ? sumTo(g, gradientOf(x), call.output, x) : undefined,
    );
  },
  evaluate: ({ inputs }: { inputs: readonly NdArray[] }) =>
    zip(inputs[0].type, staticBroadcast(inputs), inputs, (...elements) =>
      elements.reduce((a, b) => f(a, b)),
    ),
});

/** The gradient of Min and Max: inputs that tie share it, as in JAX. */
const sharedAmongTies = (
  g: Builder,
  { dy, y, inputs }: { dy: Built; y: KnownValue; inputs: readonly KnownValue[] },
) => {
  const masks = inputs.map((x) => g.cast(g.equal(x, y), { to: y.type }));
  const share = g.div(dy, masks.length === 1 ? masks[0] : g.sum(masks));
  return (x: KnownValue) => g.mul(share, masks[inputs.indexOf(x)]);
};

const powerSlope: Term = (g, { dy, a, b }) => g.mul(dy, g.mul(b, g.pow(a, g.sub(b, 1))));

export const elementwiseBinary = {
  Add: binary((a, b) => a + b, [(_, { dy }) => dy, (_, { dy }) => dy], addDims),
  Sub: binary((a, b) => a - b, [(_, { dy }) => dy, (g, { dy }) => g.neg(dy)], subtractDims),
  Mul: binary(
    (a, b) => a * b,
    [(g, { dy, b }) => g.mul(dy, b), (g, { dy, a }) => g.mul(dy, a)],
    multiplyDims,
  ),
  Div: binary(
    (a, b, isWhole) => (isWhole ? Math.trunc(a / b) : a / b),
    [(g, { dy, b }) => g.div(dy, b), (g, { dy, b, y }) => g.neg(g.div(g.mul(dy, y), b))],
    floorDivideDims,
  ),
  Pow: {
    infer: ({ inputs, where }) => ({ type: inputs[0].type, shape: broadcastOf(inputs, where) }),
    vjp: (g, { inputs, output, cotangent, needs }) => {
      const [a, b] = inputs;
      const exponent = b.type === a.type ? b : g.cast(b, { to: a.type });
      const terms = { dy: cotangent, a, b: { ...b, ...exponent, shape: b.shape }, y: output };
      // log(a) is wanted only where a is positive; elsewhere the power is 0 or b is a whole number.
      const byExponent = () => {
        const isPositive = g.greater(a, 0);
        const safe = g.where(isPositive, a, g.scalar(1, a.type));
        return sumTo(g, g.mul(cotangent, g.mul(output, g.log(safe))), output, b);
      };
      return [
        needs(0) ? sumTo(g, powerSlope(g, terms), output, a) : undefined,
        needs(1) ? byExponent() : undefined,
      ];
    },
    evaluate: ({ inputs }) =>
      zip(inputs[0].type, staticBroadcast(inputs), inputs, (a, b) => a ** b),
  },
  Mod: binary<{ fmod: number }>(
    // Python's remainder has the sign of the divisor, C's fmod that of the dividend.
    (a, b, _, { fmod }) => (fmod === 1 ? a % b : a - Math.floor(a / b) * b),
    [(_, { dy }) => dy, (g, { dy, a, b, y }) => g.mul(dy, g.neg(g.round(g.div(g.sub(a, y), b))))],
  ),
  And: predicate((a, b) => a !== 0 && b !== 0),
  Or: predicate((a, b) => a !== 0 || b !== 0),
  Xor: predicate((a, b) => (a !== 0) !== (b !== 0)),
  Equal: predicate((a, b) => a === b, isEqualEntry),
  Greater: predicate((a, b) => a > b),
  GreaterOrEqual: predicate((a, b) => a >= b),
  Less: predicate((a, b) => a < b),
  LessOrEqual: predicate((a, b) => a <= b),
  Min: variadic(Math.min, sharedAmongTies),
  Max: variadic(Math.max, sharedAmongTies),
  Sum: variadic(
    (a, b) => a + b,
    (_, { dy }) =>
      () =>
        dy,
  ),
  Where: {
    infer: ({ inputs, where }) => {
      const [condition, x, y] = inputs;
      if (condition.type !== 'bool') badNode(where, 'a condition of booleans', condition.type);
      checkTypes([x, y], where);
      const chosen = joinContents(x, y, (a, b) => (isSameDim(a, b) ? a : unknownDim));
      const contents = condition.contents?.map((flag, i) => {
        const source = flag === 1 ? x : flag === 0 ? y : undefined;
        if (source === undefined) return chosen?.[i] ?? unknownDim;
        return source.contents?.[source.contents.length === 1 ? 0 : i] ?? unknownDim;
      });
      const isList = condition.shape.length === 1 && x.shape.length <= 1 && y.shape.length <= 1;
      return {
        type: x.type,
        shape: broadcastOf(inputs, where),
        contents: isList ? contents : undefined,
      };
    },
    vjp: (g, { inputs: [condition, x, y], output, cotangent, needs }) => {
      const zero = g.scalar(0, cotangent.type);
      return [
        undefined,
        needs(1) ? sumTo(g, g.where(condition, cotangent, zero), output, x) : undefined,
        needs(2) ? sumTo(g, g.where(condition, zero, cotangent), output, y) : undefined,
      ];
    },
    evaluate: ({ inputs }) =>
      zip(inputs[1].type, staticBroadcast(inputs), inputs, (condition, x, y) =>
        condition === 0 ? y : x,
      ),
  },
  PRelu: {
    // The slope is broadcast to the input, never the other way.
    infer: ({ inputs, where }) => {
      checkTypes(inputs, where);
      broadcastOf(inputs, where);
      return { type: inputs[0].type, shape: inputs[0].shape };
    },
    vjp: (g, { inputs: [x, slope], output, cotangent, needs }) => {
      const isNegative = g.less(x, 0);
      const zero = g.scalar(0, x.type);
      const bySlope = () => g.where(isNegative, g.mul(cotangent, x), zero);
      return [
        needs(0) ? g.where(isNegative, g.mul(cotangent, slope), cotangent) : undefined,
        needs(1) ? sumTo(g, bySlope(), output, slope) : undefined,
      ];
    },
    evaluate: ({ inputs }) =>
      zip(inputs[0].type, inputs[0].shape, inputs, (x, slope) => (x < 0 ? slope * x : x)),
  },
  Clip: {
    infer: ({ inputs: [x] }) => ({ type: x.type, shape: x.shape }),
    vjp: (g, { inputs: [x, min, max], cotangent }) => {
      const isAbove = min && g.greaterOrEqual(x, min);
      const isBelow = max && g.lessOrEqual(x, max);
      const isInside = isAbove && isBelow ? g.and(isAbove, isBelow) : (isAbove ?? isBelow);
      if (isInside === undefined) return [cotangent];
      return [g.where(isInside, cotangent, g.scalar(0, x.type))];
    },
    evaluate: ({ inputs: [x, min, max] }) => {
      const low = min?.data[0] ?? Number.NEGATIVE_INFINITY;
      const high = max?.data[0] ?? Number.POSITIVE_INFINITY;
      return { ...x, data: x.data.map((element) => Math.min(high, Math.max(low, element))) };
    },
  },
} satisfies OperatorRows<BinaryName>;

type BinaryName =
  | 'Add'
  | 'And'
  | 'Clip'
  | 'Div'
  | 'Equal'
  | 'Greater'
  | 'GreaterOrEqual'
  | 'Less'
  | 'LessOrEqual'
  | 'Max'
  | 'Min'
  | 'Mod'
  | 'Mul'
  | 'Or'
  | 'PRelu'
  | 'Pow'
  | 'Sub'
  | 'Sum'
  | 'Where'
  | 'Xor';
