// The graph as data: what ONNX's GraphProto says, without its bytes. Values are referred to by name, as in ONNX, so that
// a graph is plain, immutable, and costs nothing to print, compare and write. Every graph here speaks one opset,
// `graphOpset`; reading a file brings older ones up to it.

import type { Shape } from './dim.ts';
import type { ElementType } from './element-type.ts';
import type { Tensor } from './tensor.ts';

/** The version of ONNX's own operators that every graph is in. ONNX Runtime knows it since 1.18 (2024). */
export const graphOpset = 21;

/** What is known of a value before a graph runs. */
export interface ValueType {
  readonly type: ElementType;
  /** Undefined where not even the number of dimensions is known. */
  readonly shape: Shape | undefined;
}

export interface Value extends ValueType {
  readonly name: string;
}

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'graph'; readonly value: Graph };

export interface Node {
  readonly name: string;
  /** ONNX's name of it, such as `Conv`. */
  readonly operator: string;
  /** `''` for ONNX's own operators. */
  readonly domain: string;
  /** Names of values; `''` where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Constants: weights that do not change from run to run. */
  readonly initializers: ReadonlyMap<string, Tensor>;
  /** In an order in which they can be run. */
  readonly nodes: readonly Node[];
  /** What is known of values that nodes make. */
  readonly values: ReadonlyMap<string, ValueType>;
}

/** A graph with what a file says around it. */
export interface Model {
  readonly graph: Graph;
  /** Versions of the operator sets besides ONNX's own, by domain. */
  readonly domains: ReadonlyMap<string, number>;
  /** Free keys and texts, such as labels and the size of the input. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly producer: { readonly name: string; readonly version: string };
}

/** How a node is called in messages: `Conv "layer1/conv"`. */
export const describeNode = ({ operator, domain, name, outputs }: Node): string =>
  `${domain === '' ? '' : `${domain}.`}${operator} "${name || outputs[0]}"`;

/** What is known of each value of a graph: inputs, constants and what nodes make. */
export function valueTypesOf(graph: Graph): Map<string, ValueType> {
  const types = new Map<string, ValueType>(graph.values);
  for (const { name, type, shape } of graph.outputs) {
    if (!types.has(name)) types.set(name, { type, shape });
  }
  for (const [name, { type, shape }] of graph.initializers) types.set(name, { type, shape });
  for (const { name, type, shape } of graph.inputs) types.set(name, { type, shape });
  return types;
}

/** Names of values that nested graphs (the bodies of If and Loop) take from the graph around them. */
export function outerNamesOf(node: Node): string[] {
  return Object.values(node.attributes).flatMap((attribute) =>
    attribute.kind === 'graph' ? freeNamesOf(attribute.value) : [],
  );
}

function freeNamesOf(graph: Graph): string[] {
  const own = new Set([...graph.inputs.map(({ name }) => name), ...graph.initializers.keys()]);
  const free: string[] = [];
  for (const node of graph.nodes) {
    free.push(...[...node.inputs, ...outerNamesOf(node)].filter((name) => name && !own.has(name)));
    for (const name of node.outputs) own.add(name);
  }
  return [...free, ...graph.outputs.map(({ name }) => name).filter((name) => !own.has(name))];
}
