// What a model is, settled before its first step: with the same plan and the same weights it is the same graph.

import type { Size } from '../augment/layout.ts';
import type { ImportedPlan } from '../networks/backbone.ts';
import type { ImportedBackbone } from '../networks/imported-backbone.ts';
import type { NetworkSize } from '../networks/residual.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';

export interface ModelPlan {
  readonly task: TaskPlan;
  /** Of the built-in backbone; null where a file gives another. */
  readonly size: NetworkSize | null;
  /** Pixels; multiples of the coarsest map's stride. */
  readonly input: Size;
  /** What the first weights are drawn from. */
  readonly seed: number;
  /** How the backbone of a file is used; null for the built-in one. */
  readonly imported: ImportedPlan | null;
}

/** A plan together with the backbone that it was begun from, for one that has such a backbone. */
export interface PlannedModel {
  readonly plan: ModelPlan;
  readonly backbone: ImportedBackbone | null;
}
