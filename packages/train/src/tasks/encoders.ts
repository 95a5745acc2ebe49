// How each task writes down what is to be learned from a batch; the loaders know no more of tasks than this.

import type { Size } from '../augment/layout.ts';
import type { Placed } from '../augment/place.ts';
import type { HostTensor } from '../loader/host-tensor.ts';
import { classifyTargets } from './classify/targets.ts';
import { detectTargets } from './detect/targets.ts';
import { poseTargets } from './pose/targets.ts';
import { regressTargets } from './regress/targets.ts';
import { segmentTargets } from './segment/targets.ts';
import type { PlanOf, TaskName } from './task-plan.ts';

export const encoders: {
  readonly [Name in TaskName]: (
    placed: readonly Placed[],
    plan: PlanOf<Name>,
    input: Size,
  ) => Record<string, HostTensor>;
} = {
  classify: classifyTargets,
  regress: regressTargets,
  embed: classifyTargets,
  detect: detectTargets,
  segment: segmentTargets,
  pose: poseTargets,
};
