// Removes nodes that hand on their input as it is, and joins transposes that follow each other.

import { isStatic, type Shape } from '../ir/dim.ts';
import type { Graph, Node } from '../ir/graph.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { inferValues, operatorOf } from '../operators/infer.ts';
import type { Inferred } from '../operators/operator.ts';
import type { OperatorName } from '../operators/signatures.ts';
import { replaceUses } from './rename.ts';

const isSameShape = (a: Shape | undefined, b: Shape | undefined) =>
  a !== undefined && b !== undefined && isStatic(a) && isStatic(b) && a.join() === b.join();

interface Facts {
  readonly x: Inferred | undefined;
  readonly y: Inferred | undefined;
  readonly inputs: readonly (Inferred | undefined)[];
}

/** Operators whose output may be their first input, and when it is. */
const redundant: Partial<Record<OperatorName, (node: Node, facts: Facts) => boolean>> = {
  Identity: () => true,
  Dropout: (node) => node.outputs.length === 1,
  Cast: (_, { x, y }) => x !== undefined && x.type === y?.type,
  CastLike: (_, { x, y }) => x !== undefined && x.type === y?.type,
  Reshape: (_, { x, y }) => isSameShape(x?.shape, y?.shape),
  Flatten: (_, { x, y }) => isSameShape(x?.shape, y?.shape),
  Expand: (_, { x, y }) => isSameShape(x?.shape, y?.shape),
  Squeeze: (_, { x, y }) => isSameShape(x?.shape, y?.shape),
  Pad: (_, { inputs }) => inputs[1]?.contents?.every((pad) => pad === 0) === true,
  Transpose: (node) => {
    const { perm } = decodeAttributes('Transpose', node.attributes, node.name);
    return perm?.every((axis, i) => axis === i) === true;
  },
  Concat: (node) => node.inputs.length === 1,
  Sum: (node) => node.inputs.length === 1,
};

/** The graph without nodes that change nothing. What an output of the graph is called stays. */
export function removeIdentities(graph: Graph): Graph {
  const joined = joinTransposes(graph);
  const known = inferValues(joined);
  const outputNames = new Set(joined.outputs.map(({ name }) => name));
  const makers = new Map(joined.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  const replacements = new Map<string, string>();
  const renamed = new Map<string, string>();
  const resolve = (name: string): string => {
    const next = replacements.get(name);
    return next === undefined ? name : resolve(next);
  };
  const nodes = joined.nodes.filter((node) => {
    const operator = operatorOf(node);
    const facts = {
      x: known.get(node.inputs[0]),
      y: known.get(node.outputs[0]),
      inputs: node.inputs.map((name) => known.get(name)),
    };
    const isRedundant = operator !== undefined && redundant[operator]?.(node, facts) === true;
    if (!isRedundant) return true;
    const from = resolve(node.inputs[0]);
    const [to] = node.outputs;
    if (!outputNames.has(to)) {
      replacements.set(to, from);
      return false;
    }
    // The value takes the output's name where it is not needed under its own.
    if (outputNames.has(from) || renamed.has(from) || !makers.has(from)) return true;
    renamed.set(from, to);
    return false;
  });
  const used = replaceUses({ ...joined, nodes }, replacements);
  const rename = (name: string) => renamed.get(name) ?? name;
  const named = used.nodes.map((node) => ({ ...node, outputs: node.outputs.map(rename) }));
  const values = new Map([...used.values].map(([name, type]) => [rename(name), type]));
  return replaceUses({ ...used, nodes: named, values }, renamed);
}

/** Two transposes in a row become one. */
function joinTransposes(graph: Graph): Graph {
  const makers = new Map<string, Node>();
  const nodes = graph.nodes.map((node) => {
    const joined = joinedWithMaker(node, makers);
    for (const name of joined.outputs) makers.set(name, joined);
    return joined;
  });
  return { ...graph, nodes };
}

function joinedWithMaker(node: Node, makers: ReadonlyMap<string, Node>): Node {
  const maker = makers.get(node.inputs[0]);
  if (operatorOf(node) !== 'Transpose' || !maker || operatorOf(maker) !== 'Transpose') return node;
  const first = maker.attributes.perm;
  const second = node.attributes.perm;
  if (first?.kind !== 'ints' || second?.kind !== 'ints') return node;
  const perm = second.value.map((axis) => first.value[axis]);
  return { ...node, inputs: maker.inputs, attributes: { perm: { kind: 'ints', value: perm } } };
}
