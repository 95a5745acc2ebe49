// Comparisons of arrays that say where they differ most.

import assert from 'node:assert/strict';
import type { NdArray } from '../operators/nd-array.ts';

/** Fails unless types and shapes are equal and elements differ by at most `tolerance · max(1, largest element)`. */
export function assertClose(
  actual: NdArray,
  expected: NdArray,
  tolerance: number,
  what: string,
): void {
  assert.deepEqual([...actual.shape], [...expected.shape], `${what}: shape`);
  assert.equal(actual.type, expected.type, `${what}: type`);
  const scale = expected.data.reduce(
    (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    1,
  );
  expected.data.forEach((x, i) => {
    const isClose =
      Object.is(actual.data[i], x) || Math.abs(actual.data[i] - x) <= tolerance * scale;
    assert.ok(isClose, `${what}: element ${i} is ${actual.data[i]}, expected ${x}`);
  });
}
