// A run: steps, validations and checkpoints until its time or its epochs are over.

import { join } from 'node:path';
import { phrase } from '@migaki/coco';
import type { Recipe } from '../augment/recipe.ts';
import { type RunProgress, readCheckpoint, writeCheckpoint } from '../checkpoint/checkpoint.ts';
import { readWeights, writeWeights } from '../checkpoint/weights-file.ts';
import type { Batch } from '../loader/batch.ts';
import { openLoader } from '../loader/loader.ts';
import {
  isMoreBetter,
  primaryMetrics,
  type Scores,
  scoreAnswers,
} from '../metrics/score-answers.ts';
import type { Weights } from '../model/graphs.ts';
import type { PlannedModel } from '../model/model-plan.ts';
import { batchesOf } from '../samples/batches.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import { TrainError } from '../train-error.ts';
import { batchSource } from './batch-source.ts';
import { chooseSamples } from './choose-samples.ts';
import type { TrainEvent } from './events.ts';
import { openFeatureSource } from './feature-source.ts';
import { learningPart } from './learning-part.ts';
import { runClock } from './run-clock.ts';
import type { RunPlan } from './run-plan.ts';
import { averageDecay, learningRateFactor, warmUpSteps } from './schedule.ts';
import { type OpenStepper, openStepper } from './stepper.ts';
import { makeTeller } from './teller.ts';
import { validate } from './validate.ts';

export interface TrainCall {
  /** Where checkpoints and decoded pictures are kept. */
  readonly folder: string;
  readonly plan: RunPlan;
  readonly model: PlannedModel;
  /** What tells this run from others: a checkpoint of another one is refused. */
  readonly runKey: string;
  readonly training: readonly LabelledPicture[];
  readonly validation: readonly LabelledPicture[];
  /** `performance.now()` when the time of the run began to count. */
  readonly startedAt: number;
  readonly onEvent: (event: TrainEvent) => void;
  /** Ends the run early, with what it has learned. */
  readonly signal: AbortSignal;
  /** Where steps are made; in this process where left out. */
  readonly openStepper?: OpenStepper | undefined;
}

export interface Trained {
  /** The best ones by validation, or the averaged ones of the end where nothing validates. */
  readonly weights: Weights;
  readonly scores: Scores | null;
  readonly progress: RunProgress;
  readonly busyShare: number;
}

const fresh: RunProgress = {
  step: 0,
  elapsedSeconds: 0,
  best: null,
  validationsSinceBest: 0,
  validatedAt: 0,
  unreadable: {},
};

const checkpointMillis = 30_000;
/** Four pictures in one look like no picture that a model will meet, so the last part of a run goes without. */
const withoutMosaicFrom = 0.85;
const cacheBytes = 4e9;

/**
 * Trains until the plan is fulfilled; goes on where a checkpoint of the same run was left.
 *
 * @throws TrainError `loss-not-finite`, `no-time`, `out-of-memory`, `unreadable-pictures`, `bad-checkpoint`, `disk-full`
 */
