// Makes constants into inputs, so that they can change from run to run.

import { GraphError } from '../graph-error.ts';
import type { Graph } from '../ir/graph.ts';

/**
 * The graph with some of its constants as inputs, behind the inputs that it has.
 *
 * @throws GraphError `unknown-value` for a name that is no constant.
 */
export function weightsAsInputs(graph: Graph, names: readonly string[]): Graph {
  const initializers = new Map(graph.initializers);
  const inputs = [...graph.inputs];
  for (const name of names) {
    const tensor = initializers.get(name);
    if (tensor === undefined) {
      throw new GraphError('unknown-value', {
        where: `graph ${graph.name}`,
        expected: 'the name of a constant',
        found: `"${name}"`,
      });
    }
    initializers.delete(name);
    inputs.push({ name, type: tensor.type, shape: tensor.shape });
  }
  return { ...graph, inputs, initializers };
}
