// Half precision and eight-bit weights: close to the float32 graph, in the reference and in ONNX Runtime.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { checkGraph } from '../ir/check.ts';
import type { Graph } from '../ir/graph.ts';
import { tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import { randomFrom } from '../testing/random.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { quantiseDynamically } from './quantise-dynamically.ts';
import { simplify } from './simplify.ts';
import { toFloat16 } from './to-float16.ts';

/** Two convolutions and a linear layer; `places` multiplies with a number that half precision cannot hold. */
function network(): Graph {
  const random = randomFrom(3);
  const g = graphBuilder();
  const weights = (shape: number[]) => {
    const inputs = shape.slice(1).reduce((a, b) => a * b, 1);
    const { data } = random.normal(shape);
    return g.constant(
      tensorOf(
        'float32',
        shape,
        data.map((value) => value / Math.sqrt(inputs)),
      ),
    );
  };
  const x = g.input('x', 'float32', [2, 3, 8, 8]);
  const first = g.relu(g.conv(x, weights([6, 3, 3, 3]), weights([6]), { pads: [1, 1, 1, 1] }));
  const second = g.relu(g.conv(first, weights([8, 3, 3, 3]), { strides: [2, 2], group: 2 }));
  const logits = g.gemm(g.flatten(g.globalAveragePool(second)), weights([5, 8]), weights([5]), {
    transB: 1,
  });
  g.output(g.softmax(logits), 'probabilities');
  g.output(
    g.scope('places', () => g.mul(g.sigmoid(logits), 100_000)),
    'places',
  );
  g.output(g.argMax(logits, { axis: 1, keepdims: 0 }), 'best');
  return simplify(g.graph('network'));
}

const x = randomFrom(4).normal([2, 3, 8, 8]);

function assertNear(actual: NdArray, expected: NdArray, tolerance: number, what: string): void {
  assert.deepEqual(actual.shape, expected.shape);
  for (const [i, value] of expected.data.entries()) {
    assert.ok(
      Math.abs(actual.data[i] - value) <= tolerance,
      `${what}[${i}]: ${actual.data[i]}, not ${value}`,
    );
  }
}

test('half precision keeps inputs, outputs and what it is told to', async () => {
  const graph = network();
  const half = toFloat16(graph, ({ name }) => name.startsWith('places/'));
  checkGraph(half);
  assert.deepEqual(half.outputs, graph.outputs);
  assert.ok([...half.initializers.values()].some(({ type }) => type === 'float16'));
  const large = [...half.initializers].filter(
    ([, { type, bytes }]) => type === 'float32' && bytes.length > 8,
  );
  assert.deepEqual(large, [], 'no weights are left in float32');
  const expected = evaluate(graph, { x });
  for (const result of [evaluate(half, { x }), await runGraph(half, { x })]) {
    assertNear(result.probabilities, expected.probabilities, 2e-3, 'probabilities');
    assertNear(result.places, expected.places, 200, 'places');
    assert.deepEqual(result.best.data, expected.best.data);
  }
});

test('numbers that half precision cannot hold stop at its greatest one', () => {
  const g = graphBuilder();
  g.output(
    g.mul(g.input('x', 'float32', [1]), g.constant(tensorOf('float32', [1], [1e6]), 'w')),
    'y',
  );
  const half = toFloat16(g.graph(), () => false);
  const { y } = evaluate(half, { x: { type: 'float32', shape: [1], data: Float64Array.of(0.5) } });
  assert.equal(y.data[0], 65_504 / 2);
});

test('eight-bit weights give nearly the same, in a quarter of the bytes', async () => {
  const graph = network();
  const whole = quantiseDynamically(graph);
  checkGraph(whole);
  assert.equal(whole.nodes.filter(({ operator }) => operator === 'ConvInteger').length, 2);
  assert.equal(whole.nodes.filter(({ operator }) => operator === 'MatMulInteger').length, 1);
  const expected = evaluate(graph, { x });
  for (const result of [evaluate(whole, { x }), await runGraph(whole, { x })]) {
    assertNear(result.probabilities, expected.probabilities, 0.03, 'probabilities');
  }
  const bytesOf = ({ initializers }: Graph) =>
    [...initializers.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  assert.ok(
    bytesOf(whole) < bytesOf(graph) / 2,
    'small tensors weigh more here than in real networks',
  );
});

test('nodes may be kept from rounding, and products of two inputs are', () => {
  const g = graphBuilder();
  const [a, b] = [g.input('a', 'float32', [2, 2]), g.input('b', 'float32', [2, 2])];
  const w = g.constant(tensorOf('float32', [2, 2], [1, 2, 3, 4]), 'w');
  g.output(g.matMul(g.matMul(a, b), w), 'y');
  const count = (graph: Graph) =>
    graph.nodes.filter(({ operator }) => operator === 'MatMulInteger').length;
  assert.equal(count(quantiseDynamically(g.graph())), 1);
  assert.equal(count(quantiseDynamically(g.graph(), () => true)), 0);
});

test('what has weights of eight bits can still be halved', async () => {
  const graph = network();
  const both = toFloat16(quantiseDynamically(graph), () => false);
  checkGraph(both);
  const [actual, expected] = [await runGraph(both, { x }), await runGraph(graph, { x })];
  assertNear(actual.probabilities, expected.probabilities, 0.05, 'probabilities');
});
