import { exportModel } from '../export/export-model.ts';
import { cardFormat, type ModelCard } from '../export/model-card.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';

export const untrainedInput = { width: 96, height: 64 };

/** A file as a training writes it, of a network that has learned nothing. */
export function untrainedModel(
  task: TaskPlan,
  backbone: PlannedModel['backbone'] = null,
): Uint8Array {
  const size = backbone === null ? 'small' : null;
  const imported = backbone && { normalisation: 'unit' as const, frozenStages: 0 };
  const model: PlannedModel = {
    plan: { task, size, input: untrainedInput, seed: 1, imported },
    backbone,
  };
  const card: ModelCard = {
    format: cardFormat,
    task,
    classes: [],
    input: untrainedInput,
    size,
    precision: 'float32',
    scores: {},
    origin: {},
  };
  return exportModel(model, new Map(), card);
}
