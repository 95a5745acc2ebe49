// Operators that only re-read elements in another shape, and those that make shapes. They also work on entries known
// before the graph runs (`contents`), so that the shapes which exporters compute inside the graph are inferred.

import {
  broadcastShapes,
  type Dim,
  isStatic,
  productOf,
  quotientOf,
  type Shape,
} from '../ir/dim.ts';
import {
  broadcastStrides,
  generate,
  listOf,
  positionOf,
  reshaped,
  transposed,
} from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  frontAxis,
  type KnownValue,
  knownNumbers,
  type OperatorRows,
  vjpOfNothing,
} from './operator.ts';
import { sumTo } from './sums.ts';

/** The gradient of an operator that only re-reads elements in another shape. */
const backToShapeOf = (g: Builder, cotangent: Built, x: KnownValue): Built =>
  g.reshape(cotangent, isStatic(x.shape) ? [...x.shape] : g.shape(x));

/** The shape that Reshape makes: 0 keeps a dimension, -1 takes what is left. */
function reshapedShape(
  from: Shape,
  target: readonly Dim[],
  allowZero: number,
  where: string,
): Shape {
  const kept = target.map((dim, axis) =>
    dim === 0 && allowZero === 0
      ? (from[axis] ?? badNode(where, 'a dimension to keep', `none at ${axis}`))
      : dim,
  );
  const free = kept.indexOf(-1);
  if (free < 0) {
    if (isStatic(from) && isStatic(kept) && productOf(from) !== productOf(kept)) {
      badNode(where, `${productOf(from)} elements as in [${from}]`, `[${kept}]`);
    }
    return kept;
  }
  const rest = kept.toSpliced(free, 1);
  if (rest.includes(-1)) badNode(where, 'one -1 at most', `[${target}]`);
  const left = quotientOf(from, rest);
  if (left === undefined && isStatic(from) && isStatic(rest)) {
    badNode(where, `a shape that [${from}] fits`, `[${target}]`);
  }
  return kept.with(free, left ?? '?');
}

const squeezedAxes = (shape: Shape, axes: readonly number[] | undefined, where: string) =>
  axes === undefined
    ? shape.flatMap((dim, axis) => (dim === 1 ? [axis] : []))
    : axes.map((axis) => frontAxis(axis, shape.length, where));

function unsqueezedShape<D extends Dim>(
  shape: readonly D[],
  axes: readonly number[],
  where: string,
): (D | 1)[] {
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => frontAxis(axis, rank, where)));
  if (added.size < axes.length) badNode(where, 'axes that differ', `[${axes}]`);
  let from = 0;
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : shape[from++]));
}