export async function train(call: TrainCall): Promise<Trained> {
  const { folder, plan, model, runKey, training, validation, onEvent, signal } = call;
  const { task } = model.plan;
  const lastPath = join(folder, 'last.safetensors');
  const bestPath = join(folder, 'best.safetensors');
  const kept = await readCheckpoint(lastPath, runKey);
  let progress = kept?.progress ?? fresh;
  const elapsedBefore = progress.elapsedSeconds;
  const elapsed = () => elapsedBefore + (performance.now() - call.startedAt) / 1000;

  const part = learningPart(model, plan, training.length);
  const batches = batchesOf({
    pictures: training,
    weights: plan.weights,
    // What was found unreadable in one epoch may still be asked for at the beginning of the next.
    takesPart: ({ imageId }, epoch) => epoch < (progress.unreadable[imageId] ?? Infinity) + 2,
    batchSize: plan.batch,
    seed: plan.seed,
    ...(part.variants > 0 && { variants: part.variants }),
  });
  const { stepsPerEpoch } = batches;
  const clock = runClock(plan, stepsPerEpoch, elapsed);
  const stepper = await (call.openStepper ?? openStepper)(part.training, {
    batch: plan.batch,
    weightDecay: plan.weightDecay,
    threads: plan.threads,
    state: kept?.state,
  });
  const features =
    part.features && (await openFeatureSource(part.features, plan.threads, part.variants > 0));
  const loader = openLoader(
    {
      plan: task,
      input: model.plan.input,
      classes: plan.classes,
      seed: plan.seed,
      cache: { folder: join(folder, 'pixels'), mostBytes: cacheBytes / plan.loaders },
      batchFolder: join(folder, 'batches'),
    },
    plan.loaders,
  );
  onEvent({
    type: 'settled',
    plan,
    parameterCount: stepper.parameterCount,
    step: progress.step,
    stepsPerEpoch,
  });
  const teller = makeTeller(onEvent);
  const source = batchSource(
    loader,
    batches,
    progress.step,
    (batch) => recipeAt(plan.recipe, clock.progressAt(batch)),
    plan.loaders + 2,
  );
  let scores: Scores | null = null;
  let savedAt = performance.now();

  /** What does not fit on the disk is told; the run goes on, and what was written before is still there. */
  const written = async (what: string, write: () => Promise<void>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (error) {
      if (!(error instanceof TrainError)) throw error;
      onEvent({ type: 'note', level: 'warning', text: `${what} not kept: ${error.message}` });
      return false;
    }
  };
  const save = async () => {
    savedAt = performance.now();
    const saved = { ...progress, elapsedSeconds: elapsed() };
    const state = await stepper.state();
    await written(`The state of step ${progress.step} is`, () =>
      writeCheckpoint(lastPath, { runKey, progress: saved, state }),
    );
  };
  const validateNow = async () => {
    const began = performance.now();
    teller.flush();
    onEvent({ type: 'phase', phase: 'validating' });
    const weights = await stepper.weights(true);
    const { classes, batch, threads } = plan;
    const answered = await validate({
      model,
      weights,
      pictures: validation,
      loader,
      batch,
      threads,
    });
    scores = scoreAnswers(answered, classes, task);
    const metric = primaryMetrics[task.task];
    const value = scores.values[metric];
    const isBetter =
      progress.best === null ||
      (isMoreBetter(metric) ? value > progress.best : value < progress.best);
    const best = scores;
    const isBest =
      isBetter &&
      (await written('The best weights are', () => writeWeights(bestPath, runKey, weights, best)));
    progress = {
      ...progress,
      best: isBest ? value : progress.best,
      validationsSinceBest: isBetter ? 0 : progress.validationsSinceBest + 1,
      validatedAt: clock.progressAt(progress.step),
    };
    onEvent({
      type: 'validated',
      step: progress.step,
      epoch: progress.step / stepsPerEpoch,
      scores,
      pictureCount: answered.length,
      isBest,
      samples: chooseSamples(answered),
    });
    await save();
    const took = performance.now() - began;
    clock.noteValidation(took / 1000, answered.length);
    teller.pause(took);
  };

  try {
    while (!signal.aborted && clock.progressAt(progress.step) < 1) {
      const share = clock.progressAt(progress.step);
      const batch = await source.next();
      noteUnreadable(batch);
      const { step } = progress;
      const learningRate =
        plan.learningRate * learningRateFactor(share, step, warmUpSteps(clock.totalSteps(step)));
      const tensors = features ? await features.tensorsOf(batch) : batch.tensors;
      const result = await stepper.step(tensors, learningRate, averageDecay(step));
      if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradientNorm)) {
        await save();
        refuseLoss(result.loss, step, batch);
      }
      progress = { ...progress, step: step + 1 };
      teller.note({
        result,
        step: step + 1,
        epoch: (step + 1) / stepsPerEpoch,
        progress: clock.progressAt(step + 1),
        learningRate,
        pictures: plan.batch,
        elapsedSeconds: elapsed(),
      });
      const now = clock.progressAt(progress.step);
      if (
        validation.length > 0 &&
        (now >= 1 || now - progress.validatedAt >= clock.validationShare)
      ) {
        await validateNow();
        if (plan.patience > 0 && progress.validationsSinceBest >= plan.patience) break;
      } else if (performance.now() - savedAt >= checkpointMillis) {
        const began = performance.now();
        await save();
        teller.pause(performance.now() - began);
      }
    }
    teller.flush();
    if (progress.step === 0 && !signal.aborted) refuseNoTime();
    if (validation.length > 0 && scores === null && !signal.aborted) await validateNow();
    await save();
    const best = validation.length > 0 ? await readWeights(bestPath, runKey) : null;
    // Copies: the stepper's own tensors end with it.
    const weights = best?.weights ?? copied(await stepper.weights(true));
    return {
      weights,
      scores: best?.scores ?? scores,
      progress: { ...progress, elapsedSeconds: elapsed() },
      busyShare: teller.busyShare(),
    };
  } finally {
    await loader.close();
    await features?.close();
    await stepper.close();
  }

  function noteUnreadable({ unreadable }: Batch): void {
    const epoch = Math.floor(progress.step / stepsPerEpoch);
    for (const { imageId, fileName, reason } of unreadable) {
      if (progress.unreadable[imageId] !== undefined) continue;
      progress = { ...progress, unreadable: { ...progress.unreadable, [imageId]: epoch } };
      onEvent({
        type: 'note',
        level: 'warning',
        text: `${fileName} cannot be read and is left out: ${reason}`,
      });
    }
    const count = Object.keys(progress.unreadable).length;
    if (count <= training.length / 2) return;
    throw new TrainError('unreadable-pictures', {
      expected: phrase`pictures that can be read`,
      found: phrase`${count} of ${training.length} that cannot`,
      advice: phrase`Look at the warnings above: are the files where they were, and whole?`,
    });
  }

  /** A model that has learned nothing is none. */
  function refuseNoTime(): never {
    throw new TrainError('no-time', {
      expected: phrase`time for a first step`,
      found: phrase`${Math.ceil(elapsed())} seconds until all was ready, of ${Math.round((plan.minutes ?? 0) * 60)} in all, the end included`,
      advice: phrase`Give it more minutes.`,
    });
  }

  function refuseLoss(loss: number, step: number, { id }: Batch): never {
    const names = batches
      .itemsOf(step, plan.recipe)
      .flatMap(({ pictures }) => pictures.map(({ fileName }) => fileName));
    throw new TrainError('loss-not-finite', {
      where: phrase`step ${step + 1} (batch ${id}: ${[...new Set(names)].join(', ')})`,
      expected: phrase`a loss that is a number`,
      found: phrase`${loss}`,
      advice: phrase`Try a lower learning rate. The state before this step is kept, and the run can go on from it.`,
    });
  }
}

const recipeAt = (recipe: Recipe, progress: number): Recipe =>
  recipe.mosaic > 0 && progress >= withoutMosaicFrom ? { ...recipe, mosaic: 0 } : recipe;

const copied = (weights: Weights): Weights =>
  new Map([...weights].map(([name, tensor]) => [name, { ...tensor, bytes: tensor.bytes.slice() }]));
