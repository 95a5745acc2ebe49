// Folds batch normalisation with fixed statistics into the convolution or matrix product before it.

import type { Graph, Node } from '../ir/graph.ts';
import { numbersOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import { removeUnused } from './remove-unused.ts';

/**
 * The graph with every BatchNormalization that follows a Conv alone, with constant weights, taken into its weights and
 * bias: γ/σ scales each output channel. That is what inference and frozen backbones want; it is wrong for training.
 */
export function foldBatchNorm(graph: Graph): Graph {
  const uses = new Map<string, number>();
  for (const name of [
    ...graph.nodes.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map((o) => o.name),
  ]) {
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const initializers = new Map(graph.initializers);
  const inputNames = new Set(graph.inputs.map(({ name }) => name));
  const constantOf = (name: string | undefined): Tensor | undefined =>
    name === undefined || inputNames.has(name) ? undefined : initializers.get(name);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  const folded = new Map<Node, Node>();
  const dropped = new Set<Node>();

  for (const norm of graph.nodes) {
    const conv = makers.get(norm.inputs[0]);
    if (operatorOf(norm) !== 'BatchNormalization' || norm.outputs.length > 1) continue;
    if (conv === undefined || operatorOf(conv) !== 'Conv' || uses.get(conv.outputs[0]) !== 1)
      continue;
    const { epsilon, training_mode } = decodeAttributes(
      'BatchNormalization',
      norm.attributes,
      norm.name,
    );
    const weights = constantOf(conv.inputs[1]);
    const bias = conv.inputs[2] ? constantOf(conv.inputs[2]) : undefined;
    const statistics = norm.inputs.slice(1).map(constantOf);
    const isConstant = weights && statistics.every((tensor) => tensor !== undefined);
    if (!isConstant || training_mode === 1 || (conv.inputs[2] && bias === undefined)) continue;
    const [scale, shift, mean, variance] = statistics.map((tensor) => numbersOf(tensor!));
    const gain = scale.map((value, c) => value / Math.sqrt(variance[c] + epsilon));
    const old = bias ? numbersOf(bias) : new Float64Array(scale.length);
    const perChannel = numbersOf(weights).length / scale.length;
    const names = [`${norm.name}/folded_weights`, `${norm.name}/folded_bias`];
    const scaled = numbersOf(weights).map((w, i) => w * gain[Math.floor(i / perChannel)]);
    const moved = shift.map((value, c) => value + (old[c] - mean[c]) * gain[c]);
    initializers.set(names[0], tensorOf(weights.type, weights.shape, scaled));
    initializers.set(names[1], tensorOf(weights.type, [scale.length], moved));
    dropped.add(conv);
    folded.set(norm, { ...conv, inputs: [conv.inputs[0], ...names], outputs: norm.outputs });
  }
  const nodes = graph.nodes
    .filter((node) => !dropped.has(node))
    .map((node) => folded.get(node) ?? node);
  return removeUnused({ ...graph, nodes, initializers });
}
