import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Graph } from '../ir/graph.ts';
import { printGraph } from '../ir/print.ts';
import { tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import { trainBatchNorm } from '../passes/train-batch-norm.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { grad } from './grad.ts';

const array = (shape: number[], values: number[]): NdArray => ({
  type: 'float32',
  shape,
  data: Float64Array.from(values),
});

/** The mean of the squares of ReLU(x · w + b). */
function perceptron(): Graph {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2, 3]);
  const w = g.input('w', 'float32', [3, 4]);
  const b = g.input('b', 'float32', [4]);
  const y = g.relu(g.add(g.matMul(x, w), b));
  g.output(g.reduceMean(g.mul(y, y), undefined, { keepdims: 0 }), 'loss');
  return g.graph('perceptron');
}

test('a gradient is a graph that one can read', () => {
  assert.equal(
    printGraph(grad(perceptron(), 'loss', ['w', 'b'])),
    `graph perceptron
  input %x: f32[2,3]
  input %w: f32[3,4]
  input %b: f32[4]
  const %grad/reduceMean/expand: f32[2,4]
  %matMul: f32[2,4] = MatMul(%x, %w)
  %add: f32[2,4] = Add(%matMul, %b)
  %relu: f32[2,4] = Relu(%add)
  %mul: f32[2,4] = Mul(%relu, %relu)
  %loss: f32[] = ReduceMean(%mul) {keepdims=0}
  %grad/mul/mul: f32[2,4] = Mul(%grad/reduceMean/expand, %relu)
  %grad/relu/add: f32[2,4] = Add(%grad/mul/mul, %grad/mul/mul)
  %grad/relu/greater: bool[2,4] = Greater(%relu, 0)
  %grad/relu/cast: f32[2,4] = Cast(%grad/relu/greater) {to=1}
  %grad/relu/mul: f32[2,4] = Mul(%grad/relu/add, %grad/relu/cast)
  %grad/add/reduceSum: f32[1,4] = ReduceSum(%grad/relu/mul, [0])
  %grad/b: f32[4] = Squeeze(%grad/add/reduceSum, [0])
  %grad/matMul/transpose: f32[3,2] = Transpose(%x) {perm=[1,0]}
  %grad/w: f32[3,4] = MatMul(%grad/matMul/transpose, %grad/relu/mul)
  output %loss
  output %grad/w
  output %grad/b`,
  );
});

test('gradients through values used twice are added', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', []);
  g.output(g.add(g.mul(x, x), g.mul(x, 3)), 'loss');
  const { 'grad/x': slope } = evaluate(grad(g.graph(), 'loss', ['x']), { x: array([], [5]) });
  assert.deepEqual([...slope.data], [13]);
});

test('an output of a split that the loss does not use gives zeros', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [5]);
  const [, used] = g.split(x, [2, 3]);
  g.output(g.reduceSum(g.mul(used, used), undefined, { keepdims: 0 }), 'loss');
  const graph = grad(g.graph(), 'loss', ['x']);
  const { 'grad/x': slope } = evaluate(graph, { x: array([5], [1, 2, 3, 4, 5]) });
  assert.deepEqual([...slope.data], [0, 0, 6, 8, 10]);
});

test('a gradient may be taken of a gradient', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', []);
  g.output(g.pow(x, 3), 'loss');
  const first = grad(g.graph(), 'loss', ['x']);
  const second = grad(first, 'grad/x', ['x'], { nameOf: (name) => `grad²/${name}` });
  const results = evaluate(second, { x: array([], [2]) });
  assert.equal(results['grad/x'].data[0], 12);
  assert.equal(results['grad²/x'].data[0], 12);
});

test('a value may be told to count as a constant', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', []);
  const held = g.identity(x);
  g.output(g.mul(held, x), 'loss');
  const product = g.graph();
  const slope = (stops: string[]) =>
    evaluate(grad(product, 'loss', ['x'], { stops }), { x: array([], [3]) })['grad/x'].data[0];
  assert.equal(slope([]), 6);
  assert.equal(slope([held.name]), 3);
});

