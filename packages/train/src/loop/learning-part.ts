// What of a model is computed at every step.

import type { Graph } from '@migaki/graph';
import { headGraphs, type TrainingGraph, trainingGraph } from '../model/graphs.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import { variantsThatFit } from './feature-source.ts';
import type { RunPlan } from './run-plan.ts';

/** What is run at every step: the whole network, or its head alone behind features that are computed once. */
export interface LearningPart {
  readonly training: TrainingGraph;
  readonly features: Graph | null;
  /** In how many variants pictures are seen; 0 for ever new ones. */
  readonly variants: number;
}

export function learningPart(
  model: PlannedModel,
  { batch }: RunPlan,
  pictureCount: number,
): LearningPart {
  const { backbone, plan } = model;
  const isFrozen =
    backbone !== null && (plan.imported?.frozenStages ?? 0) >= backbone.stages.length;
  if (!isFrozen) return { training: trainingGraph(model, batch), features: null, variants: 0 };
  const { training, features } = headGraphs(model, batch);
  return { training, features, variants: variantsThatFit(features, pictureCount) };
}
