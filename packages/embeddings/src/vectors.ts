// Many vectors in one block, row after row: what a processor goes through fastest.

export interface Vectors {
  readonly count: number;
  readonly dimensions: number;
  /** [count, dimensions] */
  readonly values: Float32Array;
}

/** @param values [count, dimensions]; not copied */
export const vectorsOf = (values: Float32Array, dimensions: number): Vectors => ({
  count: dimensions === 0 ? 0 : values.length / dimensions,
  dimensions,
  values,
});

/** One of them, as a view. */
export const rowOf = ({ values, dimensions }: Vectors, row: number): Float32Array =>
  values.subarray(row * dimensions, (row + 1) * dimensions);

/** Some of them, as a copy. */
export function gathered(vectors: Vectors, rows: readonly number[]): Vectors {
  const { dimensions } = vectors;
  const values = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) values.set(rowOf(vectors, row), at * dimensions);
  return { count: rows.length, dimensions, values };
}

/**
 * Each of length 1, so that a product of two is the cosine of the angle between them.
 *
 * Features behind a ReLU are never negative, and all point more or less the same way. What is common to all says nothing of
 * any, so their mean is taken away first. One that is the mean itself stays 0, and is like no other.
 *
 * @example
 * normalised(vectorsOf(Float32Array.of(1, 0, 0, 1), 2)).values; // about [0.7, −0.7, −0.7, 0.7]
 */
export function normalised({ values, count, dimensions }: Vectors): Vectors {
  const mean = new Float64Array(dimensions);
  for (let at = 0; at < values.length; at += dimensions) {
    for (let d = 0; d < dimensions; d++) mean[d] += values[at + d];
  }
  for (let d = 0; d < dimensions; d++) mean[d] /= count;
  const made = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += dimensions) {
    let square = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = values[at + d] - mean[d];
      made[at + d] = value;
      square += value * value;
    }
    const factor = square < 1e-12 ? 0 : 1 / Math.sqrt(square);
    for (let d = 0; d < dimensions; d++) made[at + d] *= factor;
  }
  return { values: made, count, dimensions };
}

/** Of `length` values of `a` from `i` on with those of `b` from `j` on. Four sums at once keep a processor's units busy. */
export function dot(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  length: number,
): number {
  let w = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  let d = 0;
  for (; d + 3 < length; d += 4) {
    w += a[i + d] * b[j + d];
    x += a[i + d + 1] * b[j + d + 1];
    y += a[i + d + 2] * b[j + d + 2];
    z += a[i + d + 3] * b[j + d + 3];
  }
  for (; d < length; d++) w += a[i + d] * b[j + d];
  return w + x + (y + z);
}

/**
 * Of one vector with the rows from `from` to `to`, into `made` from its beginning on. Four rows at once, so that each value of the
 * one is fetched once for four.
 *
 * @param query of double precision, which spares a conversion with every product
 */
export function products(
  { values, dimensions }: Vectors,
  query: Float64Array,
  from: number,
  to: number,
  made: Float32Array,
): void {
  let row = from;
  for (; row + 3 < to; row += 4) {
    const a = row * dimensions;
    const b = a + dimensions;
    const c = b + dimensions;
    const e = c + dimensions;
    let w = 0;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = query[d];
      w += value * values[a + d];
      x += value * values[b + d];
      y += value * values[c + d];
      z += value * values[e + d];
    }
    const at = row - from;
    made[at] = w;
    made[at + 1] = x;
    made[at + 2] = y;
    made[at + 3] = z;
  }
  for (; row < to; row++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += query[d] * values[row * dimensions + d];
    made[row - from] = sum;
  }
}
