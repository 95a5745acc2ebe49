// Runs a graph by the reference evaluation of each operator, in float64: slow, exact, for tests and constant folding.

import { GraphError } from '../graph-error.ts';
import { describeNode, type Graph, type Node } from '../ir/graph.ts';
import { decodeAttributes } from '../operators/attributes.ts';
import { operatorOf } from '../operators/infer.ts';
import { arrayOfTensor, type NdArray } from '../operators/nd-array.ts';
import type { EvaluateCall, Operator } from '../operators/operator.ts';
import { operators } from '../operators/operators.ts';
import type { OperatorName } from '../operators/signatures.ts';

/**
 * The outputs of one node.
 *
 * @throws GraphError `unknown-operator` where no row describes the node.
 */
export function evaluateNode(
  node: Node,
  inputs: readonly (NdArray | undefined)[],
): readonly NdArray[] {
  const operator = operatorOf(node);
  const where = describeNode(node);
  if (operator === undefined) {
    throw new GraphError('unknown-operator', {
      where,
      expected: 'an operator with a reference evaluation',
      found: node.domain === '' ? node.operator : `${node.domain}.${node.operator}`,
    });
  }
  const call = {
    inputs,
    attributes: decodeAttributes(operator, node.attributes, where),
    outputCount: node.outputs.length,
    where,
  };
  const row = operators[operator] as unknown as Operator<OperatorName>;
  const outputs = row.evaluate(call as unknown as EvaluateCall<OperatorName>);
  return Array.isArray(outputs) ? outputs : [outputs as NdArray];
}

/**
 * The outputs of a graph for the given inputs, by name.
 *
 * @throws GraphError `unknown-value` where an input is missing.
 *
 * @example
 * evaluate(graph, { x: { type: 'float32', shape: [2], data: Float64Array.of(1, 2) } }).y.data;
 */
export function evaluate(
  graph: Graph,
  inputs: Readonly<Record<string, NdArray>>,
): Record<string, NdArray> {
  const values = new Map<string, NdArray>();
  for (const [name, tensor] of graph.initializers) values.set(name, arrayOfTensor(tensor));
  for (const [name, array] of Object.entries(inputs)) values.set(name, array);
  const lookUp = (name: string): NdArray =>
    values.get(name) ??
    missing(name, graph.inputs.some((input) => input.name === name) ? 'an input' : 'a value');
  for (const node of graph.nodes) {
    const outputs = evaluateNode(
      node,
      node.inputs.map((name) => (name === '' ? undefined : lookUp(name))),
    );
    node.outputs.forEach((name, i) => {
      if (name !== '') values.set(name, outputs[i]);
    });
  }
  return Object.fromEntries(graph.outputs.map(({ name }) => [name, lookUp(name)]));
}

function missing(name: string, what: string): never {
  throw new GraphError('unknown-value', {
    where: 'evaluate',
    expected: `${what} "${name}"`,
    found: 'none',
  });
}
