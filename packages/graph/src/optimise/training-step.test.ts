// Whole training steps in ONNX Runtime: single updates against figures computed by hand, and a small convolutional network
// whose loss goes down and whose steps are those of the float64 reference.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Graph } from '../ir/graph.ts';
import { tensorOf } from '../ir/tensor.ts';
import { arrayOfTensor, type NdArray } from '../operators/nd-array.ts';
import { trainBatchNorm } from '../passes/train-batch-norm.ts';
import { assertClose } from '../testing/assert-close.ts';
import { randomFrom } from '../testing/random.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { adamW, sgd } from './optimiser.ts';
import {
  averageName,
  nextName,
  type TrainingStep,
  type TrainingStepOptions,
  trainingStep,
  weightsOf,
} from './training-step.ts';

type Arrays = Record<string, NdArray>;
const scalar = (value: number): NdArray => ({
  type: 'float32',
  shape: [],
  data: Float64Array.of(value),
});

/** Loss 3 w₀ + 4 b, so that every gradient is known: (3, 0) for the 1 × 2 matrix w and 4 for the vector b. */
function linear(): Graph {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [1, 2]);
  const w = g.constant(tensorOf('float32', [1, 2], [1, -2]), 'w');
  const b = g.constant(tensorOf('float32', [1], [0.5]), 'b');
  const sum = g.reduceSum(g.mul(x, w), undefined, { keepdims: 0 });
  g.output(g.add(sum, g.reshape(g.mul(b, 4), [])), 'loss');
  return g.graph('linear');
}

const rates = { learning_rate: scalar(0.1), average_decay: scalar(0.75) };
const x: NdArray = { type: 'float32', shape: [1, 2], data: Float64Array.of(3, 0) };

/** Makes steps in ONNX Runtime or by the reference, and gives the last outputs. */
async function run(
  { graph, state }: TrainingStep,
  feeds: Arrays,
  count: number,
  execute: (graph: Graph, inputs: Arrays) => Arrays | Promise<Arrays> = runGraph,
): Promise<Arrays[]> {
  let current = Object.fromEntries(
    [...state].map(([name, tensor]) => [name, arrayOfTensor(tensor)]),
  );
  const all: Arrays[] = [];
  for (let step = 0; step < count; step++) {
    const outputs = await execute(graph, { ...feeds, ...current });
    current = Object.fromEntries(
      Object.keys(current).map((name) => [name, outputs[nextName(name)]]),
    );
    all.push(outputs);
  }
  return all;
}

/** What outputs hold of a parameter or of what is kept for it: `after(step, outputs, 'momentum', 'w')`. */
function after({ places }: TrainingStep, outputs: Arrays, kind: string, name: string): NdArray {
  const { vector, offset, shape } = places.get(name)!;
  const { data } = outputs[nextName(kind === '' ? vector : `${kind}/${vector}`)];
  const size = shape.reduce((a, b) => a * b, 1);
  return { type: 'float32', shape, data: data.slice(offset, offset + size) };
}

const options = (rest: Partial<TrainingStepOptions>): TrainingStepOptions => ({
  loss: 'loss',
  parameters: ['w', 'b'],
  optimiser: sgd(),
  ...rest,
});
const assertNear = (actual: NdArray, expected: number[]) =>
  assertClose(actual, { ...actual, data: Float64Array.from(expected) }, 1e-6, 'value');

test('plain gradient descent takes the rate times the gradient', async () => {
  const step = trainingStep(linear(), options({}));
  const [first] = await run(step, { x, ...rates }, 1);
  assertNear(first.loss, [5]);
  assertNear(after(step, first, '', 'w'), [1 - 0.1 * 3, -2]);
  assertNear(after(step, first, '', 'b'), [0.5 - 0.1 * 4]);
  assertNear(first['next/step'], [1]);
});

