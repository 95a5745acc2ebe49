// Which positions answer for which object: task-aligned assignment (TOOD, Feng et al. 2021). For each object, the positions
// inside of it that predict it best, by class and by overlap, are its own. All of it is part of the graph.
//
// One thing differs from the paper: how much a position counts is relative to the best one of the same object, for boxes
// altogether and for class scores in part. Otherwise objects that are predicted badly, such as small ones among large ones,
// teach little, and stay badly predicted; in short trainings they are never learned at all.

import type { Builder, Built } from '@migaki/graph';
import { type Corners, cornersOf, iouOf } from './boxes.ts';

export interface AssignCall {
  /** [N,C,A] from 0 to 1. */
  readonly scores: Built;
  /** [N,1,A] each. */
  readonly predicted: Corners;
  /** [1,1,A] each, pixels of the input. */
  readonly x: Built;
  readonly y: Built;
  /** From one position of the finest map to the next, pixels: an object that lies between positions has those around it. */
  readonly reach: number;
  /** [N,M,4]; rows of zeros fill it up. */
  readonly boxes: Built;
  /** [N,M,C] 1 at the class of an object; rows of zeros fill it up. */
  readonly classes: Built;
}

export interface Assignment {
  /** [N,C,A] from 0 to 1: what the class scores are to become. */
  readonly classTargets: Built;
  /** [N,1,A] from 0 to 1: how much a position's box counts; 0 where it answers for no object. */
  readonly weights: Built;
  /** [N,1,A] each: the box of the object that a position answers for; zeros where it answers for none. */
  readonly boxes: Corners;
  /** [N,M,A] from 0 to 1: how much a position counts for an object. */
  readonly shares: Built;
}

/** How many positions may answer for one object. */
const positionsPerObject = 10;
/** How much the best score of an object is to say how well its box lies: 0 not at all, 1 as much as the IoU itself. */
const overlapPower = 0.5;
/** Below the sixth power of any overlap, so that what is predicted badly is not taken for nothing. */
const epsilon = 1e-24;

export function assign(g: Builder, call: AssignCall): Assignment {
  const { x, y, predicted, boxes, classes, scores } = call;
  const truth = cornersOf(g, boxes, 2);
  const number = (condition: Built) => g.cast(condition, { to: 'float32' });
  const isInside = number(
    g.and(
      isWithin(g, x, truth.left, truth.right, call.reach),
      isWithin(g, y, truth.top, truth.bottom, call.reach),
    ),
  );
  const iou = g.mul(iouOf(g, predicted, truth), isInside);
  const square = g.mul(iou, iou);
  const alignment = g.mul(g.mul(square, g.mul(square, square)), g.matMul(classes, scores));

  const k = Math.min(positionsPerObject, x.shape?.[2] as number);
  const [best] = g.topK(alignment, g.int64([k]), { axis: 2 });
  const least = g.max([g.slice(best, [k - 1], [k], [2]), g.scalar(epsilon)]);
  const isChosen = number(g.greaterOrEqual(alignment, least));
  // A position that several objects want is that of the one it overlaps most.
  const chosenIou = g.mul(iou, isChosen);
  const most = g.reduceMax(chosenIou, g.int64([1]), { keepdims: 1 });
  const mask = g.mul(isChosen, number(g.greaterOrEqual(chosenIou, most)));

  const own = g.mul(alignment, mask);
  const bestOf = (values: Built) => g.reduceMax(values, g.int64([2]), { keepdims: 1 });
  const shares = g.div(own, g.add(bestOf(own), epsilon));
  const quality = g.pow(g.add(bestOf(g.mul(iou, mask)), epsilon), overlapPower);
  const turned = (values: Built) => g.transpose(values, { perm: [0, 2, 1] });
  return {
    classTargets: g.matMul(turned(classes), g.mul(shares, quality)),
    weights: g.reduceSum(shares, g.int64([1]), { keepdims: 1 }),
    boxes: cornersOf(g, g.matMul(turned(boxes), mask), 1),
    shares,
  };
}

/** Whether positions lie between two sides, or less than half of `reach` from the middle between them. */
function isWithin(g: Builder, at: Built, from: Built, to: Built, reach: number): Built {
  const middle = g.mul(g.add(from, to), 0.5);
  return g.and(
    g.greater(at, g.min([from, g.sub(middle, reach / 2)])),
    g.less(at, g.max([to, g.add(middle, reach / 2)])),
  );
}
