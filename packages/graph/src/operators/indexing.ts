// Operators that read or write elements at positions given by another tensor. The gradient of reading is adding where
// was read; that of writing is reading where was written.

import type { Dim } from '../ir/dim.ts';
import { forEachIndex, generate, type NdArray, positionOf, stridesOf } from './nd-array.ts';
import {
  type Builder,
  type Built,
  badNode,
  frontAxis,
  type KnownValue,
  type OperatorRows,
} from './operator.ts';
import { zerosLike } from './sizes.ts';

/** A position counted from the end, as negative ones are, refused outside of the axis. */
function positionIn(at: number, size: number, where: string): number {
  if (at >= -size && at < size) return at < 0 ? at + size : at;
  return badNode(where, `positions from ${-size} to ${size - 1}`, `${at}`);
}

/** Axis `from` moved to `to`, as an order of axes. */
function movedAxis(rank: number, from: number, to: number): number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}

const reducers: Record<string, (old: number, update: number) => number> = {
  none: (_, update) => update,
  add: (old, update) => old + update,
  mul: (old, update) => old * update,
  min: Math.min,
  max: Math.max,
};

const reducerOf = (reduction: string, where: string) =>
  reducers[reduction] ??
  badNode(where, `a reduction of ${Object.keys(reducers).join(', ')}`, reduction);

/** Scattering has a gradient where each element has one source, or adds. */
function checkReduction(reduction: string, where: string): void {
  if (reduction === 'none' || reduction === 'add') return;
  badNode(where, 'reduction none or add for a gradient', reduction, 'Freeze what comes before it.');
}

/** The positions in `data` that the last axis of `indices` names, behind `batchDims` shared axes. */
function slicePositions(
  data: NdArray,
  indices: NdArray,
  batchDims: number,
  where: string,
): { starts: number[]; sliceSize: number; depth: number } {
  const depth = indices.shape.at(-1)!;
  const strides = stridesOf(data.shape);
  const outer = indices.shape.slice(0, -1);
  const starts: number[] = [];
  forEachIndex(outer, (index, flat) => {
    let start = positionOf(index.slice(0, batchDims), strides.slice(0, batchDims));
    for (let i = 0; i < depth; i++) {
      const axis = batchDims + i;
      start += positionIn(indices.data[flat * depth + i], data.shape[axis], where) * strides[axis];
    }
    starts.push(start);
  });
  const sliceSize = data.shape.slice(batchDims + depth).reduce((a, b) => a * b, 1);
  return { starts, sliceSize, depth };
}

/** Indices of GatherND that name the batch as well, as ScatterND wants them. */
function wholeIndices(g: Builder, data: KnownValue, indices: KnownValue, batchDims: number): Built {
  if (batchDims === 0) return indices;
  const rank = indices.shape.length;
  const rows = g.concat([g.shape(indices, { end: rank - 1 }), g.int64([1])], { axis: 0 });
  const [zero, one] = [g.scalar(0, 'int64'), g.scalar(1, 'int64')];
  const batch = Array.from({ length: batchDims }, (_, axis) => {
    const size = g.squeeze(g.shape(data, { start: axis, end: axis + 1 }), [0]);
    const lengths = Array.from({ length: rank }, (_, i) => (i === axis ? -1 : 1));
    return g.expand(g.reshape(g.range(zero, size, one), lengths), rows);
  });
  return g.concat([...batch, indices], { axis: rank - 1 });
}