test('momentum adds up over steps, and weight decay leaves vectors alone', async () => {
  const step = trainingStep(
    linear(),
    options({ optimiser: sgd({ momentum: 0.5 }), weightDecay: 0.2 }),
  );
  const [, second] = await run(step, { x, ...rates }, 2);
  // w₁: gradient is the decay 0.2 · w alone. -2 → -1.96, velocity -0.4 → 0.5 · -0.4 + 0.2 · -1.96
  assertNear(after(step, second, 'momentum', 'w'), [
    0.5 * 3.2 + 3 + 0.2 * (1 - 0.32),
    -0.2 - 0.392,
  ]);
  assertNear(after(step, second, 'momentum', 'b'), [6]);
  assertNear(after(step, second, '', 'b'), [0.5 - 0.4 - 0.6]);
});

test('Nesterov looks one step of momentum ahead', async () => {
  const step = trainingStep(
    linear(),
    options({ optimiser: sgd({ momentum: 0.5, nesterov: true }) }),
  );
  const [first] = await run(step, { x, ...rates }, 1);
  assertNear(after(step, first, '', 'b'), [0.5 - 0.1 * (4 + 0.5 * 4)]);
});

test('AdamW moves by the rate at first, whatever the size of the gradient, and decays apart', async () => {
  const step = trainingStep(linear(), options({ optimiser: adamW(), weightDecay: 0.5 }));
  const [first, second] = await run(step, { x, ...rates }, 2);
  assertNear(after(step, first, '', 'w'), [1 * (1 - 0.05) - 0.1, -2 * (1 - 0.05)]);
  assertNear(after(step, first, '', 'b'), [0.4]);
  assertNear(after(step, second, '', 'b'), [0.3]);
  assertNear(after(step, second, 'mean', 'b'), [4 * (1 - 0.81)]);
});

test('gradients are scaled down together to a common norm', async () => {
  const clipped = trainingStep(linear(), options({ maxGradientNorm: 1 }));
  const [first] = await run(clipped, { x, ...rates }, 1);
  assertNear(first.gradient_norm, [5]);
  assertNear(after(clipped, first, '', 'w'), [1 - 0.1 * 0.6, -2]);
  const free = trainingStep(linear(), options({ maxGradientNorm: 50 }));
  const [small] = await run(free, { x, ...rates }, 1);
  assertNear(after(free, small, '', 'b'), [0.1]);
});

test('averages follow the parameters, and single parameters may learn more slowly', async () => {
  const learningRateFactor = (name: string) => (name === 'w' ? 0.5 : 1);
  const step = trainingStep(linear(), options({ average: true, learningRateFactor }));
  const [first] = await run(step, { x, ...rates }, 1);
  assertNear(after(step, first, '', 'w'), [1 - 0.05 * 3, -2]);
  assertNear(after(step, first, 'average', 'b'), [0.75 * 0.5 + 0.25 * 0.1]);
});

test('parameters that are updated alike share a vector, and are found in it again', async () => {
  const learningRateFactor = (name: string) => (name === 'b' ? 0.5 : 1);
  const step = trainingStep(
    linear(),
    options({ weightDecay: 0.1, average: true, learningRateFactor }),
  );
  assert.deepEqual([...step.state.keys()].sort(), [
    'average/parameters/decayed',
    'average/parameters×0.5',
    'parameters/decayed',
    'parameters×0.5',
    'step',
  ]);
  for (const [name, weight] of weightsOf(step, step.state)) {
    assert.deepEqual(weight, linear().initializers.get(name));
  }
  const moved = new Map(step.state);
  moved.set(averageName('parameters/decayed'), tensorOf('float32', [2], [7, 8]));
  assert.deepEqual(weightsOf(step, moved, true).get('w'), tensorOf('float32', [1, 2], [7, 8]));
  assert.deepEqual(weightsOf(step, moved).get('w'), tensorOf('float32', [1, 2], [1, -2]));
});

