// Metric learning: pictures of the same thing lie close together (ArcFace, Deng et al. 2019). What is learned is a place on
// a sphere; the centres of the identities that were learned from are left behind.

import type { Built, GraphBuilder } from '@migaki/graph';
import { pooled } from '../pooled.ts';
import { natural } from '../recipes.ts';
import type { Task } from '../task.ts';

/** How far, in radians, a picture must be nearer to its own centre than to others. */
const margin = 0.5;
const greatestScale = 64;

/**
 * How steep the softmax is: the paper's 64 for thousands of identities, less where there are few (the fixed scale of
 * AdaCos, Zhang et al. 2019, made twice as steep).
 */
const scaleFor = (classCount: number): number =>
  Math.min(greatestScale, Math.max(8, 2 * Math.SQRT2 * Math.log(Math.max(2, classCount - 1))));

export const embed: Task<'embed'> = {
  recipe: () => ({ ...natural, scale: [0.85, 1.25] }),
  targets: (g, { classCount }, batch) => ({
    classes: g.input('classes', 'float32', [batch, classCount]),
  }),
  head: (layers, maps, { classCount, dimensions }) => {
    const { g } = layers;
    const flat = layers.linear('head/embedding', pooled(g, maps), dimensions);
    return {
      embedding: unit(g, flat),
      centres: unit(g, layers.weight('head/centres', [classCount, dimensions])),
    };
  },
  loss: (g, { embedding, centres }, { classes }, { classCount }) => {
    const cosines = g.clip(
      g.matMul(embedding, g.transpose(centres, { perm: [1, 0] })),
      -0.9999,
      0.9999,
    );
    const sines = g.sqrt(g.sub(g.scalar(1), g.mul(cosines, cosines)));
    const shifted = g.sub(g.mul(cosines, Math.cos(margin)), g.mul(sines, Math.sin(margin)));
    // Past π − margin the cosine would rise again; from there on it falls in a straight line.
    const isNear = g.greater(cosines, g.scalar(Math.cos(Math.PI - margin)));
    const own = g.where(isNear, shifted, g.sub(cosines, margin * Math.sin(margin)));
    const logits = g.add(g.mul(classes, g.sub(own, cosines)), cosines);
    const likelihoods = g.logSoftmax(g.mul(logits, scaleFor(classCount)));
    const rows = g.neg(g.reduceSum(g.mul(likelihoods, classes), g.int64([1]), { keepdims: 0 }));
    return { loss: g.reduceMean(rows, undefined, { keepdims: 0 }), parts: {} };
  },
  answers: (_, { embedding }) => ({ embedding }),
};

/** Rows of length 1. */
function unit(g: GraphBuilder, x: Built): Built {
  const square = g.reduceSumSquare(x, g.int64([1]), { keepdims: 1 });
  return g.div(x, g.sqrt(g.add(square, 1e-12)));
}
