// Graphs in ONNX Runtime, and its tensors.

import { type Graph, modelOf, type Tensor, writeOnnx } from '@migaki/graph';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { HostTensor } from '../loader/batch.ts';

export type Feeds = Readonly<Record<string, OrtTensor>>;
export type Results = Record<string, OrtTensor>;

export interface Session {
  run(feeds: Feeds): Promise<Results>;
  close(): Promise<void>;
}

/**
 * Opens a graph, or a model's bytes, on the CPU.
 *
 * @param threads how many cores one run uses
 */
export async function openSession(model: Graph | Uint8Array, threads: number): Promise<Session> {
  const bytes = model instanceof Uint8Array ? model : writeOnnx(modelOf(model));
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    run: async (feeds) => (await session.run(feeds)) as Results,
    close: () => session.release(),
  };
}

const views = {
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};
type RuntimeType = keyof typeof views;

export function ortTensorOf({ type, shape, bytes }: Tensor): OrtTensor {
  const View = views[type as RuntimeType];
  // A copy, because a view into a file is seldom aligned.
  const data = new View(new Uint8Array(bytes).buffer);
  return new OrtTensor(type as 'float32', data as Float32Array, shape);
}

/** A tensor of the runtime as one of ours; it shares the memory. */
export function tensorOfOrt(tensor: OrtTensor): Tensor {
  const { buffer, byteOffset, byteLength } = tensor.data as Float32Array;
  return {
    type: tensor.type as Tensor['type'],
    shape: tensor.dims,
    bytes: new Uint8Array(buffer, byteOffset, byteLength),
  };
}

export const ortTensor = ({ type, shape, data }: HostTensor): OrtTensor =>
  new OrtTensor(type as 'float32', data as Float32Array, shape);

export const hostTensorOf = (tensor: OrtTensor): HostTensor =>
  ({ type: tensor.type, shape: tensor.dims, data: tensor.data }) as HostTensor;
