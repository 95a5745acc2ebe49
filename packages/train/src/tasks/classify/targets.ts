// What a classifier learns from: how much of each class a picture has.

import type { Placed } from '../../augment/place.ts';
import type { HostTensor } from '../../loader/host-tensor.ts';
import type { PlanOf } from '../task-plan.ts';

/** `classes` [N,C] from 0 to 1. */
export function classifyTargets(
  placed: readonly Placed[],
  { classCount }: PlanOf<'classify' | 'embed'>,
): { classes: HostTensor } {
  const data = new Float32Array(placed.length * classCount);
  placed.forEach(({ labels }, n) => {
    for (const [label, share] of labels) data[n * classCount + label] = share;
  });
  return { classes: { type: 'float32', shape: [placed.length, classCount], data } };
}
