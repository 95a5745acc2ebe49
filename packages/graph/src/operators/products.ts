// Matrix products and the sums of products that Einsum writes as an equation.

import { broadcastShapes, type Dim, type Shape } from '../ir/dim.ts';
import {
  broadcastStrides,
  forEachIndex,
  generate,
  type NdArray,
  positionOf,
  stridesOf,
  transposed,
} from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  type KnownValue,
  type OperatorRows,
} from './operator.ts';
import { sumTo } from './sums.ts';

/** Vectors count as matrices of one row or column; what they lack is taken out of the product again. */
function asMatrices(a: Shape, b: Shape): { left: Shape; right: Shape } {
  return { left: a.length === 1 ? [1, a[0]] : a, right: b.length === 1 ? [b[0], 1] : b };
}

function matMulShape(a: Shape, b: Shape, where: string): Dim[] {
  if (a.length === 0 || b.length === 0) badNode(where, 'matrices or vectors', 'a scalar');
  const { left, right } = asMatrices(a, b);
  const [inner, other] = [left.at(-1)!, right.at(-2)!];
  const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2));
  if (
    batch === undefined ||
    (typeof inner === 'number' && typeof other === 'number' && inner !== other)
  ) {
    return badNode(where, 'matrices that can be multiplied', `[${a}] and [${b}]`);
  }
  return [
    ...batch,
    ...(a.length === 1 ? [] : [left.at(-2)!]),
    ...(b.length === 1 ? [] : [right.at(-1)!]),
  ];
}

function matMul(a: NdArray, b: NdArray, where: string): NdArray {
  const { left, right } = asMatrices(a.shape, b.shape) as Record<string, readonly number[]>;
  const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2)) as number[];
  const [rows, inner, columns] = [left.at(-2)!, left.at(-1)!, right.at(-1)!];
  const full = [...batch, rows, columns];
  const leftStrides = broadcastStrides({ ...a, shape: left }, [...batch, rows, inner]);
  const rightStrides = broadcastStrides({ ...b, shape: right }, [...batch, inner, columns]);
  const product = generate(a.type, full, (index) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      const from = positionOf(index.with(-1, k), leftStrides);
      sum += a.data[from] * b.data[positionOf(index.with(-2, k), rightStrides)];
    }
    return sum;
  });
  return { ...product, shape: matMulShape(a.shape, b.shape, where) as number[] };
}

/** The order of axes that swaps the last two. */
const swapLast = (rank: number) => {
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return [...perm.slice(0, -2), rank - 1, rank - 2];
};
const transposeLast = (g: Builder, x: Built) => g.transpose(x, { perm: swapLast(x.shape!.length) });

/** Gradients of a product of matrices; those of vectors are made of vectors read as matrices. */
function matMulGradients(
  g: Builder,
  [a, b]: readonly [KnownValue, KnownValue],
  output: KnownValue,
  cotangent: Built,
  needs: (index: number) => boolean,
): (Built | undefined)[] {
  const left = a.shape.length === 1 ? g.unsqueeze(a, [0]) : a;
  const right = b.shape.length === 1 ? g.unsqueeze(b, [1]) : b;
  const lacking = [...(a.shape.length === 1 ? [-2] : []), ...(b.shape.length === 1 ? [-1] : [])];
  const full = { ...output, shape: fullShape(a.shape, b.shape, output.shape) };
  const dy =
    lacking.length === 0
      ? cotangent
      : g.unsqueeze(
          cotangent,
          lacking.map((axis) => axis + full.shape.length),
        );
  const back = (gradient: Built, from: Shape, to: KnownValue, axis: number) => {
    const matrix = { ...to, shape: to.shape.length === 1 ? from.slice(-2) : to.shape };
    const summed = sumTo(g, gradient, { type: to.type, shape: from }, matrix);
    return to.shape.length === 1 ? g.squeeze(summed, [axis]) : summed;
  };
  const batch = full.shape.slice(0, -2);
  const [rows, inner, columns] = [full.shape.at(-2)!, a.shape.at(-1)!, full.shape.at(-1)!];
  return [
    needs(0)
      ? back(g.matMul(dy, transposeLast(g, right)), [...batch, rows, inner], a, 0)
      : undefined,
    needs(1) ? rightGradient() : undefined,
  ];

  function rightGradient(): Built {
    // A weight shared by a batch: one product over all rows instead of many and a sum over them.
    if (b.shape.length === 2 && a.shape.length > 2) {
      const rowsOf = (x: Built) =>
        g.reshape(x, g.concat([g.int64([-1]), g.shape(x, { start: -1 })], { axis: 0 }));
      return g.matMul(transposeLast(g, rowsOf(a)), rowsOf(dy));
    }
    return back(g.matMul(transposeLast(g, left), dy), [...batch, inner, columns], b, 1);
  }
}

