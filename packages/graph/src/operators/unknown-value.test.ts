import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import { grad } from '../differentiate/grad.ts';
import type { Graph } from '../ir/graph.ts';
import { readOnnx } from '../onnx/read-onnx.ts';
import { inferShapes } from '../passes/infer-shapes.ts';
import { trainBatchNorm } from '../passes/train-batch-norm.ts';

const path = join(import.meta.dirname, '../testing/fixtures/residual-torchscript.onnx');
const { graph } = readOnnx(readFileSync(path)).model;

/** The network with an operator called by a name that nobody knows. */
const withStrange = (operator: string): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.operator === operator ? { ...node, operator: `${operator.slice(0, -1)}x` } : node,
  ),
});

test('a value that an unknown operator hides is refused with that node and what can be frozen', () => {
  const strange = withStrange('Relu');
  const message =
    'Relx "/Relu": expected an operator of the table, for the type and shape of %y below it, ' +
    'found one that the table does not have, the first of 3 such nodes. ' +
    'Cut the graph behind this node: make %/Relu_output_0 an input, so that the weights above it ' +
    '(%stem.weight, %norm.weight, %norm.bias and 2 more) stay frozen. ' +
    "Or say the type and shape of %/Relu_output_0 in the graph's values, and leave what is above it out of wrt.";
  const refusal = { code: 'unknown-operator', message };
  assert.throws(() => grad(strange, 'y', ['head.weight']), refusal);
  assert.throws(() => graphBuilder(trainBatchNorm(strange)).value('y'), refusal);
  assert.equal(inferShapes(strange).values.has('y'), false, 'the shapes alone are silent');
});

test('a value above an unknown operator is known, and one that no node makes is no value', () => {
  const g = graphBuilder(withStrange('Gemm'));
  assert.deepEqual(g.value('/Flatten_output_0').shape, [2, 12]);
  assert.throws(() => g.value('y'), { code: 'unknown-operator', message: /^Gemx / });
  assert.throws(() => g.value('z'), {
    code: 'unknown-value',
    message: /a value of this graph, found "z"/,
  });
});

test('both pieces of advice lead on', () => {
  const strange = withStrange('Relu');
  const strangers = strange.nodes.filter(({ operator }) => operator === 'Relx');
  const { values } = inferShapes(graph);
  const cut: Graph = {
    ...strange,
    nodes: strange.nodes.slice(strange.nodes.indexOf(strangers[2]) + 1),
    inputs: strangers[2].outputs.map((name) => ({ name, ...values.get(name)! })),
  };
  assert.ok(graphBuilder(cut).value('y').shape);
  const said = strangers.flatMap(({ outputs }) =>
    outputs.map((name) => [name, values.get(name)!] as const),
  );
  assert.ok(graphBuilder({ ...strange, values: new Map(said) }).value('y').shape);
});

test('an input of unknown rank is named where it hides a value', () => {
  const g = graphBuilder();
  g.input('x', 'float32', [2, 3]);
  const inputs = [{ name: 'x', type: 'float32', shape: undefined }] as const;
  const node = {
    name: 'relu',
    operator: 'Relu',
    domain: '',
    inputs: ['x'],
    outputs: ['relu'],
    attributes: {},
  };
  assert.throws(() => graphBuilder({ ...g.graph(), inputs, nodes: [node] }).value('relu'), {
    code: 'unknown-value',
    message: /^Relu "relu": expected a known number of dimensions of %x.*found none/,
  });
});

test('a node of an unknown operator cannot be built', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  assert.throws(() => g.node('Relx' as 'Relu', [x]), {
    code: 'unknown-operator',
    message: /an operator of the table, found "Relx"/,
  });
});
