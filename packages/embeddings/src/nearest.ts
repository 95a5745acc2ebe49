// Which vectors are the most like one: exact, by looking at all.

import { bestFew } from './best-few.ts';
import { dot, type Vectors } from './vectors.ts';

export interface Nearest {
  /** The nearest first. */
  readonly rows: Int32Array;
  /** Cosines of the angles between them and the one asked for, descending, −1 to 1. */
  readonly cosines: Float32Array;
}

/**
 * @param vectors of length 1
 * @param query one more of them, or one of their rows
 * @param most at most so many
 *
 * @example
 * const { rows } = nearest(pictures, rowOf(pictures, 7), 20);
 * rows[0]; // 7: nothing is more like it than itself
 */
export function nearest(vectors: Vectors, query: Float32Array, most: number): Nearest {
  const { values, count, dimensions } = vectors;
  const best = bestFew(Math.min(most, count));
  for (let row = 0, at = 0; row < count; row++, at += dimensions) {
    best.offer(row, dot(query, 0, values, at, dimensions));
  }
  return { rows: best.rows, cosines: best.values };
}
