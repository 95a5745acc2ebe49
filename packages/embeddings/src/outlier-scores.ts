import type { NeighbourGraph } from './neighbour-graph.ts';

/**
 * How far each vector is from the rest: the mean distance 1 − cosine to its nearest neighbours, 0 to 2 (Ramaswamy et al. 2000,
 * with the mean in place of the last, so that one pair of twins far out is still far out). 0 where there are no others.
 *
 * @returns [count]
 */
export function outlierScores({ count, neighbourCount, cosines }: NeighbourGraph): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < neighbourCount; k++) sum += 1 - cosines[row * neighbourCount + k];
    return neighbourCount === 0 ? 0 : Math.max(0, sum / neighbourCount);
  });
}
