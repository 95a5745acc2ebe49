// Rewrites batch normalisation in training mode, which ONNX Runtime's inference builds lack, into operators that they have;
// and turns a network's fixed batch normalisations into training ones.

import { type GraphBuilder, graphBuilder } from '../build/graph-builder.ts';
import type { Graph, Node } from '../ir/graph.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import { composedBatchNormalization } from '../operators/normalisation.ts';
import { knownShape } from '../operators/operator.ts';

const isTraining = (node: Node): boolean =>
  operatorOf(node) === 'BatchNormalization' &&
  decodeAttributes('BatchNormalization', node.attributes, node.name).training_mode === 1;

/** The graph with every training-mode BatchNormalization composed of operators for inference. */
export function composeBatchNorm(graph: Graph): Graph {
  if (!graph.nodes.some(isTraining)) return graph;
  // What a normalisation is composed of reads only its inputs: built at the end, it can be moved to the node's own place.
  const g = graphBuilder(graph);
  const composed = new Map<Node, readonly Node[]>();
  for (const norm of graph.nodes.filter(isTraining)) {
    const start = g.graph().nodes.length;
    const renamed = compose(g, norm);
    const made = g.graph().nodes.slice(start);
    composed.set(
      norm,
      made.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => renamed.get(name) ?? name),
      })),
    );
  }
  const { initializers, values } = g.graph();
  const nodes = graph.nodes.flatMap((node) => composed.get(node) ?? [node]);
  return { ...graph, nodes, initializers, values };
}

/** Builds a normalisation; gives the names that the node's own outputs take the place of. */
function compose(g: GraphBuilder, norm: Node): Map<string, string> {
  const { epsilon, momentum } = decodeAttributes('BatchNormalization', norm.attributes, norm.name);
  const [x, scale, bias, mean, variance] = norm.inputs.map((name) => g.value(name));
  const shape = x.shape ?? knownShape(x, norm.name);
  const { y, runningMean, runningVariance } = g.scope(norm.name, () =>
    composedBatchNormalization(g, [{ ...x, shape }, scale, bias, mean, variance], {
      epsilon,
      momentum,
    }),
  );
  const made = [y, runningMean, runningVariance];
  return new Map(
    norm.outputs.flatMap((name, i) => (name === '' ? [] : [[made[i].name, name] as const])),
  );
}
