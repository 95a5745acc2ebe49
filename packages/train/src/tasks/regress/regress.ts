// Regression: a number for each picture, such as a score of its shape.

import { pooled } from '../pooled.ts';
import { natural } from '../recipes.ts';
import type { Task } from '../task.ts';

export const regress: Task<'regress'> = {
  recipe: () => ({ ...natural, scale: [0.9, 1.15] }),
  targets: (g, _, batch) => ({
    values: g.input('values', 'float32', [batch, 1]),
    known: g.input('known', 'float32', [batch, 1]),
  }),
  head: (layers, maps) => ({
    value: layers.linear('head/value', pooled(layers.g, maps), 1, { deviation: 0.01 }),
  }),
  // Huber's loss with its bend at one deviation: an outlier pulls no harder than it is far.
  loss: (g, { value }, { values, known }) => {
    const distance = g.abs(g.sub(value, values));
    const near = g.min([distance, g.scalar(1)]);
    const each = g.mul(near, g.sub(distance, g.mul(near, 0.5)));
    const total = g.reduceSum(g.mul(each, known), undefined, { keepdims: 0 });
    const count = g.max([g.reduceSum(known, undefined, { keepdims: 0 }), g.scalar(1)]);
    return { loss: g.div(total, count), parts: {} };
  },
  answers: (g, { value }, { mean, deviation }) => ({
    value: g.add(g.mul(value, deviation), mean),
  }),
};
