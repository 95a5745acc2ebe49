// From the events of a trainer to the run's record, its curves and samples, and the progress of its job.

import { type Phrase, phrase } from '@migaki/coco';
import type { JobContext, RunPoint } from '@migaki/store';
import type { NetworkSize, RunPlan, TrainEvent } from '@migaki/train';
import type { RunTeller } from './run-teller.ts';
import { sampleAnswer } from './sample-answer.ts';

type EventOf<Type extends TrainEvent['type']> = Extract<TrainEvent, { type: Type }>;

const phases: Record<EventOf<'phase'>['phase'], Phrase> = {
  validating: phrase`Validating`,
  exporting: phrase`Writing the model`,
  quantising: phrase`Measuring the model in fewer bits`,
};

export function followTraining(job: JobContext, teller: RunTeller): (event: TrainEvent) => void {
  let plan: RunPlan | null = null;
  let elapsedSeconds = 0;
  const say = (words: Phrase) => {
    job.message(words);
    teller.news({ message: words });
  };
  const handlers: { readonly [Type in TrainEvent['type']]: (event: EventOf<Type>) => void } = {
    settled(event) {
      plan = event.plan;
      teller.cut(event.step);
      const { training, validation, model, batch, seed } = event.plan;
      job.log(
        phrase`Learning from ${picturesIn(training.length)}, validating with ${picturesIn(validation.length)}; ${networkOf(model.size)}, ${model.input.width} × ${model.input.height} pixels, ${event.parameterCount} weights, ${picturesIn(batch)} a step, seed ${seed}`,
      );
      teller.news({ settled: settledFields(event) });
      say(phrase`Training`);
    },
    note({ text, level }) {
      job.log(text, level);
    },
    step(event) {
      const { step, epoch, progress } = event;
      elapsedSeconds = event.elapsedSeconds;
      teller.points(stepPoints(event));
      teller.news({ step, epoch, progress, elapsedSeconds });
      const { minutes = null, epochs = null } = plan ?? {};
      if (epochs !== null) job.progress(epoch, epochs, 'epochs');
      else if (minutes !== null) job.progress(progress * minutes * 60, minutes * 60, 'seconds');
    },
    validated({ step, epoch, scores, isBest, samples }) {
      const classes = plan?.classes ?? [];
      const at = { step, epoch, seconds: elapsedSeconds };
      teller.points(Object.entries(scores.values).map(([name, value]) => ({ ...at, name, value })));
      teller.samples(
        { step, epoch },
        samples.map((sample) => ({
          imageId: sample.imageId,
          fileName: sample.fileName,
          predicted: sampleAnswer(sample, classes),
        })),
      );
      if (isBest) {
        teller.news({
          metrics: scores.values,
          perClass: scores.perClass.map((metrics, index) => ({
            class: classes[index]?.name ?? String(index),
            metrics: finiteOrNull(metrics),
          })),
        });
      }
      say(phrase`Training`);
    },
    phase({ phase }) {
      say(phases[phase]);
    },
  };
  return (event) => handlers[event.type](event as never);
}

const picturesIn = (count: number): Phrase =>
  count === 1 ? phrase`1 picture` : phrase`${count} pictures`;
const networkOf = (size: NetworkSize | null): Phrase =>
  size === null ? phrase`imported network` : phrase`${size} network`;

/** What a table of runs may have columns of. */
function settledFields({ plan, parameterCount, stepsPerEpoch }: EventOf<'settled'>) {
  const { model, minutes, epochs, recipe } = plan;
  return {
    size: model.size,
    inputWidth: model.input.width,
    inputHeight: model.input.height,
    ...(minutes !== null && { minutes }),
    ...(epochs !== null && { epochs }),
    seed: plan.seed,
    batch: plan.batch,
    learningRate: plan.learningRate,
    weightDecay: plan.weightDecay,
    flip: recipe.flip,
    mosaic: recipe.mosaic,
    patience: plan.patience,
    threads: plan.threads,
    loaders: plan.loaders,
    classCount: plan.classes.length,
    trainingImages: plan.training.length,
    validationImages: plan.validation.length,
    parameterCount,
    stepsPerEpoch,
  };
}

function stepPoints(event: EventOf<'step'>): RunPoint[] {
  const { step, epoch, elapsedSeconds: seconds } = event;
  const values: Record<string, number> = {
    loss: event.loss,
    ...Object.fromEntries(
      Object.entries(event.parts).map(([name, value]) => [`loss/${name}`, value]),
    ),
    learning_rate: event.learningRate,
    gradient_norm: event.gradientNorm,
    pictures_per_second: event.picturesPerSecond,
    busy_share: event.busyShare,
  };
  return Object.entries(values).map(([name, value]) => ({ name, step, epoch, seconds, value }));
}

const finiteOrNull = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
