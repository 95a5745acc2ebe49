// Detection: boxes around objects, each with a class and a score.

import type { Built, GraphBuilder } from '@migaki/graph';
import { detectionMaps, featurePyramid } from '../../networks/pyramid.ts';
import { natural } from '../recipes.ts';
import type { Task } from '../task.ts';
import { boxesInPicture, keptAnswers } from './answers.ts';
import { type DetectHead, detectHead } from './head.ts';
import { type DetectTruth, detectLoss } from './loss.ts';

export const detect: Task<'detect'> = {
  recipe: () => natural,
  targets: (g, { classCount }, batch) => detectInputs(g, classCount, batch),
  head: (layers, maps, { classCount }, { width, input }) =>
    detectHead(layers, featurePyramid(layers, detectionMaps(layers, maps, input), width), {
      classCount,
    }),
  loss: (g, head, targets, _, stop) =>
    detectLoss(g, head as DetectHead, targets as unknown as DetectTruth, stop),
  answers: (g, head, _, frame) => {
    const { boxes, scores, classes } = keptAnswers(g, head as DetectHead);
    return { boxes: boxesInPicture(g, boxes, frame), scores, classes };
  },
};

/** The inputs that `detectTargets` fills. */
export const detectInputs = (
  g: GraphBuilder,
  classCount: number,
  batch: number,
): Record<'boxes' | 'classes' | 'ignored', Built> => ({
  boxes: g.input('boxes', 'float32', [batch, 'M', 4]),
  classes: g.input('classes', 'float32', [batch, 'M', classCount]),
  ignored: g.input('ignored', 'float32', [batch, 'Q', 4]),
});
