// Operators that trade channels for pixels: sub-pixel convolution and its inverse.

import { type Dim, floorDivideDims, multiplyDims, quotientOf, type Shape } from '../ir/dim.ts';
import { reshaped, transposed } from './nd-array.ts';
import { badNode, type OperatorRows } from './operator.ts';
import { knownSize } from './sizes.ts';

const fourDims = (shape: Shape, where: string): readonly [Dim, Dim, Dim, Dim] =>
  shape.length === 4
    ? [shape[0], shape[1], shape[2], shape[3]]
    : badNode(where, 'a tensor of 4 dimensions', `[${shape}]`);

/** As DepthToSpace is defined: the block's two axes stand before (DCR) or after (CRD) the channels. */
const depthToSpacePerm = (mode: string) =>
  mode === 'CRD' ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
const depthToSpaceSplit = (
  mode: string,
  n: number,
  depth: number,
  h: number,
  w: number,
  b: number,
) => (mode === 'CRD' ? [n, depth, b, b, h, w] : [n, b, b, depth, h, w]);

export const blocks = {
  DepthToSpace: {
    infer: ({ inputs: [x], attributes: { blocksize }, where }) => {
      const [n, c, h, w] = fourDims(x.shape, where);
      const depth =
        quotientOf([c], [blocksize * blocksize]) ??
        badNode(where, `channels in blocks of ${blocksize ** 2}`, `${c}`);
      return {
        type: x.type,
        shape: [n, depth, multiplyDims(h, blocksize), multiplyDims(w, blocksize)],
      };
    },
    vjp: (g, { inputs: [x], cotangent, attributes: { blocksize, mode }, where }) => {
      const backwards = g.spaceToDepth(cotangent, { blocksize });
      if (mode !== 'CRD') return [backwards];
      // SpaceToDepth puts the block before the channels (DCR); CRD has it behind them.
      const [c, h, w] = [1, 2, 3].map((axis) => knownSize(x, axis, where));
      const split = g.reshape(backwards, [0, blocksize ** 2, c / blocksize ** 2, h, w]);
      return [g.reshape(g.transpose(split, { perm: [0, 2, 1, 3, 4] }), g.shape(x))];
    },
    evaluate: ({ inputs: [x], attributes: { blocksize: b, mode } }) => {
      const [n, c, h, w] = x.shape;
      const split = reshaped(x, depthToSpaceSplit(mode, n, c / b / b, h, w, b));
      const moved = transposed(split, depthToSpacePerm(mode));
      return reshaped(moved, [n, c / b / b, h * b, w * b]);
    },
  },
  SpaceToDepth: {
    infer: ({ inputs: [x], attributes: { blocksize: b }, where }) => {
      const [n, c, h, w] = fourDims(x.shape, where);
      return {
        type: x.type,
        shape: [n, multiplyDims(c, b * b), floorDivideDims(h, b), floorDivideDims(w, b)],
      };
    },
    vjp: (g, { cotangent, attributes: { blocksize } }) => [
      g.depthToSpace(cotangent, { blocksize }),
    ],
    evaluate: ({ inputs: [x], attributes: { blocksize: b } }) => {
      const [n, c, h, w] = x.shape;
      const split = reshaped(x, [n, c, h / b, b, w / b, b]);
      return reshaped(transposed(split, [0, 3, 5, 1, 2, 4]), [n, c * b * b, h / b, w / b]);
    },
  },
} satisfies OperatorRows<'DepthToSpace' | 'SpaceToDepth'>;
