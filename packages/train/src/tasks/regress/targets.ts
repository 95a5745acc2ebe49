// What a regression learns from: standardised values, and which pictures have one.

import type { Placed } from '../../augment/place.ts';
import type { HostTensor } from '../../loader/host-tensor.ts';
import type { PlanOf } from '../task-plan.ts';

/** `values` [N,1] in deviations from the mean; `known` [N,1] 1 where there is one. */
export function regressTargets(
  placed: readonly Placed[],
  { mean, deviation }: PlanOf<'regress'>,
): { values: HostTensor; known: HostTensor } {
  const shape = [placed.length, 1];
  const isKnown = placed.map(({ value }) => !Number.isNaN(value));
  const values = Float32Array.from(placed, ({ value }, n) =>
    isKnown[n] ? (value - mean) / deviation : 0,
  );
  const known = Float32Array.from(isKnown, (one) => (one ? 1 : 0));
  return {
    values: { type: 'float32', shape, data: values },
    known: { type: 'float32', shape, data: known },
  };
}
