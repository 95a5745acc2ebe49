// Graphs as text, for people and for snapshots in tests:
//
//   graph net
//     input %x: f32[N,3,32,32]
//     const %w: f32[64,3,7,7]
//     %conv: f32[N,64,16,16] = Conv(%x, %w) {strides=[2,2]}
//     %y: f32[N,64,16,16] = Relu(%conv)
//     output %y

import { printShape } from './dim.ts';
import { elementTypes } from './element-type.ts';
import { type Attribute, type Graph, type Node, type ValueType, valueTypesOf } from './graph.ts';
import { numbersOf, sizeOf, type Tensor } from './tensor.ts';

/** Lists and scalars of up to this many elements are shown where they are used instead of by name. */
const maxInlineElements = 8;
const isInline = ({ shape }: Tensor) => shape.length <= 1 && sizeOf(shape) <= maxInlineElements;

/** `f32[N,64,16,16]`. */
export const printType = ({ type, shape }: ValueType): string =>
  `${elementTypes[type].short}${printShape(shape)}`;

/**
 * The text of a graph, one line per input, larger constant, node and output.
 *
 * @example
 * console.log(printGraph(graph));
 */
export function printGraph(graph: Graph, indent = ''): string {
  const types = valueTypesOf(graph);
  const inputNames = new Set(graph.inputs.map(({ name }) => name));
  const inline = new Map<string, string>();
  const lines = [`${indent}graph ${graph.name}`];
  const line = (text: string) => lines.push(`${indent}  ${text}`);
  for (const { name, type, shape } of graph.inputs)
    line(`input %${name}: ${printType({ type, shape })}`);
  for (const [name, tensor] of graph.initializers) {
    if (!inputNames.has(name) && isInline(tensor)) {
      inline.set(name, printTensor(tensor));
    } else line(`const %${name}: ${printType(tensor)}`);
  }
  for (const node of graph.nodes) line(printNode(node, types, inline, indent));
  for (const { name } of graph.outputs) line(`output %${name}`);
  return lines.join('\n');
}

function printNode(
  node: Node,
  types: ReadonlyMap<string, ValueType>,
  inline: ReadonlyMap<string, string>,
  indent: string,
): string {
  const outputs = node.outputs.map((name) => {
    const type = types.get(name);
    return `%${name}${type === undefined ? '' : `: ${printType(type)}`}`;
  });
  const inputs = node.inputs.map((name) => (name === '' ? '_' : (inline.get(name) ?? `%${name}`)));
  const attributes = Object.entries(node.attributes).map(
    ([name, attribute]) => `${name}=${printAttribute(attribute, indent)}`,
  );
  const operator = node.domain === '' ? node.operator : `${node.domain}.${node.operator}`;
  const braces = attributes.length > 0 ? ` {${attributes.join(', ')}}` : '';
  return `${outputs.join(', ')} = ${operator}(${inputs.join(', ')})${braces}`;
}

function printAttribute(attribute: Attribute, indent: string): string {
  const { kind, value } = attribute;
  if (kind === 'tensor') return printTensor(value);
  if (kind === 'graph') return `\n${printGraph(value, `${indent}    `)}\n${indent}  `;
  return Array.isArray(value) ? `[${value.join(',')}]` : `${value}`;
}

/** `2`, `[0,-1]`, or the type of a larger tensor; six digits are enough to tell constants apart. */
function printTensor(tensor: Tensor): string {
  if (!isInline(tensor)) return printType(tensor);
  const numbers = Array.from(numbersOf(tensor), (value) => Number(value.toPrecision(6)));
  return tensor.shape.length === 0 ? `${numbers[0]}` : `[${numbers.join(',')}]`;
}
