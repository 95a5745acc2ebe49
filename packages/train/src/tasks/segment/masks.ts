// Masks of objects: how they are mixed, how far they are from the true ones, and what of them lies in their box.

import { type Builder, type Built, type GraphBuilder, tensorOf } from '@migaki/graph';
import { rowsAt } from '../detect/answers.ts';
import { cornersOf } from '../detect/boxes.ts';
import type { Values } from '../task.ts';
import { maskStride, mostMasks } from './targets.ts';

/** The mask of an object is learned at this many of its positions, the best ones. */
const positionsPerMask = 2;
const maskGain = 2;

/** Logits [N,K,H/4,W/4] of the masks of positions [N,K]. */
export function mixedMasks(g: GraphBuilder, { mix, prototypes }: Values, positions: Built): Built {
  const [, count, height, width] = prototypes.shape as number[];
  const weights = rowsAt(g, g.transpose(mix, { perm: [0, 2, 1] }), positions);
  const masks = g.matMul(weights, g.reshape(prototypes, [0, count, height * width]));
  return g.reshape(masks, [0, positions.shape?.[1] as number, height, width]);
}

/**
 * Within the true box of each object: the mean binary cross-entropy, and how much less than twice the overlap the two masks
 * have in common (Dice), which counts small objects as much as large ones.
 *
 * @param shares [N,M,A] how much each position answers for each object
 */
export function maskLoss(g: GraphBuilder, head: Values, targets: Values, shares: Built): Built {
  const { masks, mask_rows: rows, has_mask: hasMask, boxes } = targets;
  const [share, best] = g.topK(rowsAt(g, shares, rows), g.int64([positionsPerMask]), { axis: 2 });
  const logits = mixedMasks(g, head, g.reshape(best, [0, mostMasks * positionsPerMask]));
  const [, , height, width] = logits.shape as number[];
  const apart = g.reshape(logits, [0, mostMasks, positionsPerMask, height, width]);
  const truth = g.unsqueeze(g.cast(masks, { to: 'float32' }), [2]);
  const inside = g.unsqueeze(insideOf(g, rowsAt(g, boxes, rows), height, width), [2]);
  const sum = (x: Built) => g.reduceSum(x, g.int64([3, 4]), { keepdims: 0 });

  const crossEntropy = g.sub(g.softplus(apart), g.mul(apart, truth));
  const area = g.max([sum(inside), g.scalar(1)]);
  const wrong = g.div(sum(g.mul(crossEntropy, inside)), area);
  const likely = g.mul(g.sigmoid(apart), inside);
  const common = g.add(g.mul(sum(g.mul(likely, truth)), 2), 1);
  const both = g.add(g.add(sum(likely), sum(g.mul(truth, inside))), 1);
  const apartness = g.sub(g.scalar(1), g.div(common, both));

  const isUsed = g.cast(g.greater(share, g.scalar(0)), { to: 'float32' });
  const weight = g.mul(isUsed, g.unsqueeze(hasMask, [2]));
  const total = (x: Built) => g.reduceSum(x, undefined, { keepdims: 0 });
  const count = g.max([total(weight), g.scalar(1)]);
  return g.mul(g.div(total(g.mul(g.add(wrong, apartness), weight)), count), maskGain);
}

/** Masks [N,K,h,w] with nothing outside of their boxes [N,K,4], which are in pixels of the input. */
export function croppedTo(g: GraphBuilder, masks: Built, boxes: Built): Built {
  const [, , height, width] = masks.shape as number[];
  return g.mul(masks, insideOf(g, boxes, height, width));
}

/** [N,K,h,w] 1 for mask pixels whose middle lies in the box, else 0. */
function insideOf(g: Builder, boxes: Built, height: number, width: number): Built {
  const middles = (count: number, shape: number[]) =>
    g.constant(
      tensorOf(
        'float32',
        shape,
        Float32Array.from({ length: count }, (_, i) => (i + 0.5) * maskStride),
      ),
    );
  const { left, top, right, bottom } = cornersOf(g, g.unsqueeze(boxes, [3]), 2);
  const within = (at: Built, from: Built, to: Built) =>
    g.and(g.greaterOrEqual(at, from), g.less(at, to));
  const columns = within(middles(width, [1, 1, 1, width]), left, right);
  const rows = within(middles(height, [1, 1, height, 1]), top, bottom);
  return g.cast(g.and(columns, rows), { to: 'float32' });
}
