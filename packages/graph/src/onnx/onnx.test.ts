// Reading and writing against files that PyTorch made, ONNX Runtime, and damage of every kind.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { graphBuilder } from '../build/graph-builder.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { GraphError } from '../graph-error.ts';
import type { Graph, Model } from '../ir/graph.ts';
import { printGraph } from '../ir/print.ts';
import { tensorOf } from '../ir/tensor.ts';
import { generate } from '../operators/nd-array.ts';
import { inferShapes } from '../passes/infer-shapes.ts';
import { assertClose } from '../testing/assert-close.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { readOnnx } from './read-onnx.ts';
import { modelOf, writeOnnx, writeOnnxWithData } from './write-onnx.ts';

const fixtures = join(import.meta.dirname, '../testing/fixtures');
const exported = readdirSync(fixtures).filter((file) => file.endsWith('.onnx'));

function smallModel(): Model {
  const g = graphBuilder();
  const x = g.input('x', 'float32', ['N', 3]);
  const w = g.constant(tensorOf('float32', [3, 2], [1, 2, 3, 4, 5, 6]), 'w');
  const y = g.leakyRelu(g.matMul(x, w), { alpha: 0.25 });
  g.output(g.cast(g.reshape(y, [-1]), { to: 'float16' }), 'y');
  return {
    ...modelOf(g.graph('small'), { labels: 'ネコ,イヌ' }),
    domains: new Map([['com.example', 3]]),
  };
}

test('a model that is written and read again is the same', () => {
  const model = smallModel();
  const again = readOnnx(writeOnnx(model));
  assert.equal(printGraph(again.model.graph), printGraph(model.graph));
  assert.deepEqual([...again.model.metadata], [['labels', 'ネコ,イヌ']]);
  assert.deepEqual([...again.model.domains], [['com.example', 3]]);
  assert.deepEqual(again.ignored, []);
  assert.deepEqual(
    [...again.model.graph.initializers.get('w')!.bytes],
    [...model.graph.initializers.get('w')!.bytes],
  );
});

test('weights are views into the file, not copies', () => {
  const bytes = writeOnnx(smallModel());
  const { model } = readOnnx(bytes);
  assert.equal(model.graph.initializers.get('w')!.bytes.buffer, bytes.buffer);
});

for (const file of exported) {
  test(`${file} is read, and written so that ONNX Runtime gives the same`, async () => {
    const { model } = readOnnx(readFileSync(join(fixtures, file)));
    const graph = inferShapes(model.graph);
    const x = generate('float32', [2, 3, 32, 32], (_, i) => Math.sin(i));
    const { y } = await runGraph(graph, { x });
    assertClose(y, evaluate(graph, { x }).y, 1e-4, 'y');
    const again = inferShapes(readOnnx(writeOnnx(model)).model.graph);
    assert.equal(printGraph(again), printGraph(graph));
  });
}

test('what a file says beyond the graph is reported by name', () => {
  const { ignored } = readOnnx(readFileSync(join(fixtures, 'next-dynamo.onnx')));
  assert.deepEqual(ignored, [
    'Node.metadata_props',
    'ValueInfo.metadata_props',
    'Graph.metadata_props',
  ]);
});

test('weights may lie in a file of their own', () => {
  const model = smallModel();
  const { bytes, data } = writeOnnxWithData(model, 'weights.bin', 16);
  const beside = Buffer.concat(data);
  const asked: string[] = [];
  const { model: again } = readOnnx(bytes, {
    externalData: ({ location, offset, length }) => {
      asked.push(`${location} ${offset}+${length}`);
      return beside.subarray(offset, offset + length);
    },
  });
  assert.deepEqual(asked, ['weights.bin 0+24']);
  assert.equal(printGraph(again.graph), printGraph(model.graph));
  assert.throws(() => readOnnx(bytes), { code: 'missing-data' });
  assert.throws(() => readOnnx(bytes, { externalData: () => new Uint8Array(3) }), {
    code: 'missing-data',
    message: 'constant "w": expected 24 bytes at 0 of "weights.bin", found 3.',
  });
});

