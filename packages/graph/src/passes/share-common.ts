// Computes equal things once: nodes of the same operator, inputs and attributes are merged (common subexpressions).

import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { operatorOf } from '../operators/infer.ts';
import { replaceUses } from './rename.ts';

/**
 * The graph without repeated computations. Of two nodes that differ only in how many outputs they give, such as a MaxPool
 * with and without positions, the first one gives all.
 */
export function shareCommon(graph: Graph): Graph {
  const outputNames = new Set(graph.outputs.map(({ name }) => name));
  const replacements = new Map<string, string>();
  const resolve = (name: string) => replacements.get(name) ?? name;
  const firstOf = new Map<string, number>();
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map(resolve);
    const key = keyOf(node, inputs);
    const at = key === undefined ? undefined : firstOf.get(key);
    if (at === undefined || node.outputs.some((name) => outputNames.has(name))) {
      if (key !== undefined && at === undefined) firstOf.set(key, nodes.length);
      nodes.push({ ...node, inputs });
      continue;
    }
    const first = nodes[at];
    const outputs = Array.from(
      { length: Math.max(first.outputs.length, node.outputs.length) },
      (_, i) => first.outputs[i] || node.outputs[i],
    );
    nodes[at] = { ...first, outputs };
    node.outputs.forEach((name, i) => {
      if (name !== '' && name !== outputs[i]) replacements.set(name, outputs[i]);
    });
  }
  return replaceUses({ ...graph, nodes }, replacements);
}

/** Equal for nodes that compute the same; undefined for those that may not be merged. */
function keyOf(node: Node, inputs: readonly string[]): string | undefined {
  if (operatorOf(node) === undefined) return undefined;
  const attributes = Object.entries(node.attributes)
    .map(([name, attribute]) => `${name}=${textOf(attribute)}`)
    .sort();
  return [node.operator, inputs.join(','), ...attributes].join('|');
}

const textOf = (attribute: Attribute): string =>
  attribute.kind === 'tensor'
    ? `${attribute.value.type}[${attribute.value.shape}]${attribute.value.bytes}`
    : `${attribute.kind}:${attribute.value}`;
