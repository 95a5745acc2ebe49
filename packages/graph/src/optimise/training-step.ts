// One step of training as one graph: forward, gradients, clipping, the optimiser's update, running averages. What changes
// from step to step comes in as inputs and goes out as outputs of the same names behind `next/`.
//
// Parameters that are updated alike lie in one vector, and running statistics in another. An update is then a dozen nodes
// instead of a dozen for each of hundreds of parameters, and a step has few inputs and outputs.

import { type GraphBuilder, graphBuilder } from '../build/graph-builder.ts';
import { grad, gradientName } from '../differentiate/grad.ts';
import { GraphError } from '../graph-error.ts';
import { elementTypes } from '../ir/element-type.ts';
import type { Graph } from '../ir/graph.ts';
import { sizeOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import type { Built } from '../operators/operator.ts';
import { composeBatchNorm } from '../passes/compose-batch-norm.ts';
import { simplify } from '../passes/simplify.ts';
import { runningStatistics } from '../passes/train-batch-norm.ts';
import type { Optimiser } from './optimiser.ts';

export interface TrainingStepOptions {
  /** The name of the value to make smaller. */
  loss: string;
  /** Names of the constants to train, all of type float32; all others are frozen. */
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
  /** Values through which no gradient flows, see `GradOptions`. */
  stops?: readonly string[];
}

/** Where a parameter or a running statistic lies in the state. */
export interface Place {
  /** The vector of the state that holds it. */
  readonly vector: string;
  /** Elements before it. */
  readonly offset: number;
  readonly shape: readonly number[];
}

export interface TrainingStep {
  /**
   * Inputs: those of the forward graph, `learning_rate`, `average_decay` and the state. Outputs: the loss, the forward
   * values asked for, `gradient_norm` where gradients are clipped, and `next/…` for each name of the state.
   */
  readonly graph: Graph;
  /** The state before the first step: vectors of parameters, of running statistics, of what the optimiser keeps, averages. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** By the names that the parameters and statistics have in the forward graph. */
  readonly places: ReadonlyMap<string, Place>;
}

/** What a state is called after a step. */
export const nextName = (name: string): string => `next/${name}`;
/** What the moving average of a vector of parameters is called. */
export const averageName = (name: string): string => `average/${name}`;

const stepName = 'step';
const statisticsName = 'statistics';

/** Tensors that lie one after another in a vector of the state. */
interface Group {
  readonly vector: string;
  readonly names: readonly string[];
  readonly decays: boolean;
  readonly factor: number;
}

/**
 * The graph of a training step.
 *
 * @throws GraphError as `grad` does, and `unknown-value` for parameters that are no float32 constants of the graph.
 *
 * @example
 * const { graph, state } = trainingStep(net, { loss: 'loss', parameters, optimiser: adamW(), average: true });
 * // run it with { x, labels, learning_rate, average_decay, ...state }; feed every next/… back
 */
export function trainingStep(net: Graph, options: TrainingStepOptions): TrainingStep {
  const { loss, parameters, optimiser, weightDecay = 0, maxGradientNorm, average } = options;
  const running = runningStatistics(net).filter(({ before }) => net.initializers.has(before));
  const groups = groupsOf(net, options);
  const statistics = running.map(({ before }) => before);
  const state = new Map<string, Tensor>();
  const places = new Map<string, Place>();
  for (const { vector, names } of [...groups, { vector: statisticsName, names: statistics }]) {
    if (names.length === 0) continue;
    const tensors = names.map((name) => constantOf(net, name));
    state.set(vector, vectorOf(tensors));
    let offset = 0;
    for (const [i, name] of names.entries()) {
      places.set(name, { vector, offset, shape: tensors[i].shape });
      offset += sizeOf(tensors[i].shape);
    }
  }
  const forward = [loss, ...(options.outputs ?? [])];
  const differentiated = grad(withWeightsFrom(state, places, net), loss, parameters, {
    outputs: [...forward, ...running.map(({ after }) => after)],
    stops: options.stops,
  });

  const g = graphBuilder({ ...differentiated, outputs: [] });
  const learningRate = g.input('learning_rate', 'float32', []);
  const averageDecay = average ? g.input('average_decay', 'float32', []) : undefined;
  const stateInput = (name: string, tensor: Tensor): Built => {
    state.set(name, tensor);
    return g.input(name, tensor.type, tensor.shape);
  };
  for (const name of forward) g.output(g.value(name));
  const oldStep = stateInput(stepName, tensorOf('float32', [], [0]));
  const step = g.output(g.add(oldStep, 1), nextName(stepName));
  if (running.length > 0) {
    const after = running.map((statistic) => g.value(statistic.after));
    g.output(joined(g, after), nextName(statisticsName));
  }
  const gradients = groups.map(({ names }) =>
    joined(
      g,
      names.map((name) => g.value(gradientName(name))),
    ),
  );
  const clipped =
    maxGradientNorm === undefined ? gradients : clippedToNorm(g, gradients, maxGradientNorm);
  groups.forEach(({ vector, decays, factor }, i) => {
    g.scope(`update/${vector}`, () => {
      const first = state.get(vector)!;
      const names = optimiser.state.map((kind) => `${kind}/${vector}`);
      const updated = optimiser.update(g, {
        parameter: g.value(vector),
        gradient: clipped[i],
        state: names.map((name) => stateInput(name, zerosOf(first))),
        learningRate: factor === 1 ? learningRate : g.mul(learningRate, factor),
        step,
        weightDecay: decays ? weightDecay : 0,
      });
      g.output(updated.parameter, nextName(vector));
      for (const [s, name] of names.entries()) g.output(updated.state[s], nextName(name));
      if (averageDecay === undefined) return;
      const old = stateInput(averageName(vector), first);
      const change = g.mul(g.sub(old, updated.parameter), averageDecay);
      g.output(g.add(updated.parameter, change), nextName(averageName(vector)));
    });
  });
  return { graph: simplify(composeBatchNorm(g.graph(`${net.name}/step`))), state, places };
}

/**
 * The parameters and running statistics in a state, by their names in the forward graph; views, not copies.
 *
 * @param isAverage the moving averages of the parameters in place of the parameters
 * @example
 * const served = { ...net, initializers: new Map([...net.initializers, ...weightsOf(step, state)]) };
 */
export function weightsOf(
  { places }: Pick<TrainingStep, 'places'>,
  state: ReadonlyMap<string, Tensor>,
  isAverage = false,
): Map<string, Tensor> {
  return new Map(
    [...places].map(([name, { vector, offset, shape }]) => {
      const averaged = isAverage ? state.get(averageName(vector)) : undefined;
      const { type, bytes } = averaged ?? state.get(vector)!;
      const width = elementTypes[type].bytes;
      const end = width * (offset + sizeOf(shape));
      return [name, { type, shape, bytes: bytes.subarray(width * offset, end) }];
    }),
  );
}

function groupsOf(net: Graph, options: TrainingStepOptions): Group[] {
  const { parameters, weightDecay = 0 } = options;
  const isMatrix = (_: string, shape: readonly number[]) => shape.length > 1;
  const groups = new Map<string, { names: string[]; decays: boolean; factor: number }>();
  for (const name of parameters) {
    const { shape } = constantOf(net, name);
    const decays = weightDecay !== 0 && (options.decays ?? isMatrix)(name, shape);
    const factor = options.learningRateFactor?.(name) ?? 1;
    const key = `parameters${decays ? '/decayed' : ''}${factor === 1 ? '' : `×${factor}`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [name], decays, factor });
    else group.names.push(name);
  }
  return [...groups].map(([vector, group]) => ({ vector, ...group }));
}

function constantOf(graph: Graph, name: string): Tensor {
  const tensor = graph.initializers.get(name);
  if (tensor?.type === 'float32') return tensor;
  throw new GraphError('unknown-value', {
    where: 'trainingStep',
    expected: 'parameters that are float32 constants of the graph',
    found: tensor === undefined ? `"${name}"` : `"${name}" of type ${tensor.type}`,
  });
}

/** All elements of the tensors in one row. */
function vectorOf(tensors: readonly Tensor[]): Tensor {
  const bytes = new Uint8Array(tensors.reduce((sum, tensor) => sum + tensor.bytes.length, 0));
  let at = 0;
  for (const tensor of tensors) {
    bytes.set(tensor.bytes, at);
    at += tensor.bytes.length;
  }
  return { type: 'float32', shape: [bytes.length / elementTypes.float32.bytes], bytes };
}

/** The graph with inputs for the vectors, whose pieces take the place of the constants that they hold. */
function withWeightsFrom(
  vectors: ReadonlyMap<string, Tensor>,
  places: ReadonlyMap<string, Place>,
  net: Graph,
): Graph {
  const initializers = new Map([...net.initializers].filter(([name]) => !places.has(name)));
  const g = graphBuilder({ ...net, initializers, nodes: [], outputs: [], values: new Map() });
  g.scope('weights', () => {
    for (const [vector, { type, shape }] of vectors) {
      const held = [...places].filter(([, place]) => place.vector === vector);
      const sizes = held.map(([, place]) => sizeOf(place.shape));
      const pieces = g.split(g.input(vector, type, shape), sizes, { axis: 0 });
      for (const [i, [name, place]] of held.entries()) {
        g.output(g.reshape(pieces[i], place.shape), name);
      }
    }
  });
  const weights = g.graph();
  return {
    ...net,
    inputs: weights.inputs,
    initializers: weights.initializers,
    nodes: [...weights.nodes, ...net.nodes],
    values: new Map([...weights.values, ...net.values]),
  };
}

const joined = (g: GraphBuilder, values: readonly Built[]): Built => {
  const flat = values.map((value) => g.reshape(value, [-1]));
  return flat.length === 1 ? flat[0] : g.concat(flat, { axis: 0 });
};

const zerosOf = ({ type, shape, bytes }: Tensor): Tensor => ({
  type,
  shape,
  bytes: new Uint8Array(bytes.length),
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