export const shape = {
  Shape: {
    infer: ({ inputs: [x], attributes: { start, end } }) => {
      const contents = x.shape.slice(start, end);
      return { type: 'int64', shape: [contents.length], contents };
    },
    vjp: vjpOfNothing,
    evaluate: ({ inputs: [x], attributes: { start, end } }) => {
      const data = Float64Array.from(x.shape.slice(start, end));
      return { type: 'int64', shape: [data.length], data };
    },
  },
  Size: {
    infer: ({ inputs: [x] }) => ({ type: 'int64', shape: [], contents: [productOf(x.shape)] }),
    vjp: vjpOfNothing,
    evaluate: ({ inputs: [x] }) => ({
      type: 'int64',
      shape: [],
      data: Float64Array.of(x.data.length),
    }),
  },
  Reshape: {
    infer: ({ inputs: [x, target], attributes: { allowzero }, where }) => {
      const rank = target.shape[0];
      const shape =
        target.contents !== undefined
          ? reshapedShape(x.shape, target.contents, allowzero, where)
          : typeof rank === 'number'
            ? Array<Dim>(rank).fill('?')
            : undefined;
      return { type: x.type, shape, contents: x.contents };
    },
    vjp: (g, { inputs: [x], cotangent }) => [backToShapeOf(g, cotangent, x)],
    evaluate: ({ inputs: [x, target], attributes: { allowzero }, where }) =>
      reshaped(
        x,
        reshapedShape(x.shape, Array.from(target.data), allowzero, where) as readonly number[],
      ),
  },
  Flatten: {
    infer: ({ inputs: [x], attributes, where }) => {
      const axis =
        attributes.axis === x.shape.length
          ? attributes.axis
          : frontAxis(attributes.axis, x.shape.length, where);
      return {
        type: x.type,
        shape: [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis))],
      };
    },
    vjp: (g, { inputs: [x], cotangent }) => [backToShapeOf(g, cotangent, x)],
    evaluate: ({ inputs: [x], attributes }) => {
      const rows = x.shape.slice(0, attributes.axis).reduce((a, b) => a * b, 1);
      return reshaped(x, [rows, rows === 0 ? 0 : x.data.length / rows]);
    },
  },
  Squeeze: {
    infer: ({ inputs: [x, axes], where }) => {
      if (axes !== undefined && axes.contents === undefined)
        return { type: x.type, shape: undefined };
      const given = axes && knownNumbers(axes, 'axes', where);
      const removed = squeezedAxes(x.shape, given, where);
      for (const axis of removed) {
        const dim = x.shape[axis];
        if (typeof dim === 'number' && dim !== 1)
          badNode(where, `size 1 at axis ${axis}`, `${dim}`);
      }
      const shape = x.shape.filter((_, axis) => !removed.includes(axis));
      return { type: x.type, shape, contents: x.contents };
    },
    vjp: (g, { inputs: [x], cotangent }) => [backToShapeOf(g, cotangent, x)],
    evaluate: ({ inputs: [x, axes], where }) => {
      const removed = squeezedAxes(x.shape, listOf(axes), where);
      return reshaped(
        x,
        x.shape.filter((_, axis) => !removed.includes(axis)),
      );
    },
  },
  Unsqueeze: {
    infer: ({ inputs: [x, axes], where }) => {
      if (axes.contents === undefined) return { type: x.type, shape: undefined };
      const shape = unsqueezedShape(x.shape, knownNumbers(axes, 'axes', where), where);
      return { type: x.type, shape, contents: shape.length <= 1 ? x.contents : undefined };
    },
    vjp: (g, { inputs: [x], cotangent }) => [backToShapeOf(g, cotangent, x)],
    evaluate: ({ inputs: [x, axes], where }) =>
      reshaped(x, unsqueezedShape(x.shape, Array.from(axes.data), where)),
  },
  Transpose: {
    infer: ({ inputs: [x], attributes, where }) => {
      const perm = attributes.perm ?? [...x.shape.keys()].reverse();
      if (perm.toSorted((a, b) => a - b).join() !== [...x.shape.keys()].join()) {
        badNode(where, `an order of ${x.shape.length} axes`, `[${perm}]`);
      }
      return { type: x.type, shape: perm.map((axis) => x.shape[axis]) };
    },
    vjp: (g, { inputs: [x], attributes, cotangent }) => {
      const perm = attributes.perm ?? [...x.shape.keys()].reverse();
      return [g.transpose(cotangent, { perm: perm.map((_, axis) => perm.indexOf(axis)) })];
    },
    evaluate: ({ inputs: [x], attributes }) =>
      transposed(x, attributes.perm ?? [...x.shape.keys()].reverse()),
  },
  Expand: {
    infer: ({ inputs: [x, target], where }) => {
      const rank = target.shape[0];
      if (target.contents === undefined) {
        return {
          type: x.type,
          shape:
            typeof rank === 'number' && rank >= x.shape.length
              ? Array<Dim>(rank).fill('?')
              : undefined,
        };
      }
      const shape = broadcastShapes(x.shape, target.contents);
      if (shape === undefined)
        badNode(where, `a shape that [${x.shape}] fits`, `[${target.contents}]`);
      return { type: x.type, shape };
    },
    vjp: (g, { inputs: [x], output, cotangent }) => [sumTo(g, cotangent, output, x)],
    evaluate: ({ inputs: [x, target] }) => {
      const to = broadcastShapes(x.shape, Array.from(target.data)) as readonly number[];
      const strides = broadcastStrides(x, to);
      return generate(x.type, to, (index) => x.data[positionOf(index, strides)]);
    },
  },
} satisfies OperatorRows<ShapeName>;

type ShapeName =
  | 'Expand'
  | 'Flatten'
  | 'Reshape'
  | 'Shape'
  | 'Size'
  | 'Squeeze'
  | 'Transpose'
  | 'Unsqueeze';
