// Graphs of one operator for tests: the operator's outputs, and a loss that weighs each element of the first (of
// Split: of all) differently.

import { graphBuilder } from '../build/graph-builder.ts';
import { isFloating } from '../ir/element-type.ts';
import type { Graph } from '../ir/graph.ts';
import { tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import { type Built, knownShape } from '../operators/operator.ts';
import type { OperatorName } from '../operators/signatures.ts';
import type { CaseCall } from './operator-cases.ts';
import type { Random } from './random.ts';

export interface CaseGraph {
  graph: Graph;
  inputs: Record<string, NdArray>;
  /** Inputs whose gradients are asked for. */
  wrt: string[];
  outputs: string[];
}

export const lossName = 'loss';

export function caseGraph(operator: OperatorName, call: CaseCall, random: Random): CaseGraph {
  const g = graphBuilder();
  const inputs: Record<string, NdArray> = {};
  const operands = call.inputs.map((input, i) => {
    if (input === undefined) return undefined;
    if ('bytes' in input) return g.constant(input);
    inputs[`x${i}`] = input;
    return g.input(`x${i}`, input.type, input.shape);
  });
  const outputs = g.node(operator, operands, call.attributes, call.outputCount);
  for (const output of outputs) g.output(output);
  const weighable = operator === 'Split' ? outputs : outputs.slice(0, 1);
  const weighed = weighable.filter(({ type }) => isFloating(type)).map((y) => weighedSum(y));
  if (weighed.length > 0) g.output(g.sum(weighed), lossName);
  const wrt = Object.keys(inputs).filter((name) => {
    const index = Number(name.slice(1));
    return isFloating(inputs[name].type) && !call.fixed?.includes(index);
  });
  return { graph: g.graph(operator), inputs, wrt, outputs: outputs.map(({ name }) => name) };

  function weighedSum(y: Built): Built {
    const shape = knownShape(y, operator);
    const weights = g.constant(
      tensorOf(y.type, shape, random.normal(shape).data),
      `weights/${y.name}`,
    );
    const sum = g.reduceSum(g.mul(y, weights), [...shape.keys()], { keepdims: 0 });
    return y.type === 'float32' ? sum : g.cast(sum, { to: 'float32' });
  }
}
