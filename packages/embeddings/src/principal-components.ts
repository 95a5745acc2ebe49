// Fewer dimensions that keep most of what tells vectors apart: their principal components, by subspace iteration on the
// covariance of a sample.

import { randomOf } from './random.ts';
import { dot, type Vectors } from './vectors.ts';

const mostSampled = 5000;
const rounds = 24;

/**
 * The vectors along their `wanted` principal components, that with the largest variance first. As many dimensions as they
 * have at most.
 *
 * @param vectors whose mean is about 0
 */
export function principalComponents(vectors: Vectors, wanted: number, seed: number): Vectors {
  const { count, dimensions, values } = vectors;
  const kept = Math.min(wanted, dimensions);
  const covariance = covarianceOf(vectors);
  const random = randomOf(seed);
  let axes = Float32Array.from({ length: kept * dimensions }, () => random() - 0.5);
  for (let round = 0; round < rounds; round++) {
    axes = times(covariance, orthonormal(axes, dimensions), dimensions);
  }
  axes = orthonormal(axes, dimensions);
  const reduced = new Float32Array(count * kept);
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < kept; axis++) {
      reduced[row * kept + axis] = dot(
        values,
        row * dimensions,
        axes,
        axis * dimensions,
        dimensions,
      );
    }
  }
  return { count, dimensions: kept, values: reduced };
}

/** [dimensions, dimensions], of rows that lie evenly among all. */
function covarianceOf({ count, dimensions, values }: Vectors): Float32Array {
  const sampled = Math.min(count, mostSampled);
  const sums = new Float32Array(dimensions * dimensions);
  for (let i = 0; i < sampled; i++) {
    const at = Math.floor((i * count) / sampled) * dimensions;
    for (let row = 0; row < dimensions; row++) {
      const factor = values[at + row] / sampled;
      if (factor === 0) continue;
      const into = row * dimensions;
      for (let column = 0; column < dimensions; column++) {
        sums[into + column] += factor * values[at + column];
      }
    }
  }
  return sums;
}

/** Rows of `axes` through a symmetric matrix. */
function times(
  matrix: Float32Array,
  axes: Float32Array,
  dimensions: number,
): Float32Array<ArrayBuffer> {
  const made = new Float32Array(axes.length);
  for (let at = 0; at < axes.length; at += dimensions) {
    for (let d = 0; d < dimensions; d++) {
      made[at + d] = dot(matrix, d * dimensions, axes, at, dimensions);
    }
  }
  return made;
}

/** Gram–Schmidt, row by row, in place; a row that depends on those before it becomes 0. */
function orthonormal(
  axes: Float32Array<ArrayBuffer>,
  dimensions: number,
): Float32Array<ArrayBuffer> {
  for (let at = 0; at < axes.length; at += dimensions) {
    const before = Math.sqrt(dot(axes, at, axes, at, dimensions));
    for (let other = 0; other < at; other += dimensions) {
      const part = dot(axes, at, axes, other, dimensions);
      for (let d = 0; d < dimensions; d++) axes[at + d] -= part * axes[other + d];
    }
    const length = Math.sqrt(dot(axes, at, axes, at, dimensions));
    const factor = length <= before * 1e-6 ? 0 : 1 / length;
    for (let d = 0; d < dimensions; d++) axes[at + d] *= factor;
  }
  return axes;
}
