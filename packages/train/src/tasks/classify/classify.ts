// Classification: one class for each picture (softmax), or any number of them (a yes or no for each).

import { plain } from '../../augment/recipe.ts';
import { pooled } from '../pooled.ts';
import type { Task } from '../task.ts';

/** How much of the certainty is spread over all classes, so that the network need not become ever more certain. */
const labelSmoothing = 0.1;

export const classify: Task<'classify'> = {
  // Colours are among what is drawn from; jitter on top of that teaches more slowly, and so does mixing.
  recipe: () => ({
    ...plain,
    scale: [0.8, 1.6],
    stretch: 0.15,
    shift: 1,
    flip: 'horizontal',
    trivial: true,
  }),
  targets: (g, { classCount }, batch) => ({
    classes: g.input('classes', 'float32', [batch, classCount]),
  }),
  head: (layers, maps, { classCount }) => ({
    logits: layers.linear('head/classes', pooled(layers.g, maps), classCount, { deviation: 0.01 }),
  }),
  loss: (g, { logits }, { classes }, { classCount, isMultiLabel }) => {
    const smooth = isMultiLabel
      ? g.add(g.mul(classes, 1 - labelSmoothing), labelSmoothing / 2)
      : g.add(g.mul(classes, 1 - labelSmoothing), labelSmoothing / classCount);
    const each = isMultiLabel
      ? g.sub(g.softplus(logits), g.mul(logits, smooth))
      : g.neg(g.mul(g.logSoftmax(logits), smooth));
    const rows = g.reduceSum(each, g.int64([1]), { keepdims: 0 });
    return { loss: g.reduceMean(rows, undefined, { keepdims: 0 }), parts: {} };
  },
  answers: (g, { logits }, { isMultiLabel }) => ({
    probabilities: isMultiLabel ? g.sigmoid(logits) : g.softmax(logits),
  }),
};