test('what the loss does not depend on has a gradient of zeros', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  g.input('idle', 'float32', [2, 2]);
  g.output(g.reduceSum(g.mul(x, g.floor(x)), undefined, { keepdims: 0 }), 'loss');
  const graph = grad(g.graph(), 'loss', ['idle', 'x']);
  const results = evaluate(graph, { x: array([2], [1.5, 2.5]), idle: array([2, 2], [1, 2, 3, 4]) });
  assert.deepEqual([...results['grad/idle'].data], [0, 0, 0, 0]);
  assert.deepEqual([...results['grad/x'].data], [1, 2], 'and Floor counts as constant');
});

test('a batch of unknown size is differentiated where no rule needs the number', async () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', ['N', 2, 6, 6]);
  const w = g.constant(
    tensorOf(
      'float32',
      [3, 2, 3, 3],
      Array.from({ length: 54 }, (_, i) => Math.sin(i)),
    ),
    'w',
  );
  const b = g.constant(tensorOf('float32', [3], [0.1, 0.2, 0.3]), 'b');
  const zeros = g.constant(tensorOf('float32', [3], [0, 0, 0]), 'zeros');
  const conv = g.conv(x, w, b, { strides: [2, 2], pads: [1, 1, 1, 1] });
  const y = g.maxPool(g.relu(g.batchNormalization(conv, b, b, zeros, zeros)), {
    kernel_shape: [2, 2],
  });
  // Exporters write the new size as a whole shape, the batch's own name among it.
  const size = g.concat([g.shape(y, { end: 2 }), g.int64([5, 4])], { axis: 0 });
  const resized = g.resize(y, undefined, undefined, size, { mode: 'linear' });
  const rows = g.flatten(g.globalAveragePool(g.mul(resized, resized)));
  g.output(g.reduceMean(g.mul(rows, rows), undefined, { keepdims: 0 }), 'loss');
  const graph = grad(trainBatchNorm(g.graph()), 'loss', ['w', 'b', 'x']);
  for (const batch of [1, 3]) {
    const data = Float64Array.from({ length: batch * 72 }, (_, i) => Math.cos(i));
    const inputs = { x: { type: 'float32', shape: [batch, 2, 6, 6], data } as const };
    const [reference, measured] = [evaluate(graph, inputs), await runGraph(graph, inputs)];
    for (const name of ['grad/w', 'grad/b', 'grad/x']) {
      assert.deepEqual([...measured[name].shape], [...reference[name].shape]);
      measured[name].data.forEach((value, i) => {
        assert.ok(
          Math.abs(value - reference[name].data[i]) < 1e-4,
          `${name}[${i}] of batch ${batch}`,
        );
      });
    }
  }
});

test('an operator in the way is named, with what can be frozen instead', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  const early = g.mul(x, g.constant(tensorOf('float32', [2], [1, 2]), 'early'));
  g.output(
    g.reduceSum(g.mul(early, g.constant(tensorOf('float32', [2], [3, 4]), 'late')), undefined, {
      keepdims: 0,
    }),
    'loss',
  );
  const graph = g.graph();
  const nodes = graph.nodes.map((node) =>
    node.outputs[0] === 'mul' ? { ...node, operator: 'Quantum', domain: 'com.example' } : node,
  );
  const foreign = { ...graph, nodes };
  assert.throws(() => grad(foreign, 'loss', ['late', 'early']), {
    code: 'not-differentiable',
    message:
      'com.example.Quantum "mul": expected operators with a gradient between %loss and %early, ' +
      'found an operator that the table does not have. ' +
      'Freeze what comes before this node: leave 1 of 2 values (%early) out of wrt.',
  });
  const { outputs } = grad(foreign, 'loss', ['late']);
  assert.equal(outputs.at(-1)?.name, 'grad/late', 'the rest can still be trained');
});

test('a loss must be one floating-point number', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  g.output(g.mul(x, 2), 'pair');
  g.output(g.argMax(x, { keepdims: 0 }), 'position');
  assert.throws(() => grad(g.graph(), 'pair', ['x']), /one element, found \[2\].*mean or sum/);
  assert.throws(() => grad(g.graph(), 'position', ['x']), /a floating-point value, found int64/);
  g.output(g.reduceSum(x, undefined, { keepdims: 0 }), 'sum');
  assert.throws(() => grad(g.graph(), 'sum', ['nothing']), { code: 'unknown-value' });
  assert.throws(() => grad(g.graph(), 'nothing', ['x']), { code: 'unknown-value' });
});
