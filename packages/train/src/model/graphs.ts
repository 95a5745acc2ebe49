// The graphs of a model: the one that is differentiated, the one that is validated while it learns, and the one that is
// handed out. They share the same layers under the same names, so weights go from one to the other by name.

import {
  type Built,
  foldBatchNorm,
  type Graph,
  type GraphBuilder,
  graphBuilder,
  simplify,
  type Tensor,
  trainBatchNorm,
} from '@migaki/graph';
import { importedMaps, importedRates, withImported } from '../networks/backbone.ts';
import type { FeatureMap } from '../networks/feature-map.ts';
import { layersOn, scopes } from '../networks/layers.ts';
import type { Frame, Stop } from '../tasks/task.ts';
import { taskOf } from '../tasks/tasks.ts';
import { type Forward, forward, withHead } from './forward.ts';
import type { ModelPlan, PlannedModel } from './model-plan.ts';
import { preprocessed } from './preprocess.ts';

export type Weights = ReadonlyMap<string, Tensor>;

export interface TrainingGraph {
  /** Inputs: `pictures` [N,3,H,W] uint8, or feature maps; the task's targets. Outputs: `loss` and its parts. */
  readonly graph: Graph;
  /** Weights that training changes. */
  readonly parameters: readonly string[];
  /** Names of the parts of the loss. */
  readonly parts: readonly string[];
  /** Values through which no gradient flows. */
  readonly stops: readonly string[];
  /** Factors to the learning rate, for weights that have one. */
  readonly rates: ReadonlyMap<string, number>;
}

export function trainingGraph(model: PlannedModel, batch: number): TrainingGraph {
  const g = graphBuilder();
  const rates =
    model.backbone && model.plan.imported
      ? importedRates(model.backbone, model.plan.imported)
      : new Map<string, number>();
  return withLoss(forward(g, picturesInput(g, model.plan, batch), model), model, batch, rates);
}

/**
 * For a backbone that stays as it is: the graph of the head alone, whose inputs `features/…` are the backbone's maps, and
 * the graph that computes them from `pictures` [N,3,H,W] uint8.
 */
export function headGraphs(
  model: PlannedModel,
  batch: number,
): { training: TrainingGraph; features: Graph } {
  const { plan } = model;
  const inputs = graphBuilder();
  const pictures = picturesInput(inputs, plan, 'N');
  const g = withImported(inputs, pictures, model.backbone!, plan.imported!);
  const maps = importedMaps(g, model.backbone!, plan.input);
  const nameOf = ({ stride }: FeatureMap) => `features/${stride}`;
  for (const map of maps) g.output(map.value, nameOf(map));

  const head = graphBuilder();
  const given = maps.map((map): FeatureMap => {
    const shape = [batch, ...(map.value.shape as number[]).slice(1)];
    return { stride: map.stride, value: head.input(nameOf(map), 'float32', shape) };
  });
  const layers = layersOn(head, plan.seed);
  return {
    training: withLoss(withHead(head, layers, given, plan), model, batch, new Map()),
    features: simplify(g.graph('features')),
  };
}

function withLoss(
  { g, layers, head }: Forward,
  { plan, backbone }: PlannedModel,
  batch: number,
  rates: ReadonlyMap<string, number>,
): TrainingGraph {
  const task = taskOf(plan.task.task);
  const targets = task.targets(g, plan.task as never, batch, plan.input);
  const stops: string[] = [];
  const stop: Stop = (value) => {
    const held = g.identity(value);
    stops.push(held.name);
    return held;
  };
  const { loss, parts } = task.loss(g, head, targets, plan.task as never, stop);
  g.output(loss, 'loss');
  for (const [name, part] of Object.entries(parts)) g.output(part, name);
  // What an imported network still has of normalisation keeps its own statistics.
  const imported = new Set(backbone?.graph.nodes.map(({ name }) => name));
  return {
    graph: trainBatchNorm(g.graph(plan.task.task), 0.9, ({ name }) => !imported.has(name)),
    parameters: [...rates.keys(), ...layers.parameters],
    parts: Object.keys(parts),
    stops,
    rates,
  };
}

/**
 * Pictures that are laid into the input already: inputs `pictures` [N,3,H,W] uint8 and `frame` [N,4] (see `Frame`), outputs
 * the task's answers. The weights are those before training.
 */
export function answeringGraph(model: PlannedModel): Graph {
  const g = graphBuilder();
  const pictures = picturesInput(g, model.plan, 'N');
  const frame = g.unsqueeze(g.input('frame', 'float32', ['N', 4]), [2]);
  const [x, y, width, height] = g.split(frame, undefined, { axis: 1, num_outputs: 4 });
  return answering(g, pictures, model, { x, y, width, height });
}

/** The same with trained weights, as fast as it goes. */
export const validationGraph = (model: PlannedModel, weights: Weights): Graph =>
  served(answeringGraph(model), weights);

/** Pictures as they are: input `picture` [N,h,w,3] uint8, red, green and blue; outputs the task's answers. */
export function exportedGraph(model: PlannedModel, weights: Weights): Graph {
  const g = graphBuilder();
  const picture = g.input('picture', 'uint8', ['N', 'height', 'width', 3]);
  const { pictures, frame } = g.scope(scopes.preprocess, () =>
    preprocessed(g, picture, model.plan.input),
  );
  return served(answering(g, pictures, model, frame), weights);
}

function answering(start: GraphBuilder, pictures: Built, model: PlannedModel, frame: Frame): Graph {
  const { plan } = model;
  const { g, head } = forward(start, pictures, model);
  const answers = g.scope(scopes.answers, () =>
    taskOf(plan.task.task).answers(g, head, plan.task as never, frame),
  );
  for (const [name, value] of Object.entries(answers)) g.output(value, name);
  return g.graph(plan.task.task);
}

/** The graph with trained weights, normalisation taken into the convolutions. */
const served = (graph: Graph, weights: Weights): Graph =>
  simplify(foldBatchNorm(withWeights(graph, weights)));

/** The graph with other constants where there are others of that name. */
export const withWeights = (graph: Graph, weights: Weights): Graph => ({
  ...graph,
  initializers: new Map(
    [...graph.initializers].map(([name, first]) => [name, weights.get(name) ?? first]),
  ),
});

const picturesInput = (g: GraphBuilder, { input }: ModelPlan, batch: number | 'N'): Built =>
  g.input('pictures', 'uint8', [batch, 3, input.height, input.width]);
