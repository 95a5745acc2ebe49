import { type Graph, outerNamesOf } from './graph.ts';

/** Names of the values that a value is computed from, its own among them. */
export function contributorsTo(graph: Pick<Graph, 'nodes'>, name: string): Set<string> {
  const needed = new Set([name]);
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of [...node.inputs, ...outerNamesOf(node)]) needed.add(input);
  }
  return needed;
}
