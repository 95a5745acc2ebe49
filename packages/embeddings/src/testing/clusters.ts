// Vectors around a few centres, as embeddings of pictures are.

import { randomOf } from '../random.ts';
import { normalised, type Vectors, vectorsOf } from '../vectors.ts';

/** Of length 1; row i is of the cluster i modulo `clusterCount`. */
export function clusters(count: number, dimensions: number, clusterCount: number): Vectors {
  const random = randomOf(7);
  const normal = () => random() + random() + random() + random() - 2;
  const centres = Float32Array.from({ length: clusterCount * dimensions }, normal);
  const values = Float32Array.from({ length: count * dimensions }, (_, i) => {
    const cluster = Math.floor(i / dimensions) % clusterCount;
    return centres[cluster * dimensions + (i % dimensions)] + 0.5 * normal();
  });
  return normalised(vectorsOf(values, dimensions));
}

/** What a generator ends with. */
export function finished<Value>(steps: Generator<number, Value>): Value {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as Value;
  }
}
