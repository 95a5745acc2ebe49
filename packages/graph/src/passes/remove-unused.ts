// Drops what no output of the graph depends on.

import { type Graph, outerNamesOf } from '../ir/graph.ts';

/** The graph without nodes, constants and notes of shapes that nothing uses. Inputs stay: callers give them. */
export function removeUnused(graph: Graph): Graph {
  const used = new Set(graph.outputs.map(({ name }) => name));
  const nodes = graph.nodes
    .toReversed()
    .filter((node) => {
      const isUsed = node.outputs.some((name) => used.has(name));
      if (isUsed) for (const name of [...node.inputs, ...outerNamesOf(node)]) used.add(name);
      return isUsed;
    })
    .reverse();
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  return {
    ...graph,
    nodes,
    initializers: new Map([...graph.initializers].filter(([name]) => used.has(name))),
    values: new Map([...graph.values].filter(([name]) => made.has(name))),
  };
}
