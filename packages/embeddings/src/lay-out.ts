// A map in two dimensions on which what is alike lies together: UMAP (McInnes et al. 2018). Neighbours pull, others push. The
// curve is 1 / (1 + d²), as in t-SNE, which needs no powers.

import type { NeighbourGraph } from './neighbour-graph.ts';
import { principalComponents } from './principal-components.ts';
import { randomOf } from './random.ts';
import type { Vectors } from './vectors.ts';

export interface LayoutOptions {
  readonly seed?: number;
  /** Passes over the pairs of neighbours. Default: 500, fewer where there are many vectors. */
  readonly epochs?: number;
}

const pushesPerPull = 5;
const mostMoved = 4;
const startSide = 20;

/**
 * The same for the same vectors and seed. Yields how much of it is done, 0 to 1.
 *
 * @param vectors of length 1
 * @returns [count, 2], from 0 to 1, in proportion
 *
 * @example
 * const graph = finished(neighbourGraph(vectors));
 * const places = finished(layOut(vectors, graph));
 */
export function* layOut(
  vectors: Vectors,
  graph: NeighbourGraph,
  { seed = 1, epochs = vectors.count > 20_000 ? 200 : 500 }: LayoutOptions = {},
): Generator<number, Float32Array> {
  const { count } = vectors;
  const random = randomOf(seed);
  const places = startOf(vectors, random, seed);
  const { from, to, every } = pairsOf(graph);
  const due = every.slice();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs;
    for (let pair = 0; pair < from.length; pair++) {
      if (due[pair] > epoch) continue;
      due[pair] += every[pair];
      const a = 2 * from[pair];
      const b = 2 * to[pair];
      const dx = places[a] - places[b];
      const dy = places[a + 1] - places[b + 1];
      const pull = (-2 * rate) / (1 + dx * dx + dy * dy);
      const mx = clipped(pull * dx, rate);
      const my = clipped(pull * dy, rate);
      places[a] += mx;
      places[a + 1] += my;
      places[b] -= mx;
      places[b + 1] -= my;
      for (let n = 0; n < pushesPerPull; n++) {
        const c = 2 * Math.floor(random() * count);
        if (c === a) continue;
        const ex = places[a] - places[c];
        const ey = places[a + 1] - places[c + 1];
        const square = ex * ex + ey * ey;
        const push = (2 * rate) / ((0.001 + square) * (1 + square));
        places[a] += clipped(push * ex, rate);
        places[a + 1] += clipped(push * ey, rate);
      }
    }
    yield epoch / epochs;
  }
  return fitted(places);
}

const clipped = (move: number, rate: number): number =>
  Math.max(-mostMoved * rate, Math.min(mostMoved * rate, move));

/** The two principal components, and a little noise, so that equals do not lie on one another for ever. */
function startOf(vectors: Vectors, random: () => number, seed: number): Float32Array {
  const { values, count, dimensions } = principalComponents(vectors, 2, seed);
  let greatest = 1e-9;
  for (const value of values) greatest = Math.max(greatest, Math.abs(value));
  const scale = startSide / 2 / greatest;
  return Float32Array.from({ length: 2 * count }, (_, i) => {
    const axis = i % 2;
    const value = axis < dimensions ? values[(i >> 1) * dimensions + axis] : 0;
    return value * scale + (random() - 0.5) * 0.01;
  });
}

interface Pairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** In how many epochs each is pulled once. */
  readonly every: Float32Array;
}

/** Every pair of neighbours once, with how often it counts: the fuzzy union of what both say. */
function pairsOf({ count, neighbourCount, neighbours, cosines }: NeighbourGraph): Pairs {
  const weights = new Float32Array(cosines.length);
  for (let row = 0; row < count; row++) {
    const at = row * neighbourCount;
    setWeights(weights, cosines, at, neighbourCount);
  }
  const from: number[] = [];
  const to: number[] = [];
  const strengths: number[] = [];
  const weightOf = (row: number, other: number): number => {
    for (let k = row * neighbourCount; k < (row + 1) * neighbourCount; k++) {
      if (neighbours[k] === other) return weights[k];
    }
    return 0;
  };
  let greatest = 1e-9;
  for (let row = 0; row < count; row++) {
    for (let k = row * neighbourCount; k < (row + 1) * neighbourCount; k++) {
      const other = neighbours[k];
      const there = weights[k];
      const back = weightOf(other, row);
      // Where both name one another, the lower row has told of it.
      if (back > 0 && other < row) continue;
      const strength = there + back - there * back;
      from.push(row);
      to.push(other);
      strengths.push(strength);
      greatest = Math.max(greatest, strength);
    }
  }
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    every: Float32Array.from(strengths, (strength) => greatest / Math.max(strength, 1e-6)),
  };
}

/** The nearest neighbour counts as 1, the others by how much farther they are, so that all together count log₂ k. */
function setWeights(
  weights: Float32Array,
  cosines: Float32Array,
  at: number,
  length: number,
): void {
  const wanted = Math.log2(Math.max(2, length));
  const nearest = 1 - cosines[at];
  const farther = (k: number) => Math.max(0, 1 - cosines[at + k] - nearest);
  let [low, high] = [0, Infinity];
  let scale = 0.1;
  for (let step = 0; step < 32; step++) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += Math.exp(-farther(k) / scale);
    if (Math.abs(sum - wanted) < 1e-4) break;
    if (sum > wanted) high = scale;
    else low = scale;
    scale = high === Infinity ? scale * 2 : (low + high) / 2;
  }
  for (let k = 0; k < length; k++) weights[at + k] = Math.exp(-farther(k) / Math.max(scale, 1e-9));
}

/** Into the square from 0 to 1, in its middle, the longer side filling it. */
function fitted(places: Float32Array): Float32Array {
  const least = [Infinity, Infinity];
  const greatest = [-Infinity, -Infinity];
  for (let i = 0; i < places.length; i++) {
    least[i % 2] = Math.min(least[i % 2], places[i]);
    greatest[i % 2] = Math.max(greatest[i % 2], places[i]);
  }
  const side = Math.max(greatest[0] - least[0], greatest[1] - least[1], 1e-9);
  return places.map((place, i) => 0.5 + (place - (least[i % 2] + greatest[i % 2]) / 2) / side);
}
