// One step of training as one graph: forward, gradients, clipping, the optimiser's update, running averages. What changes
// from step to step comes in as inputs and goes out as outputs of the same names behind `next/`.

import { type GraphBuilder, graphBuilder } from '../build/graph-builder.ts';
import { grad, gradientName } from '../differentiate/grad.ts';
import { GraphError } from '../graph-error.ts';
import { elementTypes } from '../ir/element-type.ts';
import type { Graph } from '../ir/graph.ts';
import { sizeOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import { type Built, knownShape } from '../operators/operator.ts';
import { composeBatchNorm } from '../passes/compose-batch-norm.ts';
import { simplify } from '../passes/simplify.ts';
import { runningStatistics } from '../passes/train-batch-norm.ts';
import { weightsAsInputs } from '../passes/weights-as-inputs.ts';
import type { Optimiser } from './optimiser.ts';

export interface TrainingStepOptions {
  /** The name of the value to make smaller. */
  loss: string;
  /** Names of the constants to train; all others are frozen. */
  parameters: readonly string[];
  optimiser: Optimiser;
  weightDecay?: number;
  /** Which parameters decay; where left out, those of two dimensions or more: no biases, no scales of normalisations. */
  decays?: (name: string, shape: readonly number[]) => boolean;
  /** A factor to the learning rate of single parameters, such as less for earlier layers. */
  learningRateFactor?: (name: string) => number;
  /** Gradients are scaled down together where their common norm is larger. */
  maxGradientNorm?: number;
  /** Keeps an exponential moving average of the parameters; how much of it stays is the input `average_decay`. */
  average?: boolean;
  /** Forward values to give as well, such as predictions. */
  outputs?: readonly string[];
}

export interface TrainingStep {
  /**
   * Inputs: those of the forward graph, `learning_rate`, `average_decay` and the state. Outputs: the loss, the forward
   * values asked for, `gradient_norm` where gradients are clipped, and `next/…` for each name of the state.
   */
  readonly graph: Graph;
  /** The state before the first step: parameters, running statistics, what the optimiser keeps, averages. */
  readonly state: ReadonlyMap<string, Tensor>;
}

/** What a state is called after a step. */
export const nextName = (name: string): string => `next/${name}`;
/** What the moving average of a parameter is called. */
export const averageName = (name: string): string => `average/${name}`;

const stepName = 'step';

/**
 * The graph of a training step.
 *
 * @throws GraphError as `grad` does, and `unknown-value` for parameters that are no constants of the graph.
 *
 * @example
 * const { graph, state } = trainingStep(net, { loss: 'loss', parameters, optimiser: adamW(), average: true });
 * // run it with { x, labels, learning_rate, average_decay, ...state }; feed every next/… back
 */
export function trainingStep(net: Graph, options: TrainingStepOptions): TrainingStep {
  const {
    loss,
    parameters,
    optimiser,
    weightDecay = 0,
    maxGradientNorm,
    average = false,
  } = options;
  const decays = options.decays ?? ((_: string, shape: readonly number[]) => shape.length > 1);
  const running = runningStatistics(net).filter(({ before }) => net.initializers.has(before));
  const kept = [...parameters, ...running.map(({ before }) => before)];
  const state = new Map(kept.map((name) => [name, constantOf(net, name)]));
  const forward = [loss, ...(options.outputs ?? [])];
  const differentiated = grad(weightsAsInputs(net, kept), loss, parameters, {
    outputs: [...forward, ...running.map(({ after }) => after)],
  });

  const g = graphBuilder({ ...differentiated, outputs: [] });
  const learningRate = g.input('learning_rate', 'float32', []);
  const averageDecay = average ? g.input('average_decay', 'float32', []) : undefined;
  const stateInput = (name: string, tensor: Tensor): Built => {
    state.set(name, tensor);
    return g.input(name, tensor.type, tensor.shape);
  };
  for (const name of forward) g.output(g.value(name));
  for (const { before, after } of running) g.output(g.value(after), nextName(before));

  const oldStep = stateInput(stepName, tensorOf('float32', [], [0]));
  const step = g.output(g.add(oldStep, 1), nextName(stepName));
  const gradients = parameters.map((name) => g.value(gradientName(name)));
  const clipped =
    maxGradientNorm === undefined ? gradients : clippedToNorm(g, gradients, maxGradientNorm);
  parameters.forEach((name, i) => {
    g.scope(`update/${name}`, () => {
      const parameter = g.value(name);
      const shape = knownShape(parameter, name);
      const factor = options.learningRateFactor?.(name) ?? 1;
      const zeros = zerosOf(state.get(name)!);
      const kept = optimiser.state.map((kind) => ({ name: `${kind}/${name}`, zeros }));
      const updated = optimiser.update(g, {
        parameter,
        gradient: clipped[i],
        state: kept.map((one) => stateInput(one.name, one.zeros)),
        learningRate: factor === 1 ? learningRate : g.mul(learningRate, factor),
        step,
        weightDecay: decays(name, shape) ? weightDecay : 0,
      });
      g.output(updated.parameter, nextName(name));
      for (const [s, one] of kept.entries()) g.output(updated.state[s], nextName(one.name));
      if (averageDecay === undefined) return;
      const old = stateInput(averageName(name), state.get(name)!);
      const change = g.mul(g.sub(old, updated.parameter), averageDecay);
      g.output(g.add(updated.parameter, change), nextName(averageName(name)));
    });
  });
  return { graph: simplify(composeBatchNorm(g.graph(`${net.name}/step`))), state };
}

function constantOf(graph: Graph, name: string): Tensor {
  const tensor = graph.initializers.get(name);
  if (tensor !== undefined) return tensor;
  throw new GraphError('unknown-value', {
    where: 'trainingStep',
    expected: 'parameters that are constants of the graph',
    found: `"${name}"`,
  });
}

const zerosOf = ({ type, shape }: Tensor): Tensor => ({
  type,
  shape,
  bytes: new Uint8Array(sizeOf(shape) * elementTypes[type].bytes),
});

/** Scales all gradients by the same factor so that their common Euclidean norm is at most `maxNorm`. */
function clippedToNorm(g: GraphBuilder, gradients: readonly Built[], maxNorm: number): Built[] {
  return g.scope('clip', () => {
    const squares = gradients.map((gradient) =>
      g.reduceSumSquare(gradient, undefined, { keepdims: 0 }),
    );
    const norm = g.output(g.sqrt(g.sum(squares)), 'gradient_norm');
    // The small addition keeps a norm of zero from dividing by it.
    const factor = g.min([g.scalar(1), g.div(g.scalar(maxNorm), g.add(norm, 1e-6))]);
    return gradients.map((gradient) => g.mul(gradient, factor));
  });
}
