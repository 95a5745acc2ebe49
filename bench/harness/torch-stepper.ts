// The trainer's steps made by PyTorch: the same graph of the loss, the same batches and schedule, PyTorch's kernels, autograd
// and optimiser. What comes of it is held against our own in the same time.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensor, tensorOf } from '../../packages/graph/src/index.ts';
import type { HostTensor } from '../../packages/train/src/loader/host-tensor.ts';
import {
  maxGradientNorm,
  type OpenStepper,
  type StepResult,
} from '../../packages/train/src/loop/stepper.ts';
import type { Weights } from '../../packages/train/src/model/graphs.ts';
import { type PythonPeer, startPeerServer } from './python-peer.ts';

interface NamedShape {
  readonly name: string;
  readonly shape: number[];
}

export const torchStepper =
  (peer: PythonPeer): OpenStepper =>
  async ({ graph, parameters, parts, stops, rates }, { weightDecay, threads }) => {
    if (rates.size > 0) throw new Error('The peer has one learning rate for all weights.');
    const folder = await mkdtemp(join(tmpdir(), 'migaki-torch-'));
    const file = join(folder, 'tensors');
    const server = startPeerServer(peer, 'torch_trainer.py');
    const constants = [...graph.initializers];
    await writeFile(file, Buffer.concat(constants.map(([, { bytes }]) => bytes)));
    await server.ask({
      do: 'open',
      file,
      tensors: constants.map(([name, { type, shape }]) => ({ name, type, shape })),
      nodes: graph.nodes.map(({ operator, inputs, outputs, attributes }) => ({
        operator,
        inputs,
        outputs,
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([name, attribute]) => [name, attribute.value]),
        ),
      })),
      parameters,
      parts,
      stops,
      decayed: parameters.filter((name) => graph.initializers.get(name)!.shape.length > 1),
      weight_decay: weightDecay,
      max_norm: maxGradientNorm,
      threads,
    });
    const weights = async (isAverage: boolean): Promise<Weights> => {
      const { tensors } = await server.ask<{ tensors: NamedShape[] }>({
        do: 'weights',
        file,
        average: isAverage,
      });
      return new Map(split(await readFile(file), tensors));
    };
    return {
      async step(tensors, learningRate, averageDecay): Promise<StepResult> {
        const given = Object.entries(tensors);
        await writeFile(file, Buffer.concat(given.map(([, tensor]) => bytesOf(tensor))));
        const { loss, norm, parts, seconds } = await server.ask<{
          loss: number;
          norm: number;
          parts: Record<string, number>;
          seconds: number;
        }>({
          do: 'step',
          file,
          tensors: given.map(([name, { type, shape }]) => ({ name, type, shape })),
          learning_rate: learningRate,
          average_decay: averageDecay,
        });
        return { loss, gradientNorm: norm, parts, milliseconds: 1000 * seconds };
      },
      state: () => weights(false),
      weights,
      parameterCount: parameters.reduce(
        (sum, name) => sum + graph.initializers.get(name)!.shape.reduce((a, b) => a * b, 1),
        0,
      ),
      async close() {
        await server.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  };

const bytesOf = ({ data }: HostTensor): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

function split(bytes: Uint8Array, shapes: readonly NamedShape[]): [string, Tensor][] {
  let at = 0;
  return shapes.map(({ name, shape }): [string, Tensor] => {
    const length = shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(new Uint8Array(bytes.subarray(at, at + 4 * length)).buffer);
    at += 4 * length;
    return [name, tensorOf('float32', shape, values)];
  });
}
