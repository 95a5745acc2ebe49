// What a detector is to make small: wrong class scores (quality focal loss, Li et al. 2020) and badly placed boxes.

import type { Builder, Built, GraphBuilder } from '@migaki/graph';
import type { Loss, Stop, Values } from '../task.ts';
import { type Assignment, assign } from './assign.ts';
import { cornersOf, giouOf, predictedCorners } from './boxes.ts';
import { type DetectHead, finestStride } from './head.ts';

const boxGain = 2;

/** What `detectTargets` fills. */
export interface DetectTruth {
  /** [N,M,4] */
  readonly boxes: Built;
  /** [N,M,C] */
  readonly classes: Built;
  /** [N,Q,4] regions in which a score is no mistake. */
  readonly ignored: Built;
}

export function detectLoss(
  g: GraphBuilder,
  head: DetectHead,
  truth: DetectTruth,
  stop: Stop,
): Loss & { assignment: Assignment; objectWeight: Built } {
  const predicted = predictedCorners(g, head);
  const scores = stop(g.sigmoid(head.classes));
  const assignment = assign(g, {
    scores,
    predicted: {
      left: stop(predicted.left),
      top: stop(predicted.top),
      right: stop(predicted.right),
      bottom: stop(predicted.bottom),
    },
    x: head.x,
    y: head.y,
    reach: finestStride,
    boxes: truth.boxes,
    classes: truth.classes,
  });
  const { classTargets, weights, boxes } = assignment;
  const sum = (x: Built) => g.reduceSum(x, undefined, { keepdims: 0 });
  const objectWeight = g.max([sum(weights), g.scalar(1)]);

  // Binary cross-entropy, softplus(x) − x·t, the less of it the nearer the score already is.
  const crossEntropy = g.sub(g.softplus(head.classes), g.mul(head.classes, classTargets));
  const distance = stop(g.abs(g.sub(scores, classTargets)));
  const counted = g.mul(distance, countingPositions(g, head, truth.ignored, weights));
  const classLoss = g.div(sum(g.mul(crossEntropy, counted)), objectWeight);
  const misplaced = g.sub(g.scalar(1), giouOf(g, predicted, boxes));
  const boxLoss = g.div(sum(g.mul(weights, misplaced)), objectWeight);
  return {
    loss: g.add(classLoss, g.mul(boxLoss, boxGain)),
    parts: { class_loss: classLoss, box_loss: boxLoss },
    assignment,
    objectWeight,
  };
}

/** [N,1,A] 0 for positions in an ignored region that answer for no object, else 1. */
function countingPositions(g: Builder, head: Values, ignored: Built, weights: Built): Built {
  const { left, top, right, bottom } = cornersOf(g, ignored, 2);
  const nearestSide = g.min([
    g.sub(head.x, left),
    g.sub(right, head.x),
    g.sub(head.y, top),
    g.sub(bottom, head.y),
  ]);
  const deepest = g.reduceMax(nearestSide, g.int64([1]), { keepdims: 1 });
  const isFree = g.lessOrEqual(deepest, g.scalar(0));
  const answers = g.greater(weights, g.scalar(0));
  return g.cast(g.or(isFree, answers), { to: 'float32' });
}
