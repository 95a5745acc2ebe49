// Runs graphs in ONNX Runtime, for tests: the graph is written, read by the runtime and run on the CPU with one thread.

import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { ElementType } from '../ir/element-type.ts';
import type { Graph } from '../ir/graph.ts';
import { type Tensor, tensorOf } from '../ir/tensor.ts';
import { modelOf, writeOnnx } from '../onnx/write-onnx.ts';
import { arrayOfTensor, type NdArray, tensorOfArray } from '../operators/nd-array.ts';

export const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

const views = {
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

function ortTensorOf({ type, shape, bytes }: Tensor): OrtTensor {
  const View = views[type as keyof typeof views];
  const data = new View(new Uint8Array(bytes).buffer);
  return new OrtTensor(type as 'float32', data as Float32Array, shape);
}

function arrayOf(tensor: OrtTensor): NdArray {
  const type = tensor.type as ElementType;
  const values = Array.from(tensor.data as ArrayLike<number | bigint>, Number);
  return arrayOfTensor(tensorOf(type, tensor.dims, values));
}

/** The outputs of a graph as ONNX Runtime computes them. */
export async function runGraph(
  graph: Graph,
  inputs: Readonly<Record<string, NdArray>>,
): Promise<Record<string, NdArray>> {
  const session = await InferenceSession.create(writeOnnx(modelOf(graph)), sessionOptions);
  try {
    const names = new Set(session.inputNames);
    const feeds = Object.entries(inputs)
      .filter(([name]) => names.has(name))
      .map(([name, array]) => [name, ortTensorOf(tensorOfArray(array))]);
    const results = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, arrayOf(tensor)]),
    );
  } finally {
    await session.release();
  }
}
