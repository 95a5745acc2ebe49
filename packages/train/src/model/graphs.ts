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
import { type Layers, layersOn, scopes } from '../networks/layers.ts';
import { headWidths, residualBackbone } from '../networks/residual.ts';
import type { Frame, Stop, Values } from '../tasks/task.ts';
import { taskOf } from '../tasks/tasks.ts';
import type { ModelPlan } from './model-plan.ts';
import { preprocessed } from './preprocess.ts';

export type Weights = ReadonlyMap<string, Tensor>;

export interface TrainingGraph {
  /** Inputs `pictures` [N,3,H,W] uint8 and the task's targets; outputs `loss` and its parts. */
  readonly graph: Graph;
  /** Weights that training changes. */
  readonly parameters: readonly string[];
  /** Names of the parts of the loss. */
  readonly parts: readonly string[];
  /** Values through which no gradient flows. */
  readonly stops: readonly string[];
}

export function trainingGraph(plan: ModelPlan, batch: number): TrainingGraph {
  const g = graphBuilder();
  const task = taskOf(plan.task.task);
  const { layers, head } = forward(g, picturesInput(g, plan, batch), plan);
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
  return {
    graph: trainBatchNorm(g.graph(plan.task.task)),
    parameters: layers.parameters,
    parts: Object.keys(parts),
    stops,
  };
}

/**
 * Pictures that are laid into the input already: inputs `pictures` [N,3,H,W] uint8 and `frame` [N,4] (see `Frame`), outputs
 * the task's answers. The weights are those before training.
 */
export function answeringGraph(plan: ModelPlan): Graph {
  const g = graphBuilder();
  const pictures = picturesInput(g, plan, 'N');
  const frame = g.unsqueeze(g.input('frame', 'float32', ['N', 4]), [2]);
  const [x, y, width, height] = g.split(frame, undefined, { axis: 1, num_outputs: 4 });
  return answering(g, pictures, plan, { x, y, width, height });
}

/** The same with trained weights, as fast as it goes. */
export const validationGraph = (plan: ModelPlan, weights: Weights): Graph =>
  served(answeringGraph(plan), weights);

/** Pictures as they are: input `picture` [N,h,w,3] uint8, red, green and blue; outputs the task's answers. */
export function exportedGraph(plan: ModelPlan, weights: Weights): Graph {
  const g = graphBuilder();
  const picture = g.input('picture', 'uint8', ['N', 'height', 'width', 3]);
  const { pictures, frame } = g.scope(scopes.preprocess, () =>
    preprocessed(g, picture, plan.input),
  );
  return served(answering(g, pictures, plan, frame), weights);
}

function answering(g: GraphBuilder, pictures: Built, plan: ModelPlan, frame: Frame): Graph {
  const { head } = forward(g, pictures, plan);
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

/** @param pictures [N,3,H,W] uint8 */
function forward(
  g: GraphBuilder,
  pictures: Built,
  plan: ModelPlan,
): { layers: Layers; head: Values } {
  const layers = layersOn(g, plan.seed);
  const maps = residualBackbone(layers, pictures, plan.size);
  const width = headWidths[plan.size];
  return { layers, head: taskOf(plan.task.task).head(layers, maps, plan.task as never, width) };
}
