import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { tensorOf } from '../ir/tensor.ts';
import { bindDims } from '../passes/infer-shapes.ts';
import { peakBytes } from './peak-bytes.ts';

const floats = (count: number) => 4 * count;

test('of a chain, two values are alive at once beside what stays', () => {
  const g = graphBuilder();
  let x = g.input('x', 'float32', [100]);
  for (let i = 0; i < 10; i++) x = g.exp(x);
  g.output(x, 'y');
  // The input and the output stay; between them two.
  assert.equal(peakBytes(g.graph('chain')), floats(4 * 100));
});

test('what is taken much later stays until then', () => {
  const g = graphBuilder();
  const first = g.exp(g.input('x', 'float32', [100]));
  let x = first;
  for (let i = 0; i < 10; i++) x = g.exp(x);
  g.output(g.add(x, first), 'y');
  assert.equal(peakBytes(g.graph('long')), floats(5 * 100));
});

test('another view of a value costs nothing, and constants stay', () => {
  const g = graphBuilder();
  const weight = g.constant(tensorOf('float32', [10, 10], new Float32Array(100)), 'weight');
  const made = g.matMul(g.input('x', 'float32', ['N', 10]), weight);
  g.output(g.exp(g.reshape(made, g.int64([-1]))), 'y');
  const bound = bindDims(g.graph('view'), { N: 20 });
  const shapeBytes = 8;
  assert.equal(peakBytes(bound), floats(200 + 100 + 200 + 200) + shapeBytes);
});
