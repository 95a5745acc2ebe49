// Whole numbers that stand for real ones, `(x - zero point) · scale`, and products of them.

import { convolution } from './convolution.ts';
import { roundHalfToEven } from './elementwise-unary.ts';
import type { NdArray } from './nd-array.ts';
import { badNode, frontAxis, type OperatorRows, vjpOfNothing } from './operator.ts';
import { products } from './products.ts';

/** The same values as a floating-point array, less a zero point; `axis` has one for each slice. */
function shifted(x: NdArray, zero: NdArray | undefined, axis: number): NdArray {
  const slice = sliceOf(x.shape, zero?.shape ?? [], axis);
  return {
    type: 'float32',
    shape: x.shape,
    data: x.data.map((value, i) => value - (zero?.data[slice(i)] ?? 0)),
  };
}

/** Which entry of a list belongs to element `i`: one for each position along `axis`, or one for all. */
function sliceOf(shape: readonly number[], list: readonly number[], axis: number) {
  if (list.length === 0 || list[0] === 1) return () => 0;
  const step = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return (i: number) => Math.floor(i / step) % list[0];
}

const notDifferentiable = 'it computes with whole numbers';

export const quantisation = {
  DequantizeLinear: {
    infer: ({ inputs: [x, scale], attributes: { axis }, where }) => {
      if (scale.shape.length > 1) badNode(where, 'a scale or a list of them', `[${scale.shape}]`);
      if (scale.shape.length === 1) frontAxis(axis, x.shape.length, where);
      return { type: scale.type, shape: x.shape };
    },
    // No gradient flows into whole numbers, and a scale that is to be learned is a Mul.
    vjp: vjpOfNothing,
    evaluate: ({ inputs: [x, scale, zero], attributes: { axis }, where }): NdArray => {
      const at = scale.shape.length === 1 ? frontAxis(axis, x.shape.length, where) : 0;
      const slice = sliceOf(x.shape, scale.shape, at);
      const { data } = shifted(x, zero, at);
      return {
        type: scale.type,
        shape: x.shape,
        data: data.map((value, i) => value * scale.data[slice(i)]),
      };
    },
  },
  DynamicQuantizeLinear: {
    infer: ({ inputs: [x] }) => [
      { type: 'uint8' as const, shape: x.shape },
      { type: 'float32' as const, shape: [] },
      { type: 'uint8' as const, shape: [] },
    ],
    vjp: { notDifferentiable: 'it rounds to whole numbers' },
    evaluate: ({ inputs: [x] }): NdArray[] => {
      const least = x.data.reduce((a, b) => Math.min(a, b), 0);
      const greatest = x.data.reduce((a, b) => Math.max(a, b), 0);
      const scale = Math.fround((Math.fround(greatest) - Math.fround(least)) / 255);
      const zero = scale === 0 ? 0 : Math.min(255, Math.max(0, roundHalfToEven(-least / scale)));
      const scalar = (type: 'float32' | 'uint8', value: number): NdArray => ({
        type,
        shape: [],
        data: Float64Array.of(value),
      });
      return [
        {
          type: 'uint8',
          shape: x.shape,
          data: x.data.map((value) =>
            Math.min(255, Math.max(0, (scale === 0 ? 0 : roundHalfToEven(value / scale)) + zero)),
          ),
        },
        scalar('float32', scale),
        scalar('uint8', zero),
      ];
    },
  },
  ConvInteger: {
    infer: (call) => {
      const [x, w] = call.inputs;
      return {
        ...convolution.Conv.infer({ ...call, inputs: [x, w, undefined] }),
        type: 'int32' as const,
      };
    },
    vjp: { notDifferentiable },
    evaluate: (call): NdArray => {
      const [x, w, xZero, wZero] = call.inputs;
      const inputs = [shifted(x, xZero, 0), shifted(w, wZero, 0), undefined] as const;
      return { ...convolution.Conv.evaluate({ ...call, inputs }), type: 'int32' };
    },
  },
  MatMulInteger: {
    infer: (call) => {
      const [a, b] = call.inputs;
      return {
        ...products.MatMul.infer({ ...call, inputs: [a, b], attributes: {} }),
        type: 'int32' as const,
      };
    },
    vjp: { notDifferentiable },
    evaluate: (call): NdArray => {
      const [a, b, aZero, bZero] = call.inputs;
      const inputs = [
        shifted(a, aZero, a.shape.length - 2),
        shifted(b, bZero, b.shape.length - 1),
      ] as const;
      return { ...products.MatMul.evaluate({ ...call, inputs, attributes: {} }), type: 'int32' };
    },
  },
} satisfies OperatorRows<
  'ConvInteger' | 'DequantizeLinear' | 'DynamicQuantizeLinear' | 'MatMulInteger'
>;
