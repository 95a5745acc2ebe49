// Graphs in ONNX Runtime, and its tensors.

import { type Graph, modelOf, type Tensor, writeOnnx } from '@migaki/graph';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { HostTensor } from '../loader/host-tensor.ts';

export type Feeds = Readonly<Record<string, OrtTensor>>;
export type Results = Record<string, OrtTensor>;

export interface Session {
  /** @param into tensors that outputs are written into, by name; what is not named gets new ones */
  run(feeds: Feeds, into?: Feeds): Promise<Results>;
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
    // A plan for the memory of a whole run is a second copy of all of it, beside what the first run took.
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  return {
    run: async (feeds, into) => {
      if (into === undefined) return (await session.run(feeds)) as Results;
      const fetches = Object.fromEntries(
        session.outputNames.map((name) => [name, into[name] ?? null]),
      );
      return (await session.run(feeds, fetches)) as Results;
    },
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

/** A tensor of the same type and shape, to be written into. */
export function emptyLike({ type, dims, data }: OrtTensor): OrtTensor {
  const View = views[type as RuntimeType];
  return new OrtTensor(type as 'float32', new View(data.length) as Float32Array, dims);
}

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
