// Runs graphs in ONNX Runtime, for tests and benches: a graph is written, read by the runtime and run on the CPU.

import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { ElementType } from '../ir/element-type.ts';
import type { Graph } from '../ir/graph.ts';
import { type Tensor, tensorOf } from '../ir/tensor.ts';
import { modelOf, writeOnnx } from '../onnx/write-onnx.ts';
import { arrayOfTensor, type NdArray, tensorOfArray } from '../operators/nd-array.ts';

/** A graph in ONNX Runtime. Values go in and come out as the runtime's own tensors, uncopied. */
export interface OpenGraph {
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Record<string, OrtTensor>>;
  close(): Promise<void>;
}

export async function openGraph(graph: Graph, threads: number): Promise<OpenGraph> {
  const session = await InferenceSession.create(writeOnnx(modelOf(graph)), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    run: async (feeds) => (await session.run(feeds)) as Record<string, OrtTensor>,
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

export function ortTensorOf({ type, shape, bytes }: Tensor): OrtTensor {
  const View = views[type as keyof typeof views];
  const data = new View(new Uint8Array(bytes).buffer);
  return new OrtTensor(type as 'float32', data as Float32Array, shape);
}

function arrayOf(tensor: OrtTensor): NdArray {
  const type = tensor.type as ElementType;
  const values = Array.from(tensor.data as ArrayLike<number | bigint>, Number);
  return arrayOfTensor(tensorOf(type, tensor.dims, values));
}

/** The outputs of a graph as ONNX Runtime computes them with one thread. Inputs that it does not have are left out. */
export async function runGraph(
  graph: Graph,
  inputs: Readonly<Record<string, NdArray>>,
): Promise<Record<string, NdArray>> {
  const open = await openGraph(graph, 1);
  try {
    const feeds = graph.inputs.map(({ name }) => [name, ortTensorOf(tensorOfArray(inputs[name]))]);
    const results = await open.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, arrayOf(tensor)]),
    );
  } finally {
    await open.close();
  }
}