/** The product's shape with the rows and columns that vectors lack. */
const fullShape = (a: Shape, b: Shape, product: Shape): Dim[] => {
  const full = [...product];
  if (b.length === 1) full.push(1);
  if (a.length === 1) full.splice(full.length - 1, 0, 1);
  return full;
};

interface Equation {
  terms: string[];
  output: string;
}

/** Reads `bij,bjk->bik`; without an arrow the output has the letters that occur once, in order. */
function parseEquation(equation: string, ranks: readonly number[], where: string): Equation {
  const [left, right] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  const isPlain = /^[a-zA-Z,]*$/.test(left) && /^[a-zA-Z]*$/.test(right ?? '');
  if (!isPlain) badNode(where, 'an equation of letters', equation, 'Ellipses are not supported.');
  if (terms.length !== ranks.length || terms.some((term, i) => term.length !== ranks[i])) {
    badNode(where, `terms of ${ranks.join(', ')} letters`, equation);
  }
  const letters = [...left.replaceAll(',', '')].sort();
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return { terms, output: right ?? once.join('') };
}

function einsumSizes<D extends Dim>(
  terms: readonly string[],
  shapes: readonly (readonly D[])[],
  where: string,
): Map<string, D> {
  const sizes = new Map<string, D>();
  terms.forEach((term, i) => {
    for (const [axis, letter] of [...term].entries()) {
      const old = sizes.get(letter);
      const size = shapes[i][axis];
      if (typeof old === 'number' && typeof size === 'number' && old !== size) {
        badNode(where, `one size for ${letter}`, `${old} and ${size}`);
      }
      if (typeof old !== 'number') sizes.set(letter, size);
    }
  });
  return sizes;
}

/** Swaps the two indices of a matrix where a flag says so. */
const maybeTransposed = <D extends Dim>(shape: readonly D[], flag: number): readonly D[] =>
  flag === 1 ? shape.toReversed() : shape;

