// From pictures to what the layers of a model say of them: backbone and head, the same whatever is made of it.

import type { Built, GraphBuilder } from '@migaki/graph';
import { importedMaps, withImported } from '../networks/backbone.ts';
import type { FeatureMap } from '../networks/feature-map.ts';
import { type Layers, layersOn } from '../networks/layers.ts';
import { headWidths, residualBackbone, usualSize } from '../networks/residual.ts';
import type { Values } from '../tasks/task.ts';
import { taskOf } from '../tasks/tasks.ts';
import type { ModelPlan, PlannedModel } from './model-plan.ts';

export interface Forward {
  /** Goes on from the builder that was given, and is to be used in its place. */
  readonly g: GraphBuilder;
  readonly layers: Layers;
  readonly head: Values;
}

/** @param pictures [N,3,H,W] uint8 */
export function forward(start: GraphBuilder, pictures: Built, model: PlannedModel): Forward {
  const { plan, backbone } = model;
  if (backbone === null || plan.imported === null) {
    const layers = layersOn(start, plan.seed);
    return withHead(
      start,
      layers,
      residualBackbone(layers, pictures, plan.size ?? usualSize),
      plan,
    );
  }
  const g = withImported(start, pictures, backbone, plan.imported);
  return withHead(g, layersOn(g, plan.seed), importedMaps(g, backbone, plan.input), plan);
}

/** As `forward`, from feature maps that were computed before. */
export function withHead(
  g: GraphBuilder,
  layers: Layers,
  maps: readonly FeatureMap[],
  plan: ModelPlan,
): Forward {
  const options = { width: headWidths[plan.size ?? usualSize], input: plan.input };
  return {
    g,
    layers,
    head: taskOf(plan.task.task).head(layers, maps, plan.task as never, options),
  };
}
