// Which vectors are the most like one: exact, by looking at all.

import { bestFew } from './best-few.ts';
import { products, type Vectors } from './vectors.ts';

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
  const { count } = vectors;
  const best = bestFew(Math.min(most, count));
  const cosines = new Float32Array(count);
  products(vectors, Float64Array.from(query), 0, count, cosines);
  for (let row = 0; row < count; row++) best.offer(row, cosines[row]);
  return { rows: best.rows, cosines: best.values };
}
