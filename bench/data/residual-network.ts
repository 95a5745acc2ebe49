// A small residual network for classification, as a graph with its loss: conv3×3/2 to 32 channels, batch normalisation,
// ReLU; residual blocks of 32, 64/2, 128/2 and 256/2 channels; mean over positions; linear layer; cross-entropy.

import {
  type Built,
  type Graph,
  type GraphBuilder,
  graphBuilder,
  type Tensor,
  tensorOf,
} from '../../packages/graph/src/index.ts';

import type { Random } from './random.ts';

export interface ResidualNetwork {
  /** Inputs `x` [N,3,S,S] and `target` [N,10] (one-hot); outputs `loss` and `logits`. */
  graph: Graph;
  /** Names of the weights to train. */
  parameters: string[];
}

const classes = 10;

export function residualNetwork(batch: number, size: number, random: Random): ResidualNetwork {
  const g = graphBuilder();
  const parameters: string[] = [];
  const parameter = (name: string, shape: number[], element: () => number): Built => {
    parameters.push(name);
    return g.constant(filled(shape, element), name);
  };

  const x = g.input('x', 'float32', [batch, 3, size, size]);
  const target = g.input('target', 'float32', [batch, classes]);
  let features = g.relu(convNorm(g, 'stem', x, 3, 32, 3, 2));
  features = block('block1', features, 32, 32, 1);
  features = block('block2', features, 32, 64, 2);
  features = block('block3', features, 64, 128, 2);
  features = block('block4', features, 128, 256, 2);
  const pooled = g.flatten(g.globalAveragePool(features));
  const scale = 1 / Math.sqrt(256);
  const weights = parameter('linear/weight', [classes, 256], () => random.between(-scale, scale));
  const bias = parameter('linear/bias', [classes], () => 0);
  const logits = g.gemm(pooled, weights, bias, { transB: 1 });
  const logLikelihood = g.mul(g.logSoftmax(logits), target);
  const loss = g.mul(g.reduceSum(logLikelihood, undefined, { keepdims: 0 }), -1 / batch);
  g.output(loss, 'loss');
  g.output(logits, 'logits');
  return { graph: g.graph('residual'), parameters };

  function convNorm(
    g: GraphBuilder,
    name: string,
    x: Built,
    inputs: number,
    outputs: number,
    kernel: number,
    stride: number,
  ): Built {
    return g.scope(name, () => {
      const deviation = Math.sqrt(2 / (inputs * kernel * kernel));
      const shape = [outputs, inputs, kernel, kernel];
      const w = parameter(`${name}/weight`, shape, () => random.normal(0, deviation));
      const pad = (kernel - 1) / 2;
      const pads = [pad, pad, pad, pad];
      const y = g.conv(x, w, { strides: [stride, stride], pads, kernel_shape: [kernel, kernel] });
      const scale = parameter(`${name}/scale`, [outputs], () => 1);
      const shift = parameter(`${name}/shift`, [outputs], () => 0);
      const mean = g.constant(
        filled([outputs], () => 0),
        `${name}/mean`,
      );
      const variance = g.constant(
        filled([outputs], () => 1),
        `${name}/variance`,
      );
      return g.batchNormalization(y, scale, shift, mean, variance);
    });
  }

  function block(name: string, x: Built, inputs: number, outputs: number, stride: number): Built {
    const first = g.relu(convNorm(g, `${name}/a`, x, inputs, outputs, 3, stride));
    const second = convNorm(g, `${name}/b`, first, outputs, outputs, 3, 1);
    const isSame = stride === 1 && inputs === outputs;
    const skip = isSame ? x : convNorm(g, `${name}/skip`, x, inputs, outputs, 1, stride);
    return g.relu(g.add(second, skip));
  }
}

function filled(shape: number[], element: () => number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensorOf('float32', shape, Float32Array.from({ length: size }, element));
}
