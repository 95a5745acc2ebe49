import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { checkGraph } from '../ir/check.ts';
import type { Graph } from '../ir/graph.ts';
import { printGraph } from '../ir/print.ts';
import { tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import { assertClose } from '../testing/assert-close.ts';
import { randomFrom } from '../testing/random.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { composeBatchNorm } from './compose-batch-norm.ts';
import { foldBatchNorm } from './fold-batch-norm.ts';
import { foldConstants } from './fold-constants.ts';
import { removeIdentities } from './remove-identities.ts';
import { removeUnused } from './remove-unused.ts';
import { shareCommon } from './share-common.ts';
import { simplify } from './simplify.ts';
import { runningStatistics, trainBatchNorm } from './train-batch-norm.ts';
import { weightsAsInputs } from './weights-as-inputs.ts';

/** The nodes of a graph's print, without types. */
const nodesOf = (graph: Graph): string[] =>
  printGraph(graph)
    .split('\n')
    .filter((line) => line.includes(' = '))
    .map((line) => line.trim().replaceAll(/: \w+\[[^\]]*\]/g, ''));

/** Convolution, batch normalisation, ReLU, with constant weights. */
function convNet(): Graph {
  const random = randomFrom(3);
  const g = graphBuilder();
  const weights = (name: string, array: NdArray) =>
    g.constant(tensorOf('float32', array.shape, array.data), name);
  const x = g.input('x', 'float32', [2, 2, 5, 5]);
  const y = g.conv(x, weights('w', random.normal([3, 2, 3, 3])), weights('b', random.normal([3])), {
    pads: [1, 1, 1, 1],
  });
  const normal = g.batchNormalization(
    y,
    weights('scale', random.normal([3])),
    weights('shift', random.normal([3])),
    weights('mean', random.normal([3])),
    weights('variance', random.positive([3])),
  );
  g.output(g.relu(normal), 'y');
  return g.graph('conv');
}

test('batch normalisation with fixed statistics goes into the convolution before it', () => {
  const graph = convNet();
  const folded = foldBatchNorm(graph);
  checkGraph(folded);
  assert.deepEqual(
    folded.nodes.map(({ operator }) => operator),
    ['Conv', 'Relu', 'Identity'],
  );
  assert.deepEqual(
    [...folded.initializers.keys()],
    ['batchNormalization/folded_weights', 'batchNormalization/folded_bias'],
  );
  const x = randomFrom(4).normal([2, 2, 5, 5]);
  assertClose(evaluate(folded, { x }).y, evaluate(graph, { x }).y, 1e-6, 'y');
});

test('batch normalisation stays where something else reads the convolution, or in training', () => {
  const count = (graph: Graph) =>
    foldBatchNorm(graph).nodes.filter(({ operator }) => operator === 'BatchNormalization').length;
  const graph = convNet();
  const conv = graph.nodes[0].outputs[0];
  const shared = {
    ...graph,
    outputs: [...graph.outputs, { name: conv, ...graph.values.get(conv)! }],
  };
  assert.equal(count(graph), 0);
  assert.equal(count(shared), 1);
  assert.equal(count(trainBatchNorm(graph)), 1);
  assert.equal(count(weightsAsInputs(graph, ['w'])), 1);
});

test('training-mode batch normalisation is composed of what ONNX Runtime has', async () => {
  const training = trainBatchNorm(convNet(), 0.8);
  const statistics = runningStatistics(training);
  assert.deepEqual(statistics, [
    { before: 'mean', after: 'batchNormalization/running_mean' },
    { before: 'variance', after: 'batchNormalization/running_var' },
  ]);
  const outputs = statistics.map(({ after }) => ({
    name: after,
    type: 'float32' as const,
    shape: [3],
  }));
  const graph = { ...training, outputs: [...training.outputs, ...outputs] };
  const composed = composeBatchNorm(graph);
  checkGraph(composed);
  const x = randomFrom(5).normal([2, 2, 5, 5]);
  const reference = evaluate(graph, { x });
  const measured = await runGraph(composed, { x });
  for (const { name } of graph.outputs) assertClose(measured[name], reference[name], 1e-5, name);
});

