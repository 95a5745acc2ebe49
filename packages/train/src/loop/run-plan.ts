// What a run has settled before its first step. It is written down, so that a run that goes on after a crash is the same.

import type { Recipe } from '../augment/recipe.ts';
import type { ModelPlan } from '../model/model-plan.ts';
import type { ClassName } from '../samples/training-set.ts';

export interface RunPlan {
  readonly model: ModelPlan;
  readonly classes: readonly ClassName[];
  /** One of the two. */
  readonly minutes: number | null;
  readonly epochs: number | null;
  readonly seed: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly recipe: Recipe;
  /** How often each training picture comes in an epoch, beside the others. */
  readonly weights: readonly number[];
  /** Ids of the images that are learned from, and of those that validate. */
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly patience: number;
  readonly threads: number;
  readonly loaders: number;
}
