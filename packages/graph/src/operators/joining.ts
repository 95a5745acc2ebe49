// Operators that join, part and repeat tensors along axes.

import { addDims, type Dim, isStatic, multiplyDims, productOf, quotientOf } from '../ir/dim.ts';
import { generate, listOf, positionOf, stridesOf } from './nd-array.ts';
import { badNode, frontAxis, knownNumbers, type OperatorRows } from './operator.ts';
import { knownSize, shapeWith } from './sizes.ts';

/** How many elements each output of a split has along its axis. */
function splitSizes(
  size: Dim,
  given: readonly Dim[] | undefined,
  outputCount: number,
  where: string,
): readonly Dim[] {
  if (given !== undefined) {
    if (given.length !== outputCount) badNode(where, `${outputCount} sizes`, `[${given}]`);
    if (
      typeof size === 'number' &&
      isStatic(given) &&
      productOf([size]) !== given.reduce((a, b) => a + b, 0)
    ) {
      badNode(where, `sizes that add up to ${size}`, `[${given}]`);
    }
    return given;
  }
  if (typeof size !== 'number') {
    return Array<Dim>(outputCount).fill(quotientOf([size], [outputCount]) ?? '?');
  }
  const each = Math.ceil(size / outputCount);
  return Array.from({ length: outputCount }, (_, i) =>
    Math.max(0, Math.min(each, size - i * each)),
  );
}

export const joining = {
  Tile: {
    infer: ({ inputs: [x, repeats] }) => ({
      type: x.type,
      shape: x.shape.map((dim, axis) => multiplyDims(dim, repeats.contents?.[axis] ?? '?')),
    }),
    // Each axis is read as (repeats, size); the repeats are summed away.
    vjp: (g, { inputs: [x, repeats], cotangent, where }) => {
      const times = knownNumbers(repeats, 'repeats', where);
      const own = g.split(g.unsqueeze(g.shape(x), [1]), { axis: 0, num_outputs: times.length });
      const pieces = own.flatMap((size, axis) => [g.int64([times[axis]]), g.reshape(size, [1])]);
      const split = g.reshape(cotangent, g.concat(pieces, { axis: 0 }));
      return [
        g.reduceSum(
          split,
          times.map((_, axis) => 2 * axis),
          { keepdims: 0 },
        ),
      ];
    },
    evaluate: ({ inputs: [x, repeats] }) => {
      const strides = stridesOf(x.shape);
      const to = x.shape.map((size, axis) => size * repeats.data[axis]);
      return generate(
        x.type,
        to,
        (index) =>
          x.data[
            positionOf(
              index.map((at, axis) => at % x.shape[axis]),
              strides,
            )
          ],
      );
    },
  },
  Concat: {
    infer: ({ inputs, attributes, where }) => {
      const [first] = inputs;
      const axis = frontAxis(attributes.axis, first.shape.length, where);
      const shape = first.shape.map((dim, at) => {
        if (at === axis) return inputs.map((input) => input.shape[axis]).reduce(addDims);
        for (const { shape } of inputs) {
          const isClash =
            typeof dim === 'number' && typeof shape[at] === 'number' && dim !== shape[at];
          if (isClash || shape.length !== first.shape.length) {
            badNode(where, `[${first.shape}] but for axis ${axis}`, `[${shape}]`);
          }
        }
        return inputs.map((input) => input.shape[at]).find((own) => typeof own === 'number') ?? dim;
      });
      const contents = inputs.every(
        (input) => input.contents !== undefined && input.shape.length === 1,
      )
        ? inputs.flatMap((input) => input.contents!)
        : undefined;
      return { type: first.type, shape, contents };
    },
    vjp: (g, { inputs, cotangent, attributes, where, needs }) => {
      const axis = frontAxis(attributes.axis, inputs[0].shape.length, where);
      const sizes = inputs.map((input) => knownSize(input, axis, where));
      let start = 0;
      return sizes.map((size, i) => {
        const from = start;
        start += size;
        return needs(i) ? g.slice(cotangent, [from], [start], [axis]) : undefined;
      });
    },
    evaluate: ({ inputs, attributes, where }) => {
      const axis = frontAxis(attributes.axis, inputs[0].shape.length, where);
      const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
      const source = inputs.flatMap((input) =>
        Array.from({ length: input.shape[axis] }, (_, at) => ({ input, at })),
      );
      return generate(inputs[0].type, inputs[0].shape.with(axis, total), (index) => {
        const { input, at } = source[index[axis]];
        return input.data[positionOf(index.with(axis, at), stridesOf(input.shape))];
      });
    },
  },
  Split: {
    infer: ({ inputs: [x, sizes], attributes, outputCount, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const each =
        sizes !== undefined && sizes.contents === undefined
          ? Array<Dim>(outputCount).fill('?')
          : splitSizes(x.shape[axis], sizes?.contents, outputCount, where);
      return each.map((size) => ({ type: x.type, shape: x.shape.with(axis, size) }));
    },
    vjp: (g, { inputs: [x, sizes], cotangents, attributes, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const each = splitSizes(x.shape[axis], sizes?.contents, cotangents.length, where);
      const zeros = (size: Dim) => {
        const [known] = knownNumbers({ type: x.type, shape: [], contents: [size] }, 'sizes', where);
        return g.expand(g.scalar(0, x.type), shapeWith(g, x, axis, known));
      };
      const pieces = cotangents.map((cotangent, i) => cotangent ?? zeros(each[i]));
      return [g.concat(pieces, { axis })];
    },
    evaluate: ({ inputs: [x, given], attributes, outputCount, where }) => {
      const axis = frontAxis(attributes.axis, x.shape.length, where);
      const sizes = splitSizes(x.shape[axis], listOf(given), outputCount, where) as number[];
      const strides = stridesOf(x.shape);
      let start = 0;
      return sizes.map((size) => {
        const from = start;
        start += size;
        return generate(
          x.type,
          x.shape.with(axis, size),
          (index) => x.data[positionOf(index, strides) + from * strides[axis]],
        );
      });
    },
  },
} satisfies OperatorRows<'Concat' | 'Split' | 'Tile'>;
