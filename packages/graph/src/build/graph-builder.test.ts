import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printGraph } from '../ir/print.ts';
import { tensorOf } from '../ir/tensor.ts';
import { bindDims } from '../passes/infer-shapes.ts';
import { graphBuilder } from './graph-builder.ts';

const ones = (...shape: number[]) =>
  tensorOf('float32', shape, new Array(shape.reduce((a, b) => a * b, 1)).fill(1));

function features() {
  const g = graphBuilder();
  const x = g.input('x', 'float32', ['N', 3, 'H', 'W']);
  const stem = g.scope('stem', () => {
    const w = g.constant(ones(8, 3, 3, 3), 'stem/w');
    return g.relu(g.conv(x, w, { strides: [2, 2], pads: [1, 1, 1, 1] }));
  });
  const pooled = g.maxPool(stem, { kernel_shape: [2, 2], strides: [2, 2] });
  const [left, right] = g.split(pooled, { axis: 1, num_outputs: 2 });
  const joined = g.concat([g.mul(left, 0.5), right], { axis: 1 });
  const size = g.shape(joined, { start: 0, end: 1 });
  const flat = g.reshape(joined, g.concat([size, g.int64([-1])], { axis: 0 }));
  g.output(g.clip(flat, 0, 6), 'features');
  return g.graph('features');
}

test('prints a graph with names, types and symbolic shapes', () => {
  assert.equal(
    printGraph(features()),
    `graph features
  input %x: f32[N,3,H,W]
  const %stem/w: f32[8,3,3,3]
  %stem/conv: f32[N,8,floor((H-1)/2)+1,floor((W-1)/2)+1] = Conv(%x, %stem/w) {strides=[2,2], pads=[1,1,1,1]}
  %stem/relu: f32[N,8,floor((H-1)/2)+1,floor((W-1)/2)+1] = Relu(%stem/conv)
  %maxPool: f32[N,8,floor((floor((H-1)/2)-1)/2)+1,floor((floor((W-1)/2)-1)/2)+1] = MaxPool(%stem/relu) {kernel_shape=[2,2], strides=[2,2]}
  %split.0: f32[N,4,floor((floor((H-1)/2)-1)/2)+1,floor((floor((W-1)/2)-1)/2)+1], %split.1: f32[N,4,floor((floor((H-1)/2)-1)/2)+1,floor((floor((W-1)/2)-1)/2)+1] = Split(%maxPool) {axis=1, num_outputs=2}
  %mul: f32[N,4,floor((floor((H-1)/2)-1)/2)+1,floor((floor((W-1)/2)-1)/2)+1] = Mul(%split.0, 0.5)
  %concat: f32[N,8,floor((floor((H-1)/2)-1)/2)+1,floor((floor((W-1)/2)-1)/2)+1] = Concat(%mul, %split.1) {axis=1}
  %shape: i64[1] = Shape(%concat) {end=1}
  %concat_2: i64[2] = Concat(%shape, [-1]) {axis=0}
  %reshape: f32[N,(floor((floor((H-1)/2)-1)/2)+1)*(floor((floor((W-1)/2)-1)/2)+1)*8] = Reshape(%concat, %concat_2)
  %clip: f32[N,(floor((floor((H-1)/2)-1)/2)+1)*(floor((floor((W-1)/2)-1)/2)+1)*8] = Clip(%reshape, 0, 6)
  %features: f32[N,(floor((floor((H-1)/2)-1)/2)+1)*(floor((floor((W-1)/2)-1)/2)+1)*8] = Identity(%clip)
  output %features`,
  );
});

test('numbers for names give the shapes that the names stood for', () => {
  const bound = bindDims(features(), { N: 2, H: 33, W: 20 });
  assert.deepEqual(bound.outputs[0].shape, [2, 8 * 8 * 5]);
  assert.throws(() => bindDims(features(), { M: 2 }), /sizes of N, H, W, found M = 2/);
});

test('constants with equal contents are one, and names are never given twice', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  assert.equal(g.scalar(2).name, g.scalar(2).name);
  assert.notEqual(g.scalar(2).name, g.scalar(2, 'float64').name);
  assert.notEqual(g.add(x, 1).name, g.add(x, 1).name);
  assert.throws(() => g.input('x', 'float32', [1]), /a name of its own/);
});

test('a constant of a file is not taken for a shared one because of its name', () => {
  const first = graphBuilder();
  first.output(first.constant(tensorOf('float32', [], [7]), 'float32:2'), 'seven');
  const g = graphBuilder(first.graph());
  assert.equal(g.scalar(2).name, 'float32:2_2');
});

test('a builder that goes on from a graph leaves that graph as it was', () => {
  const graph = features();
  const g = graphBuilder(graph);
  g.output(g.sigmoid(g.value('features')), 'scores');
  assert.equal(graph.outputs.length, 1);
  assert.deepEqual(
    g.graph().outputs.map(({ name }) => name),
    ['features', 'scores'],
  );
});

test('wrong calls are refused with what the operator takes', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2, 3]);
  assert.throws(() => g.value('y'), { code: 'unknown-value' });
  assert.throws(() => g.add(x, g.input('other', 'float64', [3])), /one element type/);
  assert.throws(() => g.concat([x], { axis: 2 }), /an axis from -2 to 1, found 2/);
  assert.throws(() => g.node('Relu', [x], { alpha: 1 } as object), /attributes that Relu has/);
  assert.throws(() => g.reshape(x, [4, -1]), /a shape that \[2,3\] fits/);
});
