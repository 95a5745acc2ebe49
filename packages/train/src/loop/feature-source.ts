// The feature maps of a backbone that stays as it is. Each picture is seen in a few variants, and what the backbone makes of
// each is computed once and kept, so that a step is one of the head alone.

import type { Graph } from '@migaki/graph';
import type { Batch } from '../loader/batch.ts';
import type { HostTensor } from '../loader/host-tensor.ts';
import { hostTensorOf, openSession, ortTensor } from '../runtime/session.ts';

export interface FeatureSource {
  /** What the training graph of the head takes: the batch's targets, and feature maps in place of its pictures. */
  tensorsOf(batch: Batch): Promise<Record<string, HostTensor>>;
  close(): Promise<void>;
}

/** All feature maps may take this much together. */
const mostBytes = 1.5e9;
/** More variants of a picture than this teach little more. */
const mostVariants = 16;

/** In how many variants each of so many pictures can be kept; 0 for so many that not even one each fits. */
export function variantsThatFit(features: Graph, pictureCount: number): number {
  const bytes = features.outputs.reduce((sum, { name, shape }) => {
    const dims = (features.values.get(name)?.shape ?? shape ?? []).slice(1) as number[];
    return sum + 4 * dims.reduce((a, b) => a * b, 1);
  }, 0);
  return Math.min(mostVariants, Math.floor(mostBytes / (bytes * Math.max(1, pictureCount))));
}

/** Maps of one picture, by name. */
type Maps = Readonly<Record<string, Float32Array>>;

/** @param keeps whether what was computed is kept */
export async function openFeatureSource(
  features: Graph,
  threads: number,
  keeps: boolean,
): Promise<FeatureSource> {
  const session = await openSession(features, threads);
  const kept = new Map<number, Maps>();
  /** Of each map, without the batch. */
  let shapes: Readonly<Record<string, readonly number[]>> = {};

  /** The maps of some rows of a batch. */
  const compute = async (pictures: HostTensor, rows: readonly number[]): Promise<Maps[]> => {
    if (rows.length === 0) return [];
    const results = Object.entries(
      await session.run({ pictures: ortTensor(rowsOf(pictures, rows)) }),
    );
    shapes = Object.fromEntries(results.map(([name, { dims }]) => [name, dims.slice(1)]));
    return rows.map((_, i) =>
      Object.fromEntries(
        results.map(([name, tensor]) => {
          const one = rowsOf(hostTensorOf(tensor), [i]);
          return [name, one.data as Float32Array];
        }),
      ),
    );
  };

  return {
    async tensorsOf({ keys, tensors: { pictures, ...targets } }) {
      const missing = [...keys.keys()].filter((row) => !kept.has(keys[row]));
      const computed = await compute(pictures, missing);
      const maps = keys.map((key, row) => kept.get(key) ?? computed[missing.indexOf(row)]);
      if (keeps) for (const [row, key] of keys.entries()) kept.set(key, maps[row]);
      const joined = Object.entries(shapes).map(([name, shape]): [string, HostTensor] => {
        const size = shape.reduce((a, b) => a * b, 1);
        const data = new Float32Array(maps.length * size);
        for (const [row, of] of maps.entries()) data.set(of[name], row * size);
        return [name, { type: 'float32', shape: [maps.length, ...shape], data }];
      });
      return { ...targets, ...Object.fromEntries(joined) };
    },
    close: session.close,
  };
}

/** Some rows of a tensor, copied. */
function rowsOf(tensor: HostTensor, rows: readonly number[]): HostTensor {
  const size = tensor.shape.slice(1).reduce((a, b) => a * b, 1);
  const pieces = rows.map((row) => tensor.data.subarray(row * size, (row + 1) * size));
  const Data = tensor.data.constructor as new (length: number) => Float32Array;
  const data = new Data(rows.length * size);
  for (const [i, piece] of pieces.entries()) data.set(piece as Float32Array, i * size);
  return { type: tensor.type, shape: [rows.length, ...tensor.shape.slice(1)], data } as HostTensor;
}