export const products = {
  MatMul: {
    infer: ({ inputs: [a, b], where }) => ({
      type: a.type,
      shape: matMulShape(a.shape, b.shape, where),
    }),
    vjp: (g, { inputs, output, cotangent, needs }) =>
      matMulGradients(g, inputs, output, cotangent, needs),
    evaluate: ({ inputs: [a, b], where }) => matMul(a, b, where),
  },
  Gemm: {
    infer: ({ inputs: [a, b], attributes: { transA, transB }, where }) => {
      if (a.shape.length !== 2 || b.shape.length !== 2) {
        badNode(where, 'two matrices', `[${a.shape}] and [${b.shape}]`);
      }
      const shape = matMulShape(
        maybeTransposed(a.shape, transA),
        maybeTransposed(b.shape, transB),
        where,
      );
      return { type: a.type, shape };
    },
    vjp: (g, { inputs: [a, b, c], output, cotangent, attributes, needs }) => {
      const { alpha, beta, transA, transB } = attributes;
      const scaled = { alpha };
      const byA = () =>
        transA === 1
          ? g.gemm(b, cotangent, { ...scaled, transA: transB, transB: 1 })
          : g.gemm(cotangent, b, { ...scaled, transB: 1 - transB });
      const byB = () =>
        transB === 1
          ? g.gemm(cotangent, a, { ...scaled, transA: 1, transB: transA })
          : g.gemm(a, cotangent, { ...scaled, transA: 1 - transA });
      const byC = (bias: KnownValue) => {
        const sum = sumTo(g, cotangent, output, bias);
        return beta === 1 ? sum : g.mul(sum, beta);
      };
      return [
        needs(0) ? byA() : undefined,
        needs(1) ? byB() : undefined,
        c !== undefined && needs(2) ? byC(c) : undefined,
      ];
    },
    evaluate: ({ inputs: [a, b, c], attributes: { alpha, beta, transA, transB }, where }) => {
      const left = transA === 1 ? transposed(a, [1, 0]) : a;
      const right = transB === 1 ? transposed(b, [1, 0]) : b;
      const product = matMul(left, right, where);
      const strides = c && broadcastStrides(c, product.shape);
      return generate(a.type, product.shape, (index, flat) => {
        const bias = c && strides ? c.data[positionOf(index, strides)] : 0;
        return alpha * product.data[flat] + beta * bias;
      });
    },
  },
  Einsum: {
    infer: ({ inputs, attributes: { equation }, where }) => {
      const { terms, output } = parseEquation(
        equation,
        inputs.map(({ shape }) => shape.length),
        where,
      );
      const sizes = einsumSizes(
        terms,
        inputs.map(({ shape }) => shape),
        where,
      );
      const shape = [...output].map(
        (letter) => sizes.get(letter) ?? badNode(where, 'output letters of the terms', letter),
      );
      return { type: inputs[0].type, shape };
    },
    // The gradient of one operand is an Einsum of the cotangent with all the others.
    vjp: (g, { inputs, cotangent, attributes: { equation }, needs, where }) => {
      const { terms, output } = parseEquation(
        equation,
        inputs.map(({ shape }) => shape.length),
        where,
      );
      return inputs.map((x, i) => {
        if (!needs(i)) return undefined;
        const others = inputs.filter((_, at) => at !== i);
        const otherTerms = terms.filter((_, at) => at !== i);
        const reachable = new Set([output, ...otherTerms].join(''));
        if (new Set(terms[i]).size < terms[i].length) {
          badNode(where, 'terms without repeated letters for a gradient', terms[i]);
        }
        // A letter that only this operand has was summed: its gradient is the same all along.
        const kept = [...terms[i]].filter((letter) => reachable.has(letter)).join('');
        const sub = `${[output, ...otherTerms].join(',')}->${kept}`;
        const gradient = g.einsum([cotangent, ...others], { equation: sub });
        if (kept.length === terms[i].length) return gradient;
        const lost = [...terms[i]].flatMap((letter, axis) => (reachable.has(letter) ? [] : [axis]));
        return g.expand(g.unsqueeze(gradient, lost), g.shape(x));
      });
    },
    evaluate: ({ inputs, attributes: { equation }, where }) => {
      const shapes = inputs.map(({ shape }) => shape);
      const { terms, output } = parseEquation(
        equation,
        shapes.map(({ length }) => length),
        where,
      );
      const sizes = einsumSizes(terms, shapes, where);
      const letters = [...sizes.keys()];
      const stridesIn = (term: string, shape: readonly number[]) => {
        const own = stridesOf(shape);
        return letters.map((letter) =>
          [...term].reduce((stride, at, axis) => stride + (at === letter ? own[axis] : 0), 0),
        );
      };
      const outShape = [...output].map((letter) => sizes.get(letter)!);
      const outStrides = stridesIn(output, outShape);
      const inStrides = terms.map((term, i) => stridesIn(term, shapes[i]));
      const data = new Float64Array(outShape.reduce((a, b) => a * b, 1));
      forEachIndex([...sizes.values()], (index) => {
        const product = inputs.reduce(
          (value, input, i) => value * input.data[positionOf(index, inStrides[i])],
          1,
        );
        data[positionOf(index, outStrides)] += product;
      });
      return { type: inputs[0].type, shape: outShape, data };
    },
  },
} satisfies OperatorRows<'Einsum' | 'Gemm' | 'MatMul'>;
