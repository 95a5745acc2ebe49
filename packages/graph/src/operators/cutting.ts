// Operators that cut tensors and put borders around them.

import { addDims, type Dim, subtractDims, unknownDim } from '../ir/dim.ts';
import { generate, listOf, type NdArray, positionOf, stridesOf } from './nd-array.ts';
import { badNode, frontAxis, type Known, knownNumbers, type OperatorRows } from './operator.ts';
import { knownSize, padAxes, shapeWith } from './sizes.ts';

interface SliceRange {
  axis: number;
  start: number;
  step: number;
  length: number;
}

/** One range per sliced axis, resolved against its size as ONNX prescribes. */
function sliceRanges(
  shape: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[] | undefined,
  steps: readonly number[] | undefined,
  where: string,
): SliceRange[] {
  return starts.map((givenStart, i) => {
    const axis = frontAxis(axes?.[i] ?? i, shape.length, where);
    const step = steps?.[i] ?? 1;
    if (step === 0) badNode(where, 'a step other than 0', '0');
    const size = shape[axis];
    const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
    const resolve = (at: number) => Math.min(high, Math.max(low, at < 0 ? at + size : at));
    // A start is never before the first element, also when stepping backwards.
    const start = Math.max(Math.min(0, size - 1), resolve(givenStart));
    return { axis, start, step, length: Math.max(0, Math.ceil((resolve(ends[i]) - start) / step)) };
  });
}

/** What a Slice asks of one axis, as far as known before the graph runs. */
interface Cut {
  axis: number;
  start: Dim;
  end: Dim;
  step: Dim;
}

/** One cut per sliced axis, or undefined where not even the axes are known. */
function cutsOf(
  starts: Known,
  ends: Known,
  axes: Known | undefined,
  steps: Known | undefined,
): Cut[] | undefined {
  if (starts.contents === undefined || ends.contents === undefined) return undefined;
  if (axes !== undefined && axes.contents === undefined) return undefined;
  return starts.contents.map((start, i) => ({
    axis: (axes?.contents?.[i] as number | undefined) ?? i,
    start,
    end: ends.contents?.[i] ?? unknownDim,
    step: steps === undefined ? 1 : (steps.contents?.[i] ?? unknownDim),
  }));
}

/** The range of a cut in an axis of known size, or undefined where something of it is a name. */
function rangeOf({ start, end, step }: Cut, size: Dim, where: string): SliceRange | undefined {
  const numbers = [size, start, end, step].filter((part) => typeof part === 'number');
  if (numbers.length < 4) return undefined;
  const [length, from, to, by] = numbers;
  return sliceRanges([length], [from], [to], [0], [by], where)[0];
}

/** The size of a sliced axis; where its length is a name: whole, or cut by constants at its ends. */
function slicedDim(dim: Dim, cut: Cut, where: string): Dim {
  const range = rangeOf(cut, dim, where);
  if (range !== undefined) return range.length;
  const { start, end, step } = cut;
  if (step !== 1 || typeof start !== 'number') return unknownDim;
  const first = start < 0 ? addDims(dim, start) : start;
  if (typeof end === 'string') return subtractDims(end, first);
  if (end >= 2 ** 31 - 1) return subtractDims(dim, first);
  if (end < 0) return subtractDims(addDims(dim, end), first);
  // A name may be smaller than the end: then less comes out.
  return unknownDim;
}

/** The entries that a Slice takes from a list, such as the height and width of a shape. */
function slicedContents(x: Known, cuts: readonly Cut[], where: string): readonly Dim[] | undefined {
  if (x.contents === undefined || x.shape.length !== 1 || cuts.length !== 1) return undefined;
  const range = rangeOf(cuts[0], x.shape[0], where);
  if (range === undefined) return undefined;
  const { contents } = x;
  return Array.from({ length: range.length }, (_, i) => contents[range.start + i * range.step]);
}

/** Before and after each axis; axes that are not named are left alone. */
function paddings(
  rank: number,
  pads: readonly number[],
  axes: readonly number[] | undefined,
  where: string,
): { before: number[]; after: number[] } {
  const over = axes?.map((axis) => frontAxis(axis, rank, where)) ?? [...Array(rank).keys()];
  if (pads.length !== 2 * over.length) badNode(where, `${2 * over.length} pads`, `${pads.length}`);
  const before = new Array<number>(rank).fill(0);
  const after = new Array<number>(rank).fill(0);
  over.forEach((axis, i) => {
    before[axis] = pads[i];
    after[axis] = pads[i + over.length];
  });
  return { before, after };
}

/** The position in an axis that a padded position shows, or -1 for the constant. */
const paddingSources: Record<string, (at: number, size: number) => number> = {
  constant: (at, size) => (at >= 0 && at < size ? at : -1),
  edge: (at, size) => Math.min(size - 1, Math.max(0, at)),
  reflect: (at, size) => {
    const period = Math.max(1, 2 * (size - 1));
    const folded = ((at % period) + period) % period;
    return folded < size ? folded : period - folded;
  },
  wrap: (at, size) => ((at % size) + size) % size,
};

/** Up to which column a row of a triangle reaches. */
const diagonalOf = (k: NdArray | undefined) => k?.data[0] ?? 0;

