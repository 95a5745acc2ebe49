// Random inputs for tests from a seed, so that a failure can be repeated.

import type { ElementType } from '../ir/element-type.ts';
import { sizeOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';

export interface Random {
  /** From 0 up to but not including 1. */
  uniform(): number;
  /** A whole number from `low` to `high`. */
  integer(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A shape of `rank` dimensions of 1 to 4. */
  shape(rank?: number): number[];
  /** Standard normal elements. */
  normal(shape: readonly number[], type?: ElementType): NdArray;
  /** Elements at least 0.1 from 0 and from whole numbers, where functions have kinks and jumps. */
  smooth(shape: readonly number[]): NdArray;
  /** Elements from 0.5 to 2. */
  positive(shape: readonly number[]): NdArray;
  /** Elements that differ by 0.1 or more, in random order: no ties. */
  distinct(shape: readonly number[]): NdArray;
  booleans(shape: readonly number[]): NdArray;
}

/** Mulberry32 of Tommy Ettinger (public domain): 32 bits of state are enough here. */
export function randomFrom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  const pick = <T>(choices: readonly T[]) => choices[integer(0, choices.length - 1)];
  const array = (
    shape: readonly number[],
    element: () => number,
    type: ElementType = 'float32',
  ) => ({
    type,
    shape,
    data: Float64Array.from({ length: sizeOf(shape) }, element),
  });
  const gaussian = () =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    integer,
    pick,
    shape: (rank = integer(1, 4)) => Array.from({ length: rank }, () => integer(1, 4)),
    normal: (shape, type) => array(shape, gaussian, type),
    smooth: (shape) => array(shape, () => integer(-3, 2) + 0.1 + 0.8 * uniform()),
    positive: (shape) => array(shape, () => 0.5 + 1.5 * uniform()),
    distinct: (shape) => {
      const order = Array.from({ length: sizeOf(shape) }, (_, i) => i);
      for (let i = order.length - 1; i > 0; i--) {
        const j = integer(0, i);
        [order[i], order[j]] = [order[j], order[i]];
      }
      const middle = order.length / 2;
      return array(shape, () => (order.pop()! - middle) * 0.1 + 0.03);
    },
    booleans: (shape) => array(shape, () => integer(0, 1), 'bool'),
  };
}
