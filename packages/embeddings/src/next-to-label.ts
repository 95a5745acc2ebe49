// Which pictures to label next, so that a label teaches the most: those of which a model is unsure, and which are like nothing that
// is labelled or already chosen. The most uncertain are looked at (Zhdanov 2019), and of those the one is taken, again and again,
// that lies farthest from all before it (core-set selection, Sener and Savarese 2018), distances weighted by the uncertainty.

import { randomOf } from './random.ts';
import { dot, gathered, products, rowOf, type Vectors } from './vectors.ts';

export interface NextToLabelOptions {
  /** How many to choose. */
  readonly count: number;
  /** By row, 0 to 1: how unsure a model is of it. Without them, how unlike it is alone decides. */
  readonly uncertainties?: ArrayLike<number>;
  /** By row, 1 for one that is labelled. It is not chosen, nor is what is like it. */
  readonly isLabelled: ArrayLike<number>;
  /** By row, 1 for one that may be chosen. Without them all that are not labelled. */
  readonly isCandidate?: ArrayLike<number>;
  readonly seed?: number;
}

export interface Choice {
  readonly row: number;
  /** 0 to 1; 1 of all where nobody says. */
  readonly uncertainty: number;
  /** How unlike it is to what is labelled and what was chosen before it, 0 to 1: half of 1 − cosine to the nearest. */
  readonly novelty: number;
}

/** For each that is chosen so many are looked at. */
const lookedAtPerChoice = 10;
const leastLookedAt = 2000;
/** More labelled ones cover nothing that these do not nearly cover. */
const mostLabelled = 2000;
/** What the model is quite sure of can still be unlike everything: sure models are wrong where they know nothing. */
const leastWeight = 0.05;

/**
 * The same for the same vectors and seed. Yields how much of it is done, 0 to 1.
 *
 * @param vectors of length 1
 * @returns the best first; fewer where there are not so many
 *
 * @example
 * const choices = finished(nextToLabel(vectors, { count: 50, uncertainties, isLabelled }));
 */
export function* nextToLabel(
  vectors: Vectors,
  { count, uncertainties, isLabelled, isCandidate, seed = 1 }: NextToLabelOptions,
): Generator<number, Choice[]> {
  const uncertaintyOf = (row: number) => uncertainties?.[row] ?? 1;
  const shuffled = shuffledRows(vectors.count, seed);
  const candidates = shuffled
    .filter((row) => !isLabelled[row] && (isCandidate === undefined || isCandidate[row]))
    // Stable, so that chance decides among equals.
    .sort((a, b) => uncertaintyOf(b) - uncertaintyOf(a))
    .slice(0, Math.max(leastLookedAt, lookedAtPerChoice * count));
  const labelled = shuffled.filter((row) => isLabelled[row]).slice(0, mostLabelled);
  const looked = gathered(vectors, candidates);
  const weights = Float64Array.from(candidates, (row) => leastWeight + uncertaintyOf(row));
  /** By candidate, cosine to the nearest that is labelled or chosen. */
  const nearest = new Float32Array(looked.count).fill(-1);
  const cosines = new Float32Array(looked.count);
  const cover = (vector: Float32Array) => {
    products(looked, Float64Array.from(vector), 0, looked.count, cosines);
    for (let at = 0; at < nearest.length; at++) {
      if (cosines[at] > nearest[at]) nearest[at] = cosines[at];
    }
  };
  const wanted = Math.min(count, looked.count);
  const steps = labelled.length + wanted;
  for (const [step, row] of labelled.entries()) {
    cover(rowOf(vectors, row));
    yield step / steps;
  }
  const isChosen = new Uint8Array(looked.count);
  const choices: Choice[] = [];
  while (choices.length < wanted) {
    const isFirst = labelled.length + choices.length === 0;
    let [best, greatest] = [-1, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < weights.length; at++) {
      const value = weights[at] * noveltyOf(nearest[at]);
      if (!isChosen[at] && value > greatest) [best, greatest] = [at, value];
    }
    // Where nothing is labelled all is equally new, and the most usual begins: a stray one is like nothing that follows.
    if (isFirst) best = mostUsual(looked, weights);
    isChosen[best] = 1;
    choices.push({
      row: candidates[best],
      uncertainty: uncertaintyOf(candidates[best]),
      novelty: noveltyOf(nearest[best]),
    });
    cover(rowOf(looked, best));
    yield (labelled.length + choices.length) / steps;
  }
  return choices;
}

const noveltyOf = (cosine: number): number => Math.min(1, Math.max(0, (1 - cosine) / 2));

/** Of those that are about as uncertain as any, the nearest to their mean. */
function mostUsual(vectors: Vectors, weights: Float64Array): number {
  const { count, dimensions, values } = vectors;
  const mean = new Float32Array(dimensions);
  for (let at = 0; at < values.length; at++) {
    const row = Math.floor(at / dimensions);
    mean[at % dimensions] += (values[at] * weights[row]) / count;
  }
  let [best, greatest] = [0, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    const value = weights[row] * (1 + dot(values, row * dimensions, mean, 0, dimensions));
    if (value > greatest) [best, greatest] = [row, value];
  }
  return best;
}

function shuffledRows(count: number, seed: number): number[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  const random = randomOf(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}
