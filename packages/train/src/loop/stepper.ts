// The training step in ONNX Runtime, and the state that goes from step to step. State stays in the runtime's own tensors;
// it is only looked at for checkpoints and validation.

import { adamW, nextName, type Place, type Tensor, trainingStep, weightsOf } from '@migaki/graph';
import type { HostTensor } from '../loader/host-tensor.ts';
import type { TrainingGraph, Weights } from '../model/graphs.ts';
import {
  emptyLike,
  openSession,
  ortTensor,
  ortTensorOf,
  type Results,
  tensorOfOrt,
} from '../runtime/session.ts';
import { isOutOfMemory, refuseTooLarge, stepMemory } from './step-memory.ts';

export interface StepperOptions {
  /** Pictures of a step. */
  readonly batch: number;
  readonly weightDecay: number;
  readonly threads: number;
  /** Begins here instead of with the graph's own weights. */
  readonly state?: ReadonlyMap<string, Tensor>;
}

export interface StepResult {
  readonly loss: number;
  /** Parts of the loss, by name. */
  readonly parts: Readonly<Record<string, number>>;
  readonly gradientNorm: number;
  /** How long the runtime took. */
  readonly milliseconds: number;
}

export interface Stepper {
  /** The state changes only where the loss and the gradients are numbers. */
  step(
    tensors: Readonly<Record<string, HostTensor>>,
    learningRate: number,
    averageDecay: number,
  ): Promise<StepResult>;
  /** As it is now; the tensors are the runtime's, to be read before the next step. */
  state(): Promise<ReadonlyMap<string, Tensor>>;
  /** Averaged ones for use, or those of the last step. */
  weights(isAverage: boolean): Promise<Weights>;
  readonly parameterCount: number;
  close(): Promise<void>;
}

/** What opens a stepper: this one, or one whose steps are made elsewhere. */
export type OpenStepper = (graph: TrainingGraph, options: StepperOptions) => Promise<Stepper>;

/** Gradients are scaled down where they are longer: a batch of outliers moves no farther than others. */
export const maxGradientNorm = 10;

/** Steps of ONNX Runtime in this process. */
export const openStepper: OpenStepper = async (
  { graph, parameters, parts, stops, rates }: TrainingGraph,
  { batch, weightDecay, threads, state: given },
) => {
  const made = trainingStep(graph, {
    loss: 'loss',
    parameters,
    optimiser: adamW(),
    weightDecay,
    learningRateFactor: (name) => rates.get(name) ?? 1,
    maxGradientNorm,
    average: true,
    outputs: parts,
    stops,
  });
  const memory = stepMemory(made.graph, made.state);
  refuseTooLarge(memory, batch, process.availableMemory());
  const names = [...made.state.keys()];
  const session = await openSession(made.graph, threads);
  // Two places for the state, the one that is read and the one that is written, which change roles from step to step.
  let current = Object.fromEntries(
    names.map((name) => [name, ortTensorOf(given?.get(name) ?? made.state.get(name)!)]),
  );
  let next = Object.fromEntries(names.map((name) => [name, emptyLike(current[name])]));
  const state = () =>
    new Map(Object.entries(current).map(([name, tensor]) => [name, tensorOfOrt(tensor)]));
  return {
    async step(tensors, learningRate, averageDecay) {
      const feeds = Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [name, ortTensor(tensor)]),
      );
      const started = performance.now();
      const results = await session
        .run(
          {
            ...feeds,
            ...current,
            learning_rate: scalar(learningRate),
            average_decay: scalar(averageDecay),
          },
          Object.fromEntries(names.map((name) => [nextName(name), next[name]])),
        )
        .catch((error: Error) => {
          // It needs more than was free, whatever was free before.
          if (isOutOfMemory(error)) refuseTooLarge(memory, batch, 0.9 * memory.bytes);
          throw error;
        });
      const milliseconds = performance.now() - started;
      const loss = numberOf(results, 'loss');
      const gradientNorm = numberOf(results, 'gradient_norm');
      if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
        [current, next] = [next, current];
      }
      return {
        loss,
        gradientNorm,
        parts: Object.fromEntries(parts.map((name) => [name, numberOf(results, name)])),
        milliseconds,
      };
    },
    state: async () => state(),
    weights: async (isAverage) => weightsOf(made, state(), isAverage),
    parameterCount: parameterCountOf(made.places, parameters),
    close: session.close,
  };
};

const scalar = (value: number) =>
  ortTensor({ type: 'float32', shape: [], data: Float32Array.of(value) });

const numberOf = (results: Results, name: string): number =>
  Number((results[name].data as Float32Array)[0]);

const parameterCountOf = (
  places: ReadonlyMap<string, Place>,
  parameters: readonly string[],
): number =>
  parameters.reduce(
    (sum, name) => sum + (places.get(name)?.shape ?? []).reduce((a, b) => a * b, 1),
    0,
  );
