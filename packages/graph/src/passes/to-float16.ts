// Half precision: a file of half the size, and half the memory traffic where the hardware computes in it.

import { elementTypes } from '../ir/element-type.ts';
import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { numbersOf, type Tensor, tensorOf } from '../ir/tensor.ts';
import { inferShapes } from './infer-shapes.ts';
import { removeUnused } from './remove-unused.ts';

/** Larger numbers would become infinite. */
const greatest = 65_504;
const typeCode = (type: 'float16' | 'float32'): Attribute => ({
  kind: 'int',
  value: elementTypes[type].code,
});

/**
 * The graph with float32 arithmetic in float16. Inputs and outputs keep their types, and so does what `keeps` names, such as
 * pixel coordinates, which need more digits; casts stand between.
 *
 * @example
 * const half = toFloat16(graph, ({ name }) => name.startsWith('answers/'));
 */
export function toFloat16(graph: Graph, keeps: (node: Node) => boolean): Graph {
  const isFloat = (name: string): boolean =>
    (graph.initializers.get(name) ?? graph.values.get(name))?.type === 'float32' ||
    graph.inputs.some((input) => input.name === name && input.type === 'float32');
  const initializers = new Map(graph.initializers);
  const nodes: Node[] = [];
  /** Values of the graph that are float16 now, under their own names. */
  const halved = new Set<string>();
  const made = new Set<string>();

  /** The value in the precision wanted: itself, or a constant or a cast made for that. */
  const as = (type: 'float16' | 'float32', name: string): string => {
    if (!isFloat(name) || halved.has(name) === (type === 'float16')) return name;
    const wanted = `${name}/${type}`;
    if (made.has(wanted)) return wanted;
    made.add(wanted);
    const constant = graph.initializers.get(name);
    if (constant === undefined) nodes.push(castNode(name, wanted, type));
    else initializers.set(wanted, halfOf(constant));
    return wanted;
  };

  for (const node of graph.nodes) {
    const isKept = keeps(node) || !isConvertible(node);
    nodes.push(isKept ? kept(node, as) : converted(node, as));
    if (isKept) continue;
    for (const name of node.outputs) if (isFloat(name)) halved.add(name);
  }
  // An output keeps its name and type: the cast back gets its name, and what was called so another.
  const renamed = new Map<string, string>();
  for (const { name } of graph.outputs) {
    if (!halved.has(name)) continue;
    renamed.set(as('float32', name), name);
    renamed.set(name, `${name}/half`);
  }
  const nameOf = (name: string) => renamed.get(name) ?? name;
  const rewritten = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(nameOf),
    outputs: node.outputs.map(nameOf),
  }));
  return inferShapes(removeUnused({ ...graph, initializers, nodes: rewritten, values: new Map() }));
}

type As = (type: 'float16' | 'float32', name: string) => string;

const kept = (node: Node, as: As): Node => ({
  ...node,
  inputs: node.inputs.map((name) => as('float32', name)),
});

function converted(node: Node, as: As): Node {
  const { to } = node.attributes;
  const isCastToFloat = node.operator === 'Cast' && to?.value === elementTypes.float32.code;
  return {
    ...node,
    inputs: node.inputs.map((name) => as('float16', name)),
    attributes: isCastToFloat ? { ...node.attributes, to: typeCode('float16') } : node.attributes,
  };
}

/** Operators whose inputs must be float32 whatever the rest is, and those that hold tensors or graphs themselves. */
const float32Only = new Set([
  'DequantizeLinear',
  'DynamicQuantizeLinear',
  'NonMaxSuppression',
  'Range',
  'Resize',
]);
const isConvertible = ({ operator, domain, attributes }: Node): boolean =>
  domain === '' &&
  !float32Only.has(operator) &&
  Object.values(attributes).every(({ kind }) => kind !== 'graph' && kind !== 'tensor');

const castNode = (from: string, to: string, type: 'float16' | 'float32'): Node => ({
  name: to,
  operator: 'Cast',
  domain: '',
  inputs: [from],
  outputs: [to],
  attributes: { to: typeCode(type) },
});

const halfOf = (tensor: Tensor): Tensor =>
  tensorOf(
    'float16',
    tensor.shape,
    numbersOf(tensor).map((value) => Math.min(greatest, Math.max(-greatest, value))),
  );
