// Fixed batch normalisation into that of training: with the statistics of each batch, and running ones as outputs.

import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { operatorOf } from '../operators/infer.ts';

/** What the running statistics of a BatchNormalization are called before and after a step. */
export interface RunningStatistics {
  readonly before: string;
  readonly after: string;
}

const one: Attribute = { kind: 'int', value: 1 };

/**
 * The graph with every BatchNormalization, or those that `isTrained` picks, in training mode.
 *
 * @param momentum how much of the running statistics stays at each step (ONNX's sense: 1 less PyTorch's)
 */
export function trainBatchNorm(
  graph: Graph,
  momentum = 0.9,
  isTrained: (node: Node) => boolean = () => true,
): Graph {
  const nodes = graph.nodes.map((node): Node => {
    if (operatorOf(node) !== 'BatchNormalization' || !isTrained(node)) return node;
    const [y] = node.outputs;
    return {
      ...node,
      outputs: [y, `${y}/running_mean`, `${y}/running_var`],
      attributes: {
        ...node.attributes,
        training_mode: one,
        momentum: { kind: 'float', value: momentum },
      },
    };
  });
  return { ...graph, nodes };
}

/** The running statistics that a graph keeps: constants or inputs of training-mode normalisations, and what follows them. */
export function runningStatistics(graph: Graph): RunningStatistics[] {
  return graph.nodes.flatMap((node) => {
    const mode = node.attributes.training_mode;
    if (operatorOf(node) !== 'BatchNormalization' || mode?.value !== 1) return [];
    return [1, 2].flatMap((i) => {
      const [before, after] = [node.inputs[i + 2], node.outputs[i]];
      return after ? [{ before, after }] : [];
    });
  });
}