export const cutting = {
  Slice: {
    infer: ({ inputs: [x, starts, ends, axes, steps], where }) => {
      const cuts = cutsOf(starts, ends, axes, steps);
      if (cuts === undefined) return { type: x.type, shape: x.shape.map(() => '?') };
      const shape = [...x.shape];
      for (const cut of cuts) {
        const axis = frontAxis(cut.axis, x.shape.length, where);
        shape[axis] = slicedDim(x.shape[axis], cut, where);
      }
      return { type: x.type, shape, contents: slicedContents(x, cuts, where) };
    },
    // Zeros are put back where elements were left out: around, and between where the step is not 1.
    vjp: (g, { inputs: [x, starts, ends, axes, steps], cotangent, where }) => {
      const size = x.shape.map((dim) => (typeof dim === 'number' ? dim : 0));
      const list = (input: Known | undefined) =>
        input && knownNumbers(input, 'slice positions', where);
      const over = list(axes);
      const ranges = sliceRanges(size, list(starts)!, list(ends)!, over, list(steps), where);
      for (const { axis } of ranges) knownSize(x, axis, where);
      if (ranges.every(({ step }) => step === 1)) {
        const before = ranges.map(({ start }) => start);
        const after = ranges.map(({ axis, start, length }) => size[axis] - start - length);
        const axes = ranges.map(({ axis }) => axis);
        return [padAxes(g, cotangent, axes, before, after)];
      }
      let gradient = cotangent;
      for (const { axis, start, step, length } of ranges) {
        const shape = x.shape.map((_, at) => (at === axis ? length : 1));
        const positions = Array.from({ length }, (_, i) => start + i * step);
        const indices = g.reshape(g.int64(positions), shape);
        const zeros = g.expand(g.scalar(0, x.type), shapeWith(g, gradient, axis, size[axis]));
        const everywhere = g.expand(indices, g.shape(gradient));
        gradient = g.scatterElements(zeros, everywhere, gradient, { axis });
      }
      return [gradient];
    },
    evaluate: ({ inputs: [x, starts, ends, axes, steps], where }) => {
      const ranges = sliceRanges(
        x.shape,
        listOf(starts)!,
        listOf(ends)!,
        listOf(axes),
        listOf(steps),
        where,
      );
      const strides = stridesOf(x.shape);
      const to = [...x.shape];
      const jumps = [...strides];
      let offset = 0;
      for (const { axis, start, step, length } of ranges) {
        to[axis] = length;
        offset += start * strides[axis];
        jumps[axis] = step * strides[axis];
      }
      return generate(x.type, to, (index) => x.data[offset + positionOf(index, jumps)]);
    },
  },
  Pad: {
    infer: ({ inputs: [x, pads, , axes], where }) => {
      if (pads.contents === undefined || (axes && axes.contents === undefined)) {
        return { type: x.type, shape: x.shape.map(() => '?') };
      }
      const over = axes && knownNumbers(axes, 'axes', where);
      const { before, after } = paddings(
        x.shape.length,
        knownNumbers(pads, 'pads', where),
        over,
        where,
      );
      const padded = x.shape.map((dim, axis) => addDims(dim, before[axis] + after[axis]));
      return { type: x.type, shape: padded };
    },
    vjp: (g, { inputs: [x, pads, , axes], cotangent, attributes, where }) => {
      if (attributes.mode !== 'constant') {
        badNode(
          where,
          'padding with a constant for a gradient',
          `mode ${attributes.mode}`,
          'Freeze what comes before it.',
        );
      }
      const over = axes && knownNumbers(axes, 'axes', where);
      const { before, after } = paddings(
        x.shape.length,
        knownNumbers(pads, 'pads', where),
        over,
        where,
      );
      // What was padded is cut away, and what a negative padding cut is padded again.
      const negated = (pads: number[]) => pads.map((pad) => -pad);
      return [padAxes(g, cotangent, [...x.shape.keys()], negated(before), negated(after))];
    },
    evaluate: ({ inputs: [x, pads, value, axes], attributes, where }) => {
      const { before, after } = paddings(x.shape.length, listOf(pads)!, listOf(axes), where);
      const source =
        paddingSources[attributes.mode] ??
        badNode(where, `mode ${Object.keys(paddingSources).join(', ')}`, attributes.mode);
      const strides = stridesOf(x.shape);
      const to = x.shape.map((size, axis) => size + before[axis] + after[axis]);
      return generate(x.type, to, (index) => {
        const from = index.map((at, axis) => source(at - before[axis], x.shape[axis]));
        return from.includes(-1) ? (value?.data[0] ?? 0) : x.data[positionOf(from, strides)];
      });
    },
  },
  Trilu: {
    infer: ({ inputs: [x] }) => ({ type: x.type, shape: x.shape }),
    vjp: (g, { inputs: [, k], cotangent, attributes }) => [g.trilu(cotangent, k, attributes)],
    evaluate: ({ inputs: [x, k], attributes: { upper } }) =>
      generate(x.type, x.shape, (index, flat) => {
        const above = index.at(-1)! - index.at(-2)! - diagonalOf(k);
        return (upper === 1 ? above >= 0 : above <= 0) ? x.data[flat] : 0;
      }),
  },
} satisfies OperatorRows<'Pad' | 'Slice' | 'Trilu'>;
