// How unlike each vector is to the others of its group: an object among those of its category.

import { neighbourGraph } from './neighbour-graph.ts';
import { outlierScores } from './outlier-scores.ts';
import { gathered, type Vectors } from './vectors.ts';

/**
 * As `outlierScores`, but only the others of the same group are looked at: one that lies among those of another group is far
 * from its own. Yields how much of it is done, 0 to 1.
 *
 * @param groups by row
 * @returns [count]; 0 for one that is alone in its group
 *
 * @example
 * const scores = finished(outlierScoresByGroup(vectors, categoryIds));
 */
export function* outlierScoresByGroup(
  vectors: Vectors,
  groups: readonly unknown[],
): Generator<number, Float32Array> {
  const scores = new Float32Array(vectors.count);
  const rowsOf = Map.groupBy(scores.keys(), (row) => groups[row]);
  let doneCount = 0;
  for (const rows of rowsOf.values()) {
    const steps = neighbourGraph(gathered(vectors, rows));
    for (;;) {
      const step = steps.next();
      if (step.done) {
        for (const [at, score] of outlierScores(step.value).entries()) scores[rows[at]] = score;
        break;
      }
      yield (doneCount + step.value * rows.length) / vectors.count;
    }
    doneCount += rows.length;
  }
  return scores;
}
