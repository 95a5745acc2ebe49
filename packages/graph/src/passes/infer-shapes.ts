// Types and shapes of every value, and dimensions given by name.

import { GraphError } from '../graph-error.ts';
import type { Dim, Shape } from '../ir/dim.ts';
import type { Graph, Value, ValueType } from '../ir/graph.ts';
import { inferValues } from '../operators/infer.ts';

/**
 * The graph with what the rules of its operators say of every value.
 *
 * @throws GraphError `bad-node` where a node cannot take what it is given.
 */
export function inferShapes(graph: Graph): Graph {
  const known = inferValues(graph);
  const typeOf = (name: string): ValueType | undefined => {
    const inferred = known.get(name);
    return inferred && { type: inferred.type, shape: inferred.shape };
  };
  const values = graph.nodes.flatMap(({ outputs }) =>
    outputs.flatMap((name) => {
      const type = typeOf(name);
      return name === '' || type === undefined ? [] : [[name, type] as const];
    }),
  );
  const outputs = graph.outputs.map((output): Value => ({ ...output, ...typeOf(output.name) }));
  return { ...graph, values: new Map(values), outputs };
}

/**
 * The graph with numbers for dimensions that had names, and shapes inferred anew.
 *
 * @throws GraphError `bad-graph` for a name that no input has, or a size that is no whole number.
 *
 * @example
 * const training = bindDims(graph, { N: 32 }); // input %x: f32[32,3,64,64]
 */
export function bindDims(graph: Graph, sizes: Readonly<Record<string, number>>): Graph {
  const names = new Set(graph.inputs.flatMap(({ shape }) => shape ?? []));
  for (const [name, size] of Object.entries(sizes)) {
    if (!names.has(name) || !Number.isSafeInteger(size) || size < 0) {
      throw new GraphError('bad-graph', {
        where: 'bindDims',
        expected: `sizes of ${[...names].filter((dim) => typeof dim === 'string').join(', ') || 'no dimensions'}`,
        found: `${name} = ${size}`,
      });
    }
  }
  const bind = (dim: Dim): Dim =>
    typeof dim === 'string' && Object.hasOwn(sizes, dim) ? sizes[dim] : dim;
  const bound = (shape: Shape | undefined) => shape?.map(bind);
  const inputs = graph.inputs.map((input) => ({ ...input, shape: bound(input.shape) }));
  // What a file says of the values in between may hold on to the names: only the rules are asked.
  return inferShapes({ ...graph, inputs, values: new Map() });
}