test('a batch far from zero has no negative variance', async () => {
  // The mean of squares less the square of the mean is below zero here in float32.
  const g = graphBuilder();
  const x = g.input('x', 'float32', [4, 1, 2, 2]);
  const one = (name: string) => g.constant(tensorOf('float32', [1], [1]), name);
  g.output(g.batchNormalization(x, one('a'), one('b'), one('c'), one('d')), 'y');
  const graph = composeBatchNorm(trainBatchNorm(g.graph()));
  const data = Float64Array.from({ length: 16 }, (_, i) => 30000 + (i % 2) * 0.002);
  const { y } = await runGraph(graph, { x: { type: 'float32', shape: [4, 1, 2, 2], data } });
  assert.ok(y.data.every(Number.isFinite));
});

test('what does not depend on inputs is computed beforehand, unless that makes it large', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2, 3]);
  const total = g.mul(g.reduceSum(g.shape(x), [0]), g.int64([2]));
  g.output(g.expand(g.cast(total, { to: 'float32' }), [3000]), 'large');
  g.output(
    g.reshape(x, g.concat([g.shape(x, { start: 1 }), g.int64([-1])], { axis: 0 })),
    'turned',
  );
  const folded = removeUnused(foldConstants(g.graph()));
  assert.deepEqual(nodesOf(folded), [
    '%expand = Expand([10], [3000])',
    '%large = Identity(%expand)',
    '%reshape = Reshape(%x, [3,-1])',
    '%turned = Identity(%reshape)',
  ]);
});

test('equal nodes become one, and the first gives the outputs of all', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [1, 1, 4, 4]);
  const window = { kernel_shape: [2, 2], strides: [2, 2] };
  const pooled = g.maxPool(x, window);
  const [, positions] = g.node('MaxPool', [x], window, 2);
  g.output(g.add(g.neg(pooled), g.neg(pooled)), 'y');
  g.output(positions, 'at');
  const shared = removeUnused(shareCommon(g.graph()));
  checkGraph(shared);
  assert.deepEqual(nodesOf(shared), [
    '%maxPool, %maxPool_2.Indices = MaxPool(%x) {kernel_shape=[2,2], strides=[2,2]}',
    '%neg = Neg(%maxPool)',
    '%add = Add(%neg, %neg)',
    '%y = Identity(%add)',
    '%at = Identity(%maxPool_2.Indices)',
  ]);
});

test('nodes that change nothing go, and outputs keep their names', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2, 3]);
  const turned = g.transpose(g.transpose(g.relu(x), { perm: [1, 0] }), { perm: [1, 0] });
  const same = g.cast(g.reshape(g.pad(turned, [0, 0, 0, 0]), [2, -1]), { to: 'float32' });
  g.output(g.expand(g.dropout(same), [2, 1]), 'y');
  g.output(x, 'echo');
  const simple = removeUnused(removeIdentities(g.graph()));
  checkGraph(simple);
  assert.deepEqual(nodesOf(simple), ['%y = Relu(%x)', '%echo = Identity(%x)']);
});

test('a simplified graph gives what the graph gave', () => {
  const random = randomFrom(7);
  const graph = convNet();
  const x = random.normal([2, 2, 5, 5]);
  const simple = simplify(graph);
  assert.deepEqual(
    simple.nodes.map(({ operator }) => operator),
    ['Conv', 'BatchNormalization', 'Relu'],
  );
  assertClose(evaluate(simple, { x }).y, evaluate(graph, { x }).y, 1e-12, 'y');
});

test('weights become inputs by name', () => {
  const graph = weightsAsInputs(convNet(), ['b']);
  assert.deepEqual(graph.inputs.at(-1), { name: 'b', type: 'float32', shape: [3] });
  assert.throws(() => weightsAsInputs(graph, ['b']), { code: 'unknown-value' });
});
