// Whole numbers that stand for real ones: `(x - zero point) · scale`, for a whole tensor or for each slice of one axis.

import type { NdArray } from './nd-array.ts';
import { badNode, frontAxis, type OperatorRows, vjpOfNothing } from './operator.ts';

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
      const isPerAxis = scale.shape.length === 1;
      const at = isPerAxis ? frontAxis(axis, x.shape.length, where) : 0;
      const step = isPerAxis ? x.shape.slice(at + 1).reduce((a, b) => a * b, 1) : 1;
      const slice = (i: number) => (isPerAxis ? Math.floor(i / step) % scale.data.length : 0);
      const data = x.data.map(
        (value, i) => (value - (zero?.data[slice(i)] ?? 0)) * scale.data[slice(i)],
      );
      return { type: scale.type, shape: x.shape, data };
    },
  },
} satisfies OperatorRows<'DequantizeLinear'>;