test('graphs in graphs are carried', () => {
  const g = graphBuilder();
  const x = g.input('x', 'float32', [2]);
  g.output(g.relu(x), 'y');
  const graph = g.graph();
  const branch = (operator: string): Graph => ({
    name: operator,
    inputs: [],
    outputs: [{ name: `${operator}/out`, type: 'float32', shape: [2] }],
    initializers: new Map(),
    nodes: [
      {
        name: operator,
        operator,
        domain: '',
        inputs: ['x'],
        outputs: [`${operator}/out`],
        attributes: {},
      },
    ],
    values: new Map(),
  });
  const choose = {
    name: 'choose',
    operator: 'If',
    domain: '',
    inputs: ['flag'],
    outputs: ['chosen'],
    attributes: {
      then_branch: { kind: 'graph', value: branch('Neg') },
      else_branch: { kind: 'graph', value: branch('Abs') },
    },
  } as const;
  const model = modelOf({
    ...graph,
    inputs: [...graph.inputs, { name: 'flag', type: 'bool', shape: [] }],
    nodes: [...graph.nodes, choose],
    outputs: [...graph.outputs, { name: 'chosen', type: 'float32', shape: [2] }],
  });
  assert.equal(printGraph(readOnnx(writeOnnx(model)).model.graph), printGraph(model.graph));
});

test('bytes that are no model are told from damaged ones', () => {
  assert.throws(() => readOnnx(new Uint8Array()), { code: 'not-onnx' });
  assert.throws(
    () => readOnnx(Buffer.from('PK\x03\x04 a zip')),
    /first byte: expected an ONNX model, found byte 0x50/,
  );
  assert.throws(() => readOnnx(Uint8Array.of(8, 10)), /an ONNX model with a graph and an opset/);
  const bytes = writeOnnx(smallModel());
  assert.throws(() => readOnnx(bytes.subarray(0, bytes.length - 40)), {
    code: 'damaged-onnx',
    message: /^byte \d+: expected \d+ bytes of [\w.]+, found \d+\. The file is cut off or damaged/,
  });
});

test('any damage gives a model or one clear error, never a crash or a hang', () => {
  const whole = writeOnnx(smallModel());
  const files = [whole, ...exported.slice(0, 2).map((file) => readFileSync(join(fixtures, file)))];
  const damage = fc.record({
    file: fc.constantFrom(...files),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    length: fc.nat(),
  });
  fc.assert(
    fc.property(damage, ({ file, changes, length }) => {
      const bytes = new Uint8Array(
        file.subarray(0, length % 3 === 0 ? length % file.length : file.length),
      );
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      try {
        inferShapes(readOnnx(bytes).model.graph);
      } catch (error) {
        assert.ok(error instanceof GraphError, `${error}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('operators are read from later opsets where the table has them, and refused where it has not', () => {
  const withOpset = (model: Model, opset: number) => {
    const bytes = writeOnnx(model);
    // The version of the default domain: an OperatorSetId of an empty name (field 1) and opset 21 (field 2).
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x0a, 0, 0x10, 21]));
    return bytes.with(at + 3, opset);
  };
  const model = smallModel();
  assert.equal(readOnnx(withOpset(model, 23)).model.graph.nodes.length, model.graph.nodes.length);
  assert.throws(() => readOnnx(withOpset(model, 6)), /an opset from 7 to \d+, found 6/);
  assert.throws(() => readOnnx(withOpset(model, 99)), { code: 'unsupported-onnx' });
  const [first, ...rest] = model.graph.nodes;
  const nodes = [{ ...first, operator: 'Attention' }, ...rest];
  const later = modelOf({ ...model.graph, nodes });
  assert.throws(() => readOnnx(withOpset(later, 23)), {
    code: 'unsupported-onnx',
    message:
      /^Attention "matMul": expected an operator of opset 21, or one of the table, found one of opset 23/,
  });
});

test('a shape that asks for more than there is memory is refused before any is taken', () => {
  const { graph } = smallModel();
  const w = { type: 'float32', shape: [2 ** 40, 2 ** 40], bytes: new Uint8Array(8) } as const;
  const model = modelOf({
    ...graph,
    initializers: new Map([['w', w], ...graph.initializers].slice(0, 1) as never),
  });
  assert.throws(() => writeOnnx(model), { code: 'bad-tensor' });
});

test('messages in each other without end are refused', () => {
  // A graph in a node of a graph, two hundred deep.
  let inner = Uint8Array.of();
  const wrap = (field: number, bytes: Uint8Array) => {
    const length: number[] = [];
    for (let rest = bytes.length; ; rest >>= 7) {
      length.push((rest & 127) | (rest > 127 ? 128 : 0));
      if (rest <= 127) break;
    }
    return Uint8Array.from([field * 8 + 2, ...length, ...bytes]);
  };
  for (let depth = 0; depth < 200; depth++) inner = wrap(1, wrap(5, wrap(6, inner)));
  const bytes = Uint8Array.from([8, 10, ...wrap(7, inner)]);
  assert.throws(() => readOnnx(bytes), /at most 64 messages in each other/);
});