export const indexing = {
  Gather: {
    infer: ({ inputs: [data, indices], attributes, where }) => {
      const axis = frontAxis(attributes.axis, data.shape.length, where);
      const shape: Dim[] = [
        ...data.shape.slice(0, axis),
        ...indices.shape,
        ...data.shape.slice(axis + 1),
      ];
      const entries = data.contents;
      const isList = entries !== undefined && data.shape.length === 1 && indices.shape.length <= 1;
      const contents = isList
        ? indices.contents?.map((at) =>
            typeof at === 'number' ? entries[positionIn(at, entries.length, where)] : '?',
          )
        : undefined;
      return { type: data.type, shape, contents };
    },
    // Rows are added in one ScatterND; along another axis, that axis is brought to the front.
    vjp: (g, { inputs: [data, indices], cotangent, attributes, where }) => {
      const rank = data.shape.length;
      const axis = frontAxis(attributes.axis, rank, where);
      const indexRank = indices.shape.length;
      const rows = g.unsqueeze(indices, [indexRank]);
      if (axis === 0) {
        return [g.scatterND(zerosLike(g, data), rows, cotangent, { reduction: 'add' })];
      }
      const toFront = movedAxis(rank, axis, 0);
      const zeros = zerosLike(g, g.transpose(data, { perm: toFront }));
      const outRank = rank - 1 + indexRank;
      const indexAxes = Array.from({ length: indexRank }, (_, i) => axis + i);
      const others = Array.from({ length: outRank }, (_, i) => i).filter(
        (i) => !indexAxes.includes(i),
      );
      const updates = g.transpose(cotangent, { perm: [...indexAxes, ...others] });
      const sum = g.scatterND(zeros, rows, updates, { reduction: 'add' });
      return [g.transpose(sum, { perm: movedAxis(rank, 0, axis) })];
    },
    evaluate: ({ inputs: [data, indices], attributes, where }) => {
      const axis = frontAxis(attributes.axis, data.shape.length, where);
      const strides = stridesOf(data.shape);
      const indexStrides = stridesOf(indices.shape);
      const indexRank = indices.shape.length;
      const shape = data.shape.toSpliced(axis, 1, ...indices.shape);
      return generate(data.type, shape, (index) => {
        const at = indices.data[positionOf(index.slice(axis, axis + indexRank), indexStrides)];
        const from = index.toSpliced(axis, indexRank, positionIn(at, data.shape[axis], where));
        return data.data[positionOf(from, strides)];
      });
    },
  },
  GatherElements: {
    infer: ({ inputs: [data, indices] }) => ({ type: data.type, shape: indices.shape }),
    vjp: (g, { inputs: [data, indices], cotangent, attributes }) => [
      g.scatterElements(zerosLike(g, data), indices, cotangent, {
        axis: attributes.axis,
        reduction: 'add',
      }),
    ],
    evaluate: ({ inputs: [data, indices], attributes, where }) => {
      const axis = frontAxis(attributes.axis, data.shape.length, where);
      const strides = stridesOf(data.shape);
      return generate(data.type, indices.shape, (index, flat) => {
        const at = positionIn(indices.data[flat], data.shape[axis], where);
        return data.data[positionOf(index.with(axis, at), strides)];
      });
    },
  },
  GatherND: {
    infer: ({ inputs: [data, indices], attributes: { batch_dims }, where }) => {
      const depth = indices.shape.at(-1);
      if (typeof depth !== 'number') return { type: data.type, shape: undefined };
      if (batch_dims + depth > data.shape.length) {
        badNode(where, `indices of ${data.shape.length - batch_dims} numbers at most`, `${depth}`);
      }
      const slice = data.shape.slice(batch_dims + depth);
      return { type: data.type, shape: [...indices.shape.slice(0, -1), ...slice] };
    },
    vjp: (g, { inputs: [data, indices], cotangent, attributes: { batch_dims } }) => [
      g.scatterND(zerosLike(g, data), wholeIndices(g, data, indices, batch_dims), cotangent, {
        reduction: 'add',
      }),
    ],
    evaluate: ({ inputs: [data, indices], attributes: { batch_dims }, where }) => {
      const { starts, sliceSize, depth } = slicePositions(data, indices, batch_dims, where);
      const shape = [...indices.shape.slice(0, -1), ...data.shape.slice(batch_dims + depth)];
      return generate(data.type, shape, (_, flat) => {
        const start = starts[Math.floor(flat / sliceSize)];
        return data.data[start + (flat % sliceSize)];
      });
    },
  },
  ScatterElements: {
    infer: ({ inputs: [data] }) => ({ type: data.type, shape: data.shape }),
    vjp: (g, { inputs: [data, indices, updates], cotangent, attributes, needs, where }) => {
      const { axis, reduction } = attributes;
      checkReduction(reduction, where);
      const cleared = () =>
        reduction === 'add'
          ? cotangent
          : g.scatterElements(cotangent, indices, zerosLike(g, updates), { axis });
      return [
        needs(0) ? cleared() : undefined,
        undefined,
        needs(2) && data.shape.length > 0
          ? g.gatherElements(cotangent, indices, { axis })
          : undefined,
      ];
    },
    evaluate: ({ inputs: [data, indices, updates], attributes, where }) => {
      const axis = frontAxis(attributes.axis, data.shape.length, where);
      const reduce = reducerOf(attributes.reduction, where);
      const strides = stridesOf(data.shape);
      const out = data.data.slice();
      forEachIndex(indices.shape, (index, flat) => {
        const at = positionIn(indices.data[flat], data.shape[axis], where);
        const position = positionOf(index.with(axis, at), strides);
        out[position] = reduce(out[position], updates.data[flat]);
      });
      return { ...data, data: out };
    },
  },
  ScatterND: {
    infer: ({ inputs: [data] }) => ({ type: data.type, shape: data.shape }),
    vjp: (
      g,
      { inputs: [, indices, updates], cotangent, attributes: { reduction }, needs, where },
    ) => {
      checkReduction(reduction, where);
      const cleared = () =>
        reduction === 'add' ? cotangent : g.scatterND(cotangent, indices, zerosLike(g, updates));
      return [
        needs(0) ? cleared() : undefined,
        undefined,
        needs(2) ? g.gatherND(cotangent, indices) : undefined,
      ];
    },
    evaluate: ({ inputs: [data, indices, updates], attributes, where }) => {
      const { starts, sliceSize } = slicePositions(data, indices, 0, where);
      const reduce = reducerOf(attributes.reduction, where);
      const out = data.data.slice();
      updates.data.forEach((update, flat) => {
        const position = starts[Math.floor(flat / sliceSize)] + (flat % sliceSize);
        out[position] = reduce(out[position], update);
      });
      return { ...data, data: out };
    },
  },
  OneHot: {
    infer: ({ inputs: [indices, depth, values], attributes, where }) => {
      const axis = frontAxis(attributes.axis, indices.shape.length + 1, where);
      const shape = indices.shape.toSpliced(axis, 0, depth.contents?.[0] ?? '?');
      return { type: values.type, shape };
    },
    vjp: { notDifferentiable: 'its values are meant to be constants' },
    evaluate: ({ inputs: [indices, depthInput, values], attributes, where }) => {
      const axis = frontAxis(attributes.axis, indices.shape.length + 1, where);
      const depth = depthInput.data[0];
      const strides = stridesOf(indices.shape);
      const [off, on] = values.data;
      return generate(values.type, indices.shape.toSpliced(axis, 0, depth), (index) => {
        const hot = indices.data[positionOf(index.toSpliced(axis, 1), strides)];
        return (hot < 0 ? hot + depth : hot) === index[axis] ? on : off;
      });
    },
  },
  NonMaxSuppression: {
    infer: () => ({ type: 'int64', shape: ['?', 3] }),
    vjp: { notDifferentiable: 'it chooses boxes' },
    evaluate: ({ where }) =>
      badNode(where, 'an operator with a reference evaluation', 'NonMaxSuppression'),
  },
} satisfies OperatorRows<
  | 'Gather'
  | 'GatherElements'
  | 'GatherND'
  | 'NonMaxSuppression'
  | 'OneHot'
  | 'ScatterElements'
  | 'ScatterND'
>;
