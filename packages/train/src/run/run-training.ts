// A whole run in this process: from the folder that says what is wanted to the model that came of it.

import { readIfThere } from '../checkpoint/read-if-there.ts';
import { writeWhole } from '../checkpoint/write-whole.ts';
import { comparePrecisions, type PrecisionsMeasured } from '../export/compare-precisions.ts';
import { exportModel } from '../export/export-model.ts';
import { cardFormat, type ModelCard } from '../export/model-card.ts';
import type { TrainEvent } from '../loop/events.ts';
import type { RunPlan } from '../loop/run-plan.ts';
import { settle } from '../loop/settle.ts';
import type { OpenStepper } from '../loop/stepper.ts';
import { train } from '../loop/train.ts';
import type { Scores } from '../metrics/score-answers.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import { importBackbone, importedInputSize } from '../networks/imported-backbone.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import { readRunFolder, runFiles } from './run-folder.ts';

export interface RunResult {
  /** Where the model's file lies. */
  readonly modelPath: string;
  readonly card: ModelCard;
  /** On the pictures kept for validation; null where there were none. */
  readonly scores: Scores | null;
  /** What it loses in fewer bits; null where no pictures validate, or the run was ended early. */
  readonly precisions: PrecisionsMeasured | null;
  readonly steps: number;
  readonly seconds: number;
  /** Share of the training in which steps were computed. */
  readonly busyShare: number;
  /** It was ended early, with what it had learned. */
  readonly isCancelled: boolean;
}

export interface RunTrainingOptions {
  /** `performance.now()` when the time of the run began to count. */
  readonly startedAt?: number;
  /** Where steps are made; in this process where left out. */
  readonly openStepper?: OpenStepper;
}

/**
 * Trains what the folder asks for, or goes on where it was left.
 *
 * @throws TrainError as `settle` and `train` do
 */
export async function runTraining(
  folder: string,
  onEvent: (event: TrainEvent) => void,
  signal: AbortSignal,
  options: RunTrainingOptions = {},
): Promise<RunResult> {
  const { startedAt = performance.now(), openStepper } = options;
  const files = runFiles(folder);
  const { request, training, validation } = await readRunFolder(folder);
  const written = await readPlan(files.plan);
  const init = await readIfThere(files.init);
  const settled = settle(
    training,
    validation,
    request.settings,
    init && { inputSize: importedInputSize(init, initName) },
  );
  // A plan that was written goes before one that would be made now, by another number of cores, say.
  const plan = written ?? settled.plan;
  if (written === null) await writeWhole(files.plan, [JSON.stringify(plan)]);
  for (const text of settled.notes) onEvent({ type: 'note', level: 'info', text });
  for (const text of settled.warnings) onEvent({ type: 'note', level: 'warning', text });
  const sides = written === null ? settled : sidesOf(plan, settled);
  const backbone = init && importBackbone(init, plan.model.input, initName);
  const model: PlannedModel = { plan: plan.model, backbone };

  const { runKey, origin } = request;
  const { weights, scores, progress, busyShare } = await train({
    folder,
    plan,
    model,
    runKey,
    ...sides,
    startedAt,
    onEvent,
    signal,
    openStepper,
  });
  onEvent({ type: 'phase', phase: 'exporting' });
  const { task, input, size } = plan.model;
  const card: ModelCard = {
    format: cardFormat,
    task,
    input,
    size,
    precision: 'float32',
    classes: plan.classes,
    scores: scores?.values ?? {},
    origin,
  };
  const bytes = exportModel(model, weights, card);
  await writeWhole(files.model, [bytes]);
  const isCancelled = signal.aborted;
  if (!isCancelled) onEvent({ type: 'phase', phase: 'quantising' });
  return {
    modelPath: files.model,
    card,
    scores,
    precisions: isCancelled
      ? null
      : await comparePrecisions(bytes, card, sides.validation, plan.threads).catch(
          (error: Error) => {
            const text = `The model is whole, but not every precision could be measured: ${error.message}`;
            onEvent({ type: 'note', level: 'warning', text });
            return null;
          },
        ),
    steps: progress.step,
    seconds: progress.elapsedSeconds,
    busyShare,
    isCancelled,
  };
}

/** How messages call the file to begin from. */
const initName = 'the file to begin from (--init)';

async function readPlan(path: string): Promise<RunPlan | null> {
  const bytes = await readIfThere(path);
  return bytes && JSON.parse(bytes.toString('utf8'));
}

type Sides = { training: readonly LabelledPicture[]; validation: readonly LabelledPicture[] };

/** The pictures that a written plan names. */
function sidesOf(plan: RunPlan, { training, validation }: Sides): Sides {
  const byId = (pictures: readonly LabelledPicture[], ids: readonly number[]) => {
    const found = new Map(pictures.map((picture) => [picture.imageId, picture]));
    return ids.flatMap((id) => found.get(id) ?? []);
  };
  return {
    training: byId(training, plan.training),
    validation: byId(validation, plan.validation),
  };
}
