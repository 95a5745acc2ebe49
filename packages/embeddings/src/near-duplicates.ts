import type { NeighbourGraph } from './neighbour-graph.ts';

/**
 * Groups of vectors that are nearly the same: joined by pairs whose cosine is at least `leastCosine`.
 *
 * @returns of each vector the least row of its group; −1 for one that has no near-duplicate
 */
export function nearDuplicates(graph: NeighbourGraph, leastCosine: number): Int32Array {
  const { count, neighbourCount, neighbours, cosines } = graph;
  const above = Int32Array.from({ length: count }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (above[root] !== root) root = above[root];
    // Whoever asks again is at once there.
    for (let at = row; above[at] !== root; ) [at, above[at]] = [above[at], root];
    return root;
  };
  const isOne = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    for (let k = row * neighbourCount; k < (row + 1) * neighbourCount; k++) {
      if (cosines[k] < leastCosine) break;
      const other = neighbours[k];
      isOne[row] = 1;
      isOne[other] = 1;
      const [a, b] = [rootOf(row), rootOf(other)];
      above[Math.max(a, b)] = Math.min(a, b);
    }
  }
  return Int32Array.from({ length: count }, (_, row) => (isOne[row] ? rootOf(row) : -1));
}
