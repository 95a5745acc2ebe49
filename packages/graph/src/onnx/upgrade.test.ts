import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Attribute, Graph, Node } from '../ir/graph.ts';
import { printGraph } from '../ir/print.ts';
import { tensorOf } from '../ir/tensor.ts';
import type { NdArray } from '../operators/nd-array.ts';
import { inferShapes } from '../passes/infer-shapes.ts';
import { upgradeGraph } from './upgrade.ts';

const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
const float = (value: number): Attribute => ({ kind: 'float', value });
const int = (value: number): Attribute => ({ kind: 'int', value });

/** A graph of one node in an old form, from an input `x` to an output `y`. */
function oldGraph(
  operator: string,
  shape: number[],
  attributes: Node['attributes'],
  { inputs = ['x'], outputs = ['y'] } = {},
): Graph {
  return {
    name: 'old',
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: 'y', type: 'float32', shape: undefined }],
    initializers: new Map([
      ['ones', tensorOf('float32', [2], [1, 1])],
      ['twos', tensorOf('float32', [2], [2, 3])],
      ['scales', tensorOf('float32', [4], [1, 1, 2, 2])],
    ]),
    nodes: [{ name: 'n', operator, domain: '', inputs, outputs, attributes }],
    values: new Map(),
  };
}

function run(graph: Graph, opset: number, shape: number[], values: number[]): NdArray {
  const x: NdArray = { type: 'float32', shape, data: Float64Array.from(values) };
  return evaluate(inferShapes(upgradeGraph(graph, opset)), { x }).y;
}

test('axes and other lists that were attributes become inputs', () => {
  const cases: [string, Node['attributes'], number, number[]][] = [
    ['ReduceMean', { axes: ints(1), keepdims: int(0) }, 11, [2, 5]],
    ['ReduceSum', { axes: ints(0), keepdims: int(0) }, 11, [5, 7, 9]],
    ['Squeeze', {}, 11, [1, 2, 3, 4, 5, 6]],
    ['Unsqueeze', { axes: ints(0) }, 11, [1, 2, 3, 4, 5, 6]],
    ['Slice', { starts: ints(1), ends: ints(3), axes: ints(1) }, 9, [2, 3, 5, 6]],
    ['Clip', { min: float(2), max: float(4) }, 6, [2, 2, 3, 4, 4, 4]],
    ['Pad', { pads: ints(0, 1, 0, 0), value: float(9) }, 10, [9, 1, 2, 3, 9, 4, 5, 6]],
    ['Dropout', { ratio: float(0.5) }, 10, [1, 2, 3, 4, 5, 6]],
  ];
  for (const [operator, attributes, opset, expected] of cases) {
    const y = run(oldGraph(operator, [2, 3], attributes), opset, [2, 3], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...y.data], expected, operator);
  }
});

test('softmax of old went over all axes from one on', () => {
  const y = run(oldGraph('Softmax', [1, 2, 2], {}), 11, [1, 2, 2], [0, 0, 0, 0]);
  assert.deepEqual([...y.data], [0.25, 0.25, 0.25, 0.25]);
  const last = run(oldGraph('Softmax', [1, 2, 2], { axis: int(-1) }), 11, [1, 2, 2], [0, 0, 0, 0]);
  assert.deepEqual([...last.data], [0.5, 0.5, 0.5, 0.5]);
});

test('upsampling becomes a resize by plain division', () => {
  const graph = oldGraph('Upsample', [1, 1, 1, 2], {}, { inputs: ['x', 'scales'] });
  assert.deepEqual([...run(graph, 9, [1, 1, 1, 2], [1, 2]).data], [1, 1, 2, 2, 1, 1, 2, 2]);
});

test('a scale per group becomes one per channel', () => {
  const attributes = { num_groups: int(2), epsilon: float(0) };
  const inputs = ['x', 'twos', 'ones'];
  const graph = oldGraph('GroupNormalization', [1, 4, 2], attributes, { inputs });
  const y = run(graph, 18, [1, 4, 2], [0, 2, 0, 2, 0, 2, 0, 2]);
  assert.deepEqual([...y.data], [-1, 3, -1, 3, -2, 4, -2, 4]);
});

test('outputs that were for training are dropped from batch normalisation', () => {
  const inputs = ['x', 'twos', 'ones', 'ones', 'ones'];
  const graph = oldGraph(
    'BatchNormalization',
    [1, 2],
    { spatial: int(1), epsilon: float(0) },
    { inputs, outputs: ['y', 'm', 'v'] },
  );
  assert.deepEqual([...run(graph, 8, [1, 2], [2, 3]).data], [3, 7]);
});

test('what has its new form already stays as it is', () => {
  const graph = oldGraph('Relu', [2], {});
  assert.equal(printGraph(upgradeGraph(graph, 7)), printGraph(graph));
});
