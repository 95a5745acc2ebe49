// How much memory a graph needs, told without running it.

import { elementTypes } from '../ir/element-type.ts';
import { type Graph, type ValueType, valueTypesOf } from '../ir/graph.ts';

/** Operators whose result is another view of what they are given. */
const views = new Set(['Flatten', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze']);

/**
 * Bytes of all values that are alive at once, at most, when nodes run in their order and a value is dropped behind the last
 * node that takes it. Inputs, constants and outputs live all the time. What a runtime needs besides, for packed weights
 * and the work of a node, is not in it.
 *
 * A dimension that is no number counts as 1: `bindDims` gives them numbers.
 *
 * @example
 * const bytes = peakBytes(bindDims(graph, { N: 8 }));
 */
export function peakBytes(graph: Graph): number {
  const types = valueTypesOf(graph);
  const owners = ownersOf(graph);
  const owner = (name: string) => owners.get(name) ?? name;
  const lastUse = new Map<string, number>();
  for (const [i, { inputs }] of graph.nodes.entries()) {
    for (const name of inputs) lastUse.set(owner(name), i);
  }
  const stays = new Set(
    [
      ...graph.inputs,
      ...graph.outputs,
      ...[...graph.initializers.keys()].map((name) => ({ name })),
    ].map(({ name }) => owner(name)),
  );
  let alive = [...stays].reduce((sum, name) => sum + bytesOf(types.get(name)), 0);
  let peak = alive;
  for (const [i, { inputs, outputs }] of graph.nodes.entries()) {
    const made = outputs.filter((name) => name !== '' && owner(name) === name && !stays.has(name));
    for (const name of made) alive += bytesOf(types.get(name));
    peak = Math.max(peak, alive);
    const ended = new Set(inputs.map(owner).filter((name) => lastUse.get(name) === i));
    for (const name of made) if (!lastUse.has(name)) ended.add(name);
    for (const name of ended)
      if (name !== '' && !stays.has(name)) alive -= bytesOf(types.get(name));
  }
  return peak;
}

/** Whose memory the results of views are. */
function ownersOf({ nodes }: Graph): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { operator, inputs, outputs } of nodes) {
    if (views.has(operator)) owners.set(outputs[0], owners.get(inputs[0]) ?? inputs[0]);
  }
  return owners;
}

function bytesOf(type: ValueType | undefined): number {
  if (type === undefined) return 0;
  const dims = (type.shape ?? []).map((dim) => (typeof dim === 'number' ? dim : 1));
  return dims.reduce((a, b) => a * b, elementTypes[type.type].bytes);
}
