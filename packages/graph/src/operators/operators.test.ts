// Every operator with random inputs: its shape rule and reference evaluation against ONNX Runtime, its gradient against
// finite differences in float64, and the gradient's graph in ONNX Runtime again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grad, gradientName } from '../differentiate/grad.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { GraphError } from '../graph-error.ts';
import { inferShapes } from '../passes/infer-shapes.ts';
import { assertClose } from '../testing/assert-close.ts';
import { type CaseGraph, caseGraph, lossName } from '../testing/case-graph.ts';
import { operatorCases } from '../testing/operator-cases.ts';
import { randomFrom } from '../testing/random.ts';
import { runGraph } from '../testing/run-onnx.ts';
import type { NdArray } from './nd-array.ts';
import { vjpOfNothing } from './operator.ts';
import { operators } from './operators.ts';
import { isOperatorName, type OperatorName, signatures } from './signatures.ts';

const seedsPerCase = 4;
/** Where central differences balance rounding against curvature in float64. */
const step = 1e-5;

const casesOf = (operator: OperatorName) =>
  operatorCases[operator].flatMap((makeCase, i) =>
    Array.from({ length: seedsPerCase }, (_, s) => {
      const seed = 1000 * i + s + 1;
      const random = randomFrom(seed);
      const call = makeCase(random);
      return { call, seed, built: caseGraph(operator, call, random) };
    }),
  );

/** The gradient of the loss with respect to one input by central differences. */
function differences({ graph, inputs }: CaseGraph, name: string): NdArray {
  const x = inputs[name];
  const lossAt = (index: number, change: number) => {
    const moved = { ...x, data: x.data.with(index, x.data[index] + change) };
    return evaluate(graph, { ...inputs, [name]: moved })[lossName].data[0];
  };
  const data = x.data.map((_, i) => (lossAt(i, step) - lossAt(i, -step)) / (2 * step));
  return { ...x, data };
}

for (const operator of Object.keys(operators).filter(isOperatorName)) {
  const cases = casesOf(operator);
  const { vjp } = operators[operator];
  const hasGradient = vjp !== vjpOfNothing && typeof vjp === 'function';

  test(`${operator} gives what ONNX Runtime gives, in the inferred shape`, async () => {
    for (const { call, seed, built } of cases) {
      const reference = evaluate(built.graph, built.inputs);
      const inferred = new Map(
        inferShapes(built.graph).outputs.map((value) => [value.name, value]),
      );
      for (const name of built.outputs) {
        const { type, shape } = reference[name];
        assert.deepEqual(
          [...inferred.get(name)!.shape!],
          [...shape],
          `seed ${seed}: inferred shape`,
        );
        assert.equal(inferred.get(name)!.type, type, `seed ${seed}: inferred type`);
      }
      if (call.notInRuntime !== undefined) continue;
      const measured = await runGraph(built.graph, built.inputs);
      for (const name of built.outputs) {
        assertClose(measured[name], reference[name], 2e-5, `seed ${seed}: ${name}`);
      }
    }
  });

  if (!hasGradient) continue;
  test(`the gradient of ${operator} is that of finite differences, also in ONNX Runtime`, async () => {
    const differentiable = cases.filter(
      ({ built }) => built.wrt.length > 0 && built.graph.outputs.at(-1)?.name === lossName,
    );
    assert.ok(differentiable.length > 0, `no case of ${operator} has a gradient`);
    for (const { seed, built } of differentiable) {
      const graph = grad(built.graph, lossName, built.wrt);
      const reference = evaluate(graph, built.inputs);
      const measured = await runGraph(graph, built.inputs);
      for (const name of built.wrt) {
        const gradient = gradientName(name);
        assertClose(
          reference[gradient],
          differences(built, name),
          1e-6,
          `seed ${seed}: ${gradient}`,
        );
        assertClose(
          measured[gradient],
          reference[gradient],
          1e-4,
          `seed ${seed}: ${gradient} in ONNX Runtime`,
        );
      }
    }
  });
}

test('every operator has cases', () => {
  const lacking = Object.keys(signatures).filter(
    (operator) => isOperatorName(operator) && operatorCases[operator].length === 0,
  );
  assert.deepEqual(lacking, ['NonMaxSuppression'], 'only what chooses boxes has no reference');
});

test('an operator refuses shapes that do not fit, naming the node', () => {
  const random = randomFrom(1);
  const call = { inputs: [random.normal([2, 3]), random.normal([4, 2])] };
  assert.throws(
    () => caseGraph('MatMul', call, random),
    (error: unknown) =>
      error instanceof GraphError &&
      /MatMul "matMul": expected matrices that can be multiplied/.test(error.message),
  );
});
