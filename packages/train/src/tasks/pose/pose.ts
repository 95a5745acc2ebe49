// Pose: a detector whose positions also say where the keypoints of their object are, and how likely each can be seen.

import { type Built, type GraphBuilder, tensorOf } from '@migaki/graph';
import { detectionMaps, featurePyramid } from '../../networks/pyramid.ts';
import { boxesInPicture, keptAnswers, rowsAt } from '../detect/answers.ts';
import { detectInputs } from '../detect/detect.ts';
import { type DetectHead, detectHead } from '../detect/head.ts';
import { type DetectTruth, detectLoss } from '../detect/loss.ts';
import { natural } from '../recipes.ts';
import type { Task, Values } from '../task.ts';
import type { PlanOf } from '../task-plan.ts';

/** Keypoints of an object are learned at this many of its positions, the best ones. */
const positionsPerObject = 5;
const keypointGain = 1;
const visibilityGain = 0.2;

export const pose: Task<'pose'> = {
  recipe: () => natural,
  targets: (g, { classCount, keypointCount }, batch) => ({
    ...detectInputs(g, classCount, batch),
    keypoints: g.input('keypoints', 'float32', [batch, 'M', 3, keypointCount]),
  }),
  head: (layers, maps, { classCount, keypointCount }, { width, input }) => {
    const pyramid = featurePyramid(layers, detectionMaps(layers, maps, input), width);
    const extras = { offsets: 2 * keypointCount, visibility: keypointCount };
    return detectHead(layers, pyramid, { classCount, extras });
  },
  loss: (g, head, targets, plan, stop) => {
    const found = detectLoss(g, head as DetectHead, targets as unknown as DetectTruth, stop);
    const parts = keypointLoss(g, head, targets, plan, stop(found.assignment.shares));
    return {
      loss: g.add(found.loss, g.add(parts.keypoint_loss, parts.visibility_loss)),
      parts: { ...found.parts, ...parts },
    };
  },
  answers: (g, head, plan, frame) => {
    const { boxes, scores, classes, positions } = keptAnswers(g, head as DetectHead);
    const { x, y, visibility } = keypointsAt(g, head, plan, positions);
    const columns = [g.mul(x, frame.x), g.mul(y, frame.y), g.sigmoid(visibility)];
    return {
      boxes: boxesInPicture(g, boxes, frame),
      scores,
      classes,
      keypoints: g.concat(
        columns.map((column) => g.unsqueeze(column, [3])),
        { axis: 3 },
      ),
    };
  },
};

/** [N,K,J] each: where the keypoints of positions [N,K] are (pixels of the input), and logits of their visibility. */
function keypointsAt(
  g: GraphBuilder,
  head: Values,
  { keypointCount }: PlanOf<'pose'>,
  positions: Built,
): { x: Built; y: Built; visibility: Built } {
  const at = (values: Built) => rowsAt(g, g.transpose(values, { perm: [0, 2, 1] }), positions);
  // Positions are the same for all pictures, so they are looked up in a list: [1,1,A] → [N,K,1].
  const place = (values: Built) =>
    g.unsqueeze(g.gather(g.reshape(values, [-1]), positions, { axis: 0 }), [2]);
  const stride = place(head.strides);
  const [dx, dy] = g.split(at(head.offsets), [keypointCount, keypointCount], { axis: 2 });
  // An offset of 1 is four strides: objects are several positions wide.
  const reach = g.mul(stride, 4);
  return {
    x: g.add(g.mul(dx, reach), place(head.x)),
    y: g.add(g.mul(dy, reach), place(head.y)),
    visibility: at(head.visibility),
  };
}

/**
 * How far keypoints are off, in COCO's measure: e = d² / (2 · area · (2σ)²), of which the similarity is exp(−e). The
 * logarithm of 1 + e has the same slope nearby, and one that does not vanish far away.
 */
function keypointLoss(
  g: GraphBuilder,
  head: Values,
  targets: Values,
  plan: PlanOf<'pose'>,
  shares: Built,
): { keypoint_loss: Built; visibility_loss: Built } {
  const { keypointCount, sigmas } = plan;
  const [share, best] = g.topK(shares, g.int64([positionsPerObject]), { axis: 2 });
  const { x, y, visibility } = keypointsAt(g, head, plan, g.reshape(best, [0, -1]));
  const apart = (values: Built) => g.reshape(values, [0, -1, positionsPerObject, keypointCount]);
  const [trueX, trueY, seen] = g.split(targets.keypoints, undefined, { axis: 2, num_outputs: 3 });
  const [left, top, right, bottom] = g.split(g.unsqueeze(targets.boxes, [3]), undefined, {
    axis: 2,
    num_outputs: 4,
  });
  const area = g.add(g.mul(g.sub(right, left), g.sub(bottom, top)), 1);
  const variances = g.constant(
    tensorOf(
      'float32',
      [1, 1, 1, keypointCount],
      sigmas.map((sigma) => 2 * (2 * sigma) ** 2),
    ),
  );
  const square = (a: Built, b: Built) => {
    const distance = g.sub(apart(a), b);
    return g.mul(distance, distance);
  };
  const error = g.div(g.add(square(x, trueX), square(y, trueY)), g.mul(area, variances));
  const isUsed = g.cast(g.greater(g.unsqueeze(share, [3]), g.scalar(0)), { to: 'float32' });
  const isSeen = g.cast(g.greater(seen, g.scalar(0)), { to: 'float32' });
  const total = (values: Built) => g.reduceSum(values, undefined, { keepdims: 0 });
  const mean = (values: Built, weights: Built) =>
    g.div(total(g.mul(values, weights)), g.max([total(weights), g.scalar(1)]));
  const logits = apart(visibility);
  const unsure = g.sub(g.softplus(logits), g.mul(logits, isSeen));
  const hasPose = g.reduceMax(isSeen, g.int64([3]), { keepdims: 1 });
  // Broadcast to all keypoints, so that the mean is one over them.
  const usedPoses = g.mul(g.mul(isUsed, hasPose), g.add(g.mul(isSeen, 0), 1));
  return {
    keypoint_loss: g.mul(mean(g.log(g.add(error, 1)), g.mul(isUsed, isSeen)), keypointGain),
    visibility_loss: g.mul(mean(unsure, usedPoses), visibilityGain),
  };
}