test('only constants of the graph can be trained', () => {
  assert.throws(() => trainingStep(linear(), options({ parameters: ['x'] })), {
    code: 'unknown-value',
    message:
      'trainingStep: expected parameters that are float32 constants of the graph, found "x".',
  });
});

/** Two convolutions with batch normalisation, pooling and a linear layer on 8 × 8 pictures of two classes. */
function classifier(): { graph: Graph; parameters: string[] } {
  const random = randomFrom(11);
  const g = graphBuilder();
  const parameters: string[] = [];
  const weights = (name: string, shape: number[], scale: number) => {
    parameters.push(name);
    const { data } = random.normal(shape);
    return g.constant(
      tensorOf(
        'float32',
        shape,
        data.map((value) => value * scale),
      ),
      name,
    );
  };
  const constant = (name: string, value: number, isTrained = true) => {
    if (isTrained) parameters.push(name);
    return g.constant(tensorOf('float32', [4], Array(4).fill(value)), name);
  };
  const normal = (name: string, y: ReturnType<typeof g.relu>) =>
    g.batchNormalization(
      y,
      constant(`${name}/scale`, 1),
      constant(`${name}/shift`, 0),
      constant(`${name}/mean`, 0, false),
      constant(`${name}/variance`, 1, false),
    );
  const x = g.input('x', 'float32', [8, 1, 8, 8]);
  const labels = g.input('labels', 'int64', [8, 1]);
  const first = g.relu(
    normal('n1', g.conv(x, weights('w1', [4, 1, 3, 3], 0.5), { pads: [1, 1, 1, 1] })),
  );
  const pooled = g.maxPool(first, { kernel_shape: [2, 2], strides: [2, 2] });
  const second = g.conv(pooled, weights('w2', [4, 4, 3, 3], 0.3), {
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  });
  const features = g.flatten(g.globalAveragePool(g.relu(g.add(normal('n2', second), 0))));
  const logits = g.gemm(features, weights('w3', [2, 4], 0.5), weights('b3', [2], 0), { transB: 1 });
  const chosen = g.gatherElements(g.logSoftmax(logits), labels, { axis: 1 });
  g.output(g.neg(g.reduceMean(chosen, undefined, { keepdims: 0 })), 'loss');
  g.output(logits, 'logits');
  return { graph: trainBatchNorm(g.graph('classifier')), parameters };
}

/** Stripes along the rows or along the columns, with noise. */
function stripes(): Arrays {
  const random = randomFrom(12);
  const noise = random.normal([8, 1, 8, 8]);
  const data = noise.data.map((value, i) => {
    const [n, row, column] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    return 0.5 * value + ((n % 2 === 0 ? row : column) % 2 === 0 ? 1 : -1);
  });
  const labels: NdArray = {
    type: 'int64',
    shape: [8, 1],
    data: Float64Array.from({ length: 8 }, (_, n) => n % 2),
  };
  return { x: { ...noise, data }, labels };
}

test('a network trained in ONNX Runtime learns, step by step as the reference does', async () => {
  const { graph, parameters } = classifier();
  const step = trainingStep(graph, {
    loss: 'loss',
    parameters,
    optimiser: adamW(),
    weightDecay: 0.01,
    maxGradientNorm: 2,
    average: true,
    outputs: ['logits'],
  });
  assert.equal(
    step.state.size,
    2 * 4 + 2,
    'of each of two vectors: weights, two moments, averages; statistics; step',
  );
  const feeds = { ...stripes(), learning_rate: scalar(0.05), average_decay: scalar(0.9) };
  const measured = await run(step, feeds, 12);
  const reference = await run(step, feeds, 3, evaluate);
  reference.forEach((expected, i) => {
    for (const name of Object.keys(expected)) {
      assertClose(measured[i][name], expected[name], 2e-3, `step ${i + 1}: ${name}`);
    }
  });
  const [first, last] = [measured[0].loss.data[0], measured.at(-1)!.loss.data[0]];
  assert.ok(last < first / 3, `the loss went from ${first} to ${last}`);
});
