// What a finished detector answers: the best boxes of each picture, after non-maximum suppression, all inside the graph.

import { type Builder, type Built, type GraphBuilder, tensorOf } from '@migaki/graph';
import type { Frame } from '../task.ts';
import { predictedCorners } from './boxes.ts';
import type { DetectHead } from './head.ts';

/** Boxes of the same class that overlap more are taken for the same object. */
const greatestOverlap = 0.6;
/** Less likely boxes are not looked at. */
const leastScore = 0.01;
export const mostAnswers = 100;

/** K answers for each picture, the best first; where there are fewer, the rest has scores of 0. */
export interface Kept {
  /** [N,K] */
  readonly scores: Built;
  /** [N,K] int64, counted from 0. */
  readonly classes: Built;
  /** [N,K] int64: the positions that they come from. */
  readonly positions: Built;
  /** [N,K,4] left, top, right, bottom; pixels of the input. */
  readonly boxes: Built;
}

export function keptAnswers(g: GraphBuilder, head: DetectHead): Kept {
  const [, classCount, positionCount] = head.classes.shape as number[];
  const { left, top, right, bottom } = predictedCorners(g, head);
  const boxes = g.transpose(g.concat([left, top, right, bottom], { axis: 1 }), { perm: [0, 2, 1] });
  const scores = g.sigmoid(head.classes);
  const limit = (value: number) => g.constant(tensorOf('float32', [1], [value]));
  // [S,3]: picture, class, position.
  const selected = g.nonMaxSuppression(
    boxes,
    scores,
    g.int64([mostAnswers]),
    limit(greatestOverlap),
    limit(leastScore),
  );
  const none = g.mul(scores, 0);
  const chosen = g.scatterND(none, selected, g.gatherND(scores, selected));
  const k = Math.min(mostAnswers, classCount * positionCount);
  const flat = g.reshape(chosen, [0, classCount * positionCount]);
  const [best, index] = g.topK(flat, g.int64([k]), { axis: 1 });
  const perClass = g.scalar(positionCount, 'int64');
  const positions = g.mod(index, perClass);
  return {
    scores: best,
    classes: g.div(index, perClass),
    positions,
    boxes: rowsAt(g, boxes, positions),
  };
}

/** Of `[N,A,E]` the rows `[N,K,E]` at positions `[N,K]`. */
export const rowsAt = (g: Builder, rows: Built, positions: Built): Built =>
  g.gatherND(rows, g.unsqueeze(positions, [2]), { batch_dims: 1 });

/** Boxes in pixels of the picture, cut at its border. */
export function boxesInPicture(g: Builder, boxes: Built, frame: Frame): Built {
  const factors = g.concat([frame.x, frame.y, frame.x, frame.y], { axis: 2 });
  const ends = g.concat([frame.width, frame.height, frame.width, frame.height], { axis: 2 });
  return g.max([g.min([g.mul(boxes, factors), ends]), g.scalar(0)]);
}
