// What a model is, settled before its first step: with the same plan and the same weights it is the same graph.

import type { Size } from '../augment/layout.ts';
import type { NetworkSize } from '../networks/residual.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';

export interface ModelPlan {
  readonly task: TaskPlan;
  readonly size: NetworkSize;
  /** Pixels; multiples of the coarsest map's stride. */
  readonly input: Size;
  /** What the first weights are drawn from. */
  readonly seed: number;
}
