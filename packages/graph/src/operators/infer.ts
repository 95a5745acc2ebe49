// Types and shapes of what a node gives, by its operator's rule.

import { describeNode, type Graph, type Node } from '../ir/graph.ts';
import { sizeOf } from '../ir/tensor.ts';
import { decodeAttributes } from './attributes.ts';
import { contentsOfTensor, maxContents } from './creation.ts';
import type { NdArray } from './nd-array.ts';
import {
  badNode,
  type EvaluateCall,
  type InferCall,
  type Inferred,
  type Operator,
} from './operator.ts';
import { operators } from './operators.ts';
import { isOperatorName, type OperatorName, type Signature, signatures } from './signatures.ts';

/** The operator of a node, or undefined where no row of the table describes it. */
export const operatorOf = ({ operator, domain }: Node): OperatorName | undefined =>
  (domain === '' || domain === 'ai.onnx') && isOperatorName(operator) ? operator : undefined;

/** Refuses too few or too many inputs or outputs. */
function checkCounts(operator: OperatorName, node: Node): void {
  const { inputs, outputs }: Signature = signatures[operator];
  for (const [what, names, given] of [
    ['inputs', inputs, node.inputs],
    ['outputs', outputs, node.outputs],
  ] as const) {
    const isVariadic = names[0]?.startsWith('...') ?? false;
    const needed = isVariadic ? 1 : names.filter((name) => !name.endsWith('?')).length;
    const most = isVariadic ? Number.POSITIVE_INFINITY : names.length;
    if (given.length < needed || given.length > most) {
      const expected = needed === most ? `${needed}` : `${needed} or more`;
      badNode(describeNode(node), `${expected} ${what} (${names.join(', ')})`, `${given.length}`);
    }
  }
  for (const [i, name] of inputs.entries()) {
    if (name.endsWith('?') || name.startsWith('...')) continue;
    if (node.inputs[i] === '') badNode(describeNode(node), `an input ${name}`, 'none');
  }
}

/**
 * What is known of a node's outputs, given what is known of its inputs. Undefined for outputs of operators that no row
 * describes, and where the rank of an input is not known.
 *
 * @throws GraphError `bad-node` for inputs or attributes that the operator does not take.
 */
export function inferNode(
  node: Node,
  inferredOf: (name: string) => Inferred | undefined,
): (Inferred | undefined)[] {
  const operator = operatorOf(node);
  const unknown = node.outputs.map(() => undefined);
  if (operator === undefined) return unknown;
  checkCounts(operator, node);
  const where = describeNode(node);
  const inputs = node.inputs.map((name) => (name === '' ? undefined : inferredOf(name)));
  const isRankKnown = node.inputs.every((name, i) => name === '' || inputs[i]?.shape !== undefined);
  if (!isRankKnown) return unknown;
  const attributes = decodeAttributes(operator, node.attributes, where);
  const call = { inputs, attributes, outputCount: node.outputs.length, where };
  // One row and its own call: the table pairs them by name, which the type of a union cannot say.
  const row = operators[operator] as unknown as Operator<OperatorName>;
  const inferred = row.infer(call as unknown as InferCall<OperatorName>);
  const outputs: readonly Inferred[] = Array.isArray(inferred) ? inferred : [inferred as Inferred];
  if (!outputs.every(isOpenList)) return [...outputs];
  // Arithmetic on shapes: lists computed from lists that are known to the last entry.
  const arrays = inputs.map(arrayOfContents);
  const isKnown = node.inputs.every((name, i) => name === '' || arrays[i] !== undefined);
  if (!isKnown || inputs.length === 0) return [...outputs];
  const computed = row.evaluate({
    ...call,
    inputs: arrays,
  } as unknown as EvaluateCall<OperatorName>);
  const results: readonly NdArray[] = Array.isArray(computed) ? computed : [computed as NdArray];
  return outputs.map((output, i) => ({ ...output, contents: Array.from(results[i].data) }));
}

/** A short list or a number whose entries the shape rule did not give. */
function isOpenList({ shape, contents }: Inferred): boolean {
  if (contents?.every((entry) => typeof entry === 'number')) return false;
  if (shape === undefined || shape.length > 1) return false;
  const length = shape[0] ?? 1;
  return typeof length === 'number' && length <= maxContents;
}

/** A list all of whose entries are known, as the reference evaluation takes it. */
function arrayOfContents(inferred: Inferred | undefined): NdArray | undefined {
  if (!inferred?.contents?.every((entry) => typeof entry === 'number')) return undefined;
  const { type, shape, contents } = inferred;
  const isWhole =
    shape?.every((dim) => typeof dim === 'number') && sizeOf(shape) === contents.length;
  return isWhole ? { type, shape, data: Float64Array.from(contents) } : undefined;
}

/** What is known of every value of a graph: shapes by the rules, and the entries of short lists. */
export function inferValues(graph: Graph): Map<string, Inferred> {
  const known = new Map<string, Inferred>();
  for (const [name, tensor] of graph.initializers) {
    known.set(name, { type: tensor.type, shape: tensor.shape, contents: contentsOfTensor(tensor) });
  }
  // An input of the same name as a constant has that constant for its default only.
  for (const { name, type, shape } of graph.inputs) known.set(name, { type, shape });
  for (const node of graph.nodes) {
    const outputs = inferNode(node, (name) => known.get(name));
    node.outputs.forEach((name, i) => {
      const inferred = outputs[i] ?? graph.values.get(name);
      if (name !== '' && inferred !== undefined) known.set(name, moreOf(inferred, graph, name));
    });
  }
  return known;
}

/** A shape that the graph itself states helps where a rule knows less. */
function moreOf(inferred: Inferred, graph: Graph, name: string): Inferred {
  const stated = graph.values.get(name);
  if (stated?.shape === undefined || stated.type !== inferred.type) return inferred;
  if (inferred.shape === undefined) return { ...inferred, shape: stated.shape };
  if (inferred.shape.length !== stated.shape.length) return inferred;
  const shape = inferred.shape.map((dim, axis) => (dim === '?' ? stated.shape![axis] : dim));
  return { ...inferred, shape };
}
