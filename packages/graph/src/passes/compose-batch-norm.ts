// Rewrites batch normalisation in training mode, which ONNX Runtime's inference builds lack, into operators that they have;
// and turns a network's fixed batch normalisations into training ones.

import { graphBuilder } from '../build/graph-builder.ts';
import type { Graph, Node } from '../ir/graph.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import { composedBatchNormalization } from '../operators/normalisation.ts';
import { knownShape } from '../operators/operator.ts';
import { replaceUses } from './rename.ts';

const isTraining = (node: Node): boolean =>
  operatorOf(node) === 'BatchNormalization' &&
  decodeAttributes('BatchNormalization', node.attributes, node.name).training_mode === 1;

/** The graph with every training-mode BatchNormalization composed of operators for inference. */
export function composeBatchNorm(graph: Graph): Graph {
  if (!graph.nodes.some(isTraining)) return graph;
  let rest: readonly Node[] = graph.nodes;
  let built: Graph = { ...graph, nodes: [], outputs: [] };
  while (rest.length > 0) {
    const count = rest.findIndex(isTraining);
    const before = count < 0 ? rest : rest.slice(0, count);
    built = { ...built, nodes: [...built.nodes, ...before] };
    if (count < 0) break;
    built = withComposed(built, rest[count]);
    rest = rest.slice(count + 1);
  }
  return { ...built, outputs: graph.outputs };
}

function withComposed(graph: Graph, norm: Node): Graph {
  const g = graphBuilder(graph);
  const { epsilon, momentum } = decodeAttributes('BatchNormalization', norm.attributes, norm.name);
  const [x, ...others] = norm.inputs.map((name) => g.value(name));
  const rank = x.shape?.length;
  if (rank === undefined) knownShape(x, norm.name);
  const made = g.scope(norm.name, () =>
    composedBatchNormalization(
      g,
      [{ ...x, shape: x.shape! }, others[0], others[1], others[2], others[3]],
      { epsilon, momentum },
    ),
  );
  const names = new Map(
    [made.y, made.runningMean, made.runningVariance].map(({ name }, i) => [name, norm.outputs[i]]),
  );
  const rename = (name: string) => names.get(name) || name;
  const composed = g.graph();
  const nodes = composed.nodes.map((node) => ({ ...node, outputs: node.outputs.map(rename) }));
  return replaceUses({ ...composed, nodes }, new Map([...names].filter(([, to]) => to)));
}
