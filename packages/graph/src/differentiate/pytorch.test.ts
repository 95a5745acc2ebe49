// Networks as PyTorch exports them, by both of its exporters: read, differentiated and run in ONNX Runtime, against the
// outputs, losses and gradients that PyTorch itself computed (`testing/fixtures/record_networks.py`).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { graphBuilder } from '../build/graph-builder.ts';
import type { Graph } from '../ir/graph.ts';
import { sizeOf, tensorOf } from '../ir/tensor.ts';
import { readOnnx } from '../onnx/read-onnx.ts';
import { arrayOfTensor, generate } from '../operators/nd-array.ts';
import { knownShape } from '../operators/operator.ts';
import { simplify } from '../passes/simplify.ts';
import { trainBatchNorm } from '../passes/train-batch-norm.ts';
import { weightsAsInputs } from '../passes/weights-as-inputs.ts';
import { assertClose } from '../testing/assert-close.ts';
import { runGraph } from '../testing/run-onnx.ts';
import { grad, gradientName } from './grad.ts';

interface Recorded {
  files: string[];
  trainsBatchNorm: boolean;
  y: number[];
  loss: number;
  gradients: Record<string, number[]>;
}

const fixtures = join(import.meta.dirname, '../testing/fixtures');
const networks: Record<string, Recorded> = JSON.parse(
  readFileSync(join(fixtures, 'networks.json'), 'utf8'),
);
const x = generate('float32', [2, 3, 32, 32], (_, i) => Math.sin(1.7 * i));

/** Adds the mean of the squares of `y` times fixed weights. */
function withLoss(graph: Graph): Graph {
  const g = graphBuilder(graph);
  const y = g.value(graph.outputs[0].name);
  const shape = knownShape(y, 'y');
  const weights = Array.from({ length: sizeOf(shape) }, (_, i) => Math.cos(3.1 * i));
  const weighed = g.mul(y, g.constant(tensorOf('float32', shape, weights)));
  const squares = g.reduceSumSquare(weighed, undefined, { keepdims: 0 });
  g.output(g.mul(squares, 1 / sizeOf(shape)), 'loss');
  return g.graph();
}

for (const [name, recorded] of Object.entries(networks)) {
  for (const file of recorded.files) {
    test(`${file}: outputs, loss and gradients are those of PyTorch`, async () => {
      const { model } = readOnnx(readFileSync(join(fixtures, file)));
      const network = recorded.trainsBatchNorm ? trainBatchNorm(model.graph) : model.graph;
      const parameters = Object.keys(recorded.gradients);
      const lacking = parameters.filter((parameter) => !network.initializers.has(parameter));
      assert.deepEqual(lacking, [], `${name} keeps the names of its parameters`);
      // As inputs: constants would be folded into others, and then have no gradient of their own.
      const trained = simplify(weightsAsInputs(network, parameters));
      const step = grad(withLoss(trained), 'loss', parameters, { outputs: ['y'] });
      const weights = parameters.map((parameter) => [
        parameter,
        arrayOfTensor(network.initializers.get(parameter)!),
      ]);
      const results = await runGraph(step, { x, ...Object.fromEntries(weights) });
      const expected = (output: string, values: number[]) => ({
        ...results[output],
        data: Float64Array.from(values),
      });
      assertClose(results.y, expected('y', recorded.y), 1e-4, 'y');
      assertClose(results.loss, expected('loss', [recorded.loss]), 1e-4, 'loss');
      for (const [parameter, values] of Object.entries(recorded.gradients)) {
        const output = gradientName(parameter);
        assertClose(results[output], expected(output, values), 1e-4, output);
      }
    });
  }
}
