import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { graphBuilder, modelOf, tensorOf, writeOnnx } from '@migaki/graph';
import { untrainedInput, untrainedModel } from '../testing/untrained-model.ts';
import { importBackbone, importedInputSize } from './imported-backbone.ts';

const fixture = (name: string) =>
  readFile(
    new URL(
      import.meta.resolve('@migaki/graph').replace('index.ts', `testing/fixtures/${name}.onnx`),
    ),
  );
const input = { width: 64, height: 32 };

test('a convolutional network is cut at the deepest map of each stride', async () => {
  const bytes = await fixture('residual-torchscript');
  const { graph, maps, stages } = importBackbone(bytes, input, 'residual.onnx');
  assert.deepEqual(
    maps.map(({ stride, tokensBefore }) => [stride, tokensBefore]),
    [
      [4, null],
      [8, null],
    ],
  );
  assert.deepEqual(graph.values.get(maps[1].name)?.shape, ['N', 12, 4, 8]);
  assert.ok(stages.every(({ length }) => length > 0));
  const names = [...graph.initializers.keys(), ...graph.nodes.map(({ name }) => name)];
  assert.ok(names.every((name) => name.startsWith('backbone/')));
  assert.ok(!graph.nodes.some(({ operator }) => operator === 'BatchNormalization'));
  assert.ok(
    !graph.nodes.some(({ operator }) => operator === 'Gemm'),
    'what follows the maps is gone',
  );
});

/** Patches of 8 pixels and a class token, as vision transformers begin. */
function tokens(): Uint8Array {
  const g = graphBuilder();
  const weights = (shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return g.constant(tensorOf('float32', shape, Float32Array.from({ length: size }, Math.sin)));
  };
  const x = g.input('x', 'float32', ['N', 3, 32, 64]);
  const patches = g.conv(x, weights([6, 3, 8, 8]), { strides: [8, 8], kernel_shape: [8, 8] });
  const list = g.transpose(g.reshape(patches, [0, 6, 32]), { perm: [0, 2, 1] });
  const rows = g.concat([g.shape(x, { end: 1 }), g.int64([1, 6])], { axis: 0 });
  const all = g.concat([g.expand(weights([1, 1, 6]), rows), list], { axis: 1 });
  g.output(g.add(all, weights([1, 33, 6])), 'tokens');
  return writeOnnx(modelOf(g.graph()));
}

test('the tokens of a transformer are a map, behind its class token', () => {
  const bytes = tokens();
  assert.deepEqual(importedInputSize(bytes, 'vit.onnx'), input);
  const { maps } = importBackbone(bytes, input, 'vit.onnx');
  assert.deepEqual(maps, [{ name: 'backbone/tokens', stride: 8, tokensBefore: 1 }]);
});

test('a network that was exported for a fixed number of pictures is refused', async () => {
  const bytes = await fixture('vision-torchscript');
  const size = { width: 32, height: 32 };
  assert.throws(() => importBackbone(bytes, size, 'vit.onnx'), {
    code: 'bad-init',
    message: /any number of pictures at once, found one for 2\. Export it with a dynamic axis/,
  });
});

test('what is no network for pictures is refused, naming the file and what it wants', () => {
  const g = graphBuilder();
  const words = g.input('words', 'int64', ['N', 12]);
  g.output(g.cast(words, { to: 'float32' }), 'y');
  const text = writeOnnx(modelOf(g.graph()));
  assert.throws(() => importBackbone(text, input, 'bert.onnx'), {
    code: 'bad-init',
    message: /bert\.onnx: expected one input for pictures, float32 \[N,3,H,W\], found words: int64/,
  });
  assert.throws(() => importBackbone(Buffer.from('no model'), input, 'a.onnx'), {
    code: 'bad-init',
    message: /a\.onnx: expected an ONNX file/,
  });
});

test('a network without maps for this size is refused', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', ['N', 3, 'H', 'W']);
  const w = g.constant(tensorOf('float32', [4, 3], new Float32Array(12).fill(1)), 'w');
  g.output(g.gemm(g.flatten(g.globalAveragePool(x)), w, { transB: 1 }), 'y');
  assert.throws(() => importBackbone(writeOnnx(modelOf(g.graph())), input, 'flat.onnx'), {
    code: 'bad-init',
    message: /feature maps for pictures of 64 × 32, found none/,
  });
});

/** A convolution, and so many nodes of one kind behind it or before it. */
function chain(operator: string, domain: string, count: number, isBefore = false): Uint8Array {
  const g = graphBuilder();
  const weight = g.constant(
    tensorOf('float32', [4, 3, 4, 4], new Float32Array(192).fill(0.1)),
    'w',
  );
  const x = g.input('x', 'float32', ['N', 3, 'H', 'W']);
  const nodes = Array.from({ length: count }, (_, i) => ({
    name: `step${i}`,
    operator,
    domain,
    inputs: [i > 0 ? `value${i - 1}` : isBefore ? 'x' : 'first'],
    outputs: [`value${i}`],
    attributes: {},
  }));
  const last = `value${count - 1}`;
  g.output(g.conv(x, weight, { strides: [4, 4] }), 'first');
  const graph = g.graph();
  const convolution = graph.nodes.map((node) =>
    isBefore ? { ...node, inputs: [last, ...node.inputs.slice(1)] } : node,
  );
  const all = isBefore ? [...nodes, ...convolution] : [...convolution, ...nodes];
  const outputs = [{ name: isBefore ? 'first' : last, type: 'float32', shape: undefined } as const];
  const model = modelOf({ ...graph, nodes: all, outputs, values: new Map() });
  return writeOnnx({ ...model, domains: new Map(domain === '' ? [] : [[domain, 1]]) });
}

test('before an operator that nobody knows a network is cut; where it hides all maps, it is named', () => {
  for (const [operator, domain, called] of [
    ['FusedAttention', 'com.example', 'com\\.example\\.FusedAttention "step0"'],
    ['Relux', '', 'Relux "step0"'],
  ]) {
    const { maps } = importBackbone(chain(operator, domain, 3), input, 'odd.onnx');
    assert.deepEqual(
      maps.map(({ stride }) => stride),
      [4],
    );
    assert.throws(() => importBackbone(chain(operator, domain, 3, true), input, 'odd.onnx'), {
      code: 'bad-init',
      message: new RegExp(`odd\\.onnx: .*found none; ${called} is unknown.*standard operators`),
    });
  }
});

test('a network of ten thousand nodes is read like any other', () => {
  const { maps, graph } = importBackbone(chain('Relu', '', 10_000), input, 'long.onnx');
  assert.deepEqual(maps, [{ name: 'backbone/value9999', stride: 4, tokensBefore: null }]);
  assert.equal(graph.nodes.length, 10_001);
});

test('of a model that was made here, how much larger a map becomes is no weight', () => {
  const bytes = untrainedModel({ task: 'detect', classCount: 2 });
  const { graph, stages } = importBackbone(bytes, untrainedInput, 'model.onnx');
  const scales = graph.nodes.flatMap(({ operator, inputs }) =>
    operator === 'Resize' ? inputs.slice(1) : [],
  );
  const given = scales.filter((name) => graph.initializers.has(name));
  assert.ok(given.length > 0);
  assert.deepEqual(
    stages.flat().filter((name) => given.includes(name)),
    [],
  );
});
