// Values under other names, everywhere that they are used or made.

import type { Attribute, Graph, Node } from '../ir/graph.ts';

/** The graph with uses of some values replaced by others; outputs of the graph stay what they are. */
export function replaceUses(graph: Graph, replacements: ReadonlyMap<string, string>): Graph {
  if (replacements.size === 0) return graph;
  const resolve = (name: string): string => {
    const next = replacements.get(name);
    return next === undefined ? name : resolve(next);
  };
  return { ...graph, nodes: graph.nodes.map((node) => withInputs(node, resolve)) };
}

/** A node that reads other values, in graphs nested in it as well. */
function withInputs(node: Node, resolve: (name: string) => string): Node {
  const nested = Object.values(node.attributes).some(({ kind }) => kind === 'graph');
  return {
    ...node,
    inputs: node.inputs.map(resolve),
    attributes: nested ? withNestedInputs(node.attributes, resolve) : node.attributes,
  };
}

function withNestedInputs(
  attributes: Node['attributes'],
  resolve: (name: string) => string,
): Node['attributes'] {
  const renamed = Object.entries(attributes).map(([key, attribute]): [string, Attribute] => {
    if (attribute.kind !== 'graph') return [key, attribute];
    const inner = attribute.value;
    // Names that the nested graph defines itself hide those from outside.
    const own = new Set([
      ...inner.inputs.map(({ name }) => name),
      ...inner.initializers.keys(),
      ...inner.nodes.flatMap(({ outputs }) => outputs),
    ]);
    const inside = (name: string) => (own.has(name) ? name : resolve(name));
    const value: Graph = {
      ...inner,
      nodes: inner.nodes.map((node) => withInputs(node, inside)),
      outputs: inner.outputs.map((output) => ({ ...output, name: inside(output.name) })),
    };
    return [key, { kind: 'graph', value }];
  });
  return Object.fromEntries(renamed);
}
