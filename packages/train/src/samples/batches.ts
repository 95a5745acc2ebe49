// Which pictures come in which batch. A batch is a function of its number, so a run that goes on after a crash meets the
// same ones.

import type { Recipe } from '../augment/recipe.ts';
import type { BatchItem } from '../loader/batch.ts';
import { randomOf, streams } from '../random/random.ts';
import type { LabelledPicture } from './training-set.ts';

export interface BatchesOptions {
  readonly pictures: readonly LabelledPicture[];
  /** How often each picture comes in an epoch, beside the others; see `repeatFactors`. */
  readonly weights: readonly number[];
  /** Whether a picture takes part in an epoch; where left out, all do. */
  readonly takesPart?: (picture: LabelledPicture, epoch: number) => boolean;
  readonly batchSize: number;
  readonly seed: number;
  /** In how many variants each picture comes; where left out, in another one each time. */
  readonly variants?: number;
}

export interface Batches {
  readonly stepsPerEpoch: number;
  /** The rows of a batch, counted from 0 over the whole run. */
  itemsOf(batch: number, recipe: Recipe): BatchItem[];
}

export function batchesOf({
  pictures,
  weights,
  takesPart = () => true,
  batchSize,
  seed,
  variants,
}: BatchesOptions): Batches {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const stepsPerEpoch = Math.max(1, Math.round(total / batchSize));
  const perEpoch = stepsPerEpoch * batchSize;
  let current: { epoch: number; order: Int32Array } = { epoch: -1, order: new Int32Array() };
  const orderOf = (epoch: number): Int32Array => {
    if (current.epoch !== epoch) {
      const present = weights.map((weight, i) => (takesPart(pictures[i], epoch) ? weight : 0));
      current = { epoch, order: drawnOrder(present, perEpoch, seed, epoch) };
    }
    return current.order;
  };
  return {
    stepsPerEpoch,
    itemsOf(batch, recipe) {
      const order = orderOf(Math.floor(batch / stepsPerEpoch));
      return Array.from({ length: batchSize }, (_, i) => {
        const place = batch * batchSize + i;
        const index = order[place % perEpoch];
        const key = variants === undefined ? place : index * variants + variantAt(place, variants);
        return { key, pictures: [pictures[index], ...partners(key, recipe)] };
      });
    },
  };

  function variantAt(place: number, count: number): number {
    return randomOf(seed, streams.variants, place).integer(0, count - 1);
  }

  function partners(key: number, { mosaic, mix }: Recipe): LabelledPicture[] {
    const random = randomOf(seed, streams.partners, key);
    const count = random.chance(mosaic) ? 3 : random.chance(mix) ? 1 : 0;
    return Array.from({ length: count }, () => random.pick(pictures));
  }
}

/**
 * An epoch: `count` pictures, each as often as its weight says to within one, in random order. The weights are laid end to
 * end and read off at even distances.
 */
function drawnOrder(
  weights: readonly number[],
  count: number,
  seed: number,
  epoch: number,
): Int32Array {
  const random = randomOf(seed, streams.order, epoch);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const step = total / count;
  const order = new Int32Array(count);
  // In an order of its own each time, so that other pictures are rounded up.
  const lying = shuffled(
    Int32Array.from(weights, (_, i) => i),
    random,
  );
  let next = random.uniform() * step;
  let end = 0;
  let filled = 0;
  for (const index of lying) {
    end += weights[index];
    for (; next < end && filled < count; next += step) order[filled++] = index;
  }
  // What rounding left over.
  while (filled < count) order[filled] = order[filled++ - 1];
  return shuffled(order, random);
}

/** In place: Fisher and Yates. */
function shuffled(list: Int32Array, random: { integer(low: number, high: number): number }) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

/** Classes in fewer than this share of the pictures come more often. */
const rareShare = 0.1;

/**
 * How often pictures come so that rare classes are seen: by the square root of how much rarer than `rareShare` the rarest of
 * their classes is (LVIS, Gupta et al. 2019). 1 for most, at most `most`.
 */
export function repeatFactors(
  classesOf: readonly ReadonlySet<number>[],
  { share = rareShare, most = 10 } = {},
): number[] {
  const counts = new Map<number, number>();
  for (const classes of classesOf) {
    for (const one of classes) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const factorOf = (one: number) =>
    Math.sqrt((share * classesOf.length) / (counts.get(one) as number));
  return classesOf.map((classes) =>
    Math.min(most, Math.max(1, ...[...classes].map((one) => factorOf(one)))),
  );
}
