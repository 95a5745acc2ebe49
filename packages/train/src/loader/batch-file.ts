// Tensors of a batch on their way to the trainer, as a file that lies in the system's memory for as long as nobody has read
// it. A message of their size would need the trainer's event loop many times over, which stands still while a step runs.

import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import type { HostTensor } from './host-tensor.ts';

export interface LaidDown {
  readonly file: string;
  readonly byteLength: number;
  readonly tensors: readonly {
    readonly name: string;
    readonly type: HostTensor['type'];
    readonly shape: readonly number[];
    /** Bytes before it, a multiple of 8. */
    readonly start: number;
  }[];
}

const views = { float32: Float32Array, uint8: Uint8Array, int64: BigInt64Array };

export function layDown(file: string, tensors: Readonly<Record<string, HostTensor>>): LaidDown {
  const pieces: Uint8Array[] = [];
  let byteLength = 0;
  const laid = Object.entries(tensors).map(([name, { type, shape, data }]) => {
    const start = byteLength;
    const padding = (8 - (data.byteLength % 8)) % 8;
    pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    pieces.push(new Uint8Array(padding));
    byteLength += data.byteLength + padding;
    return { name, type, shape, start };
  });
  writeFileSync(file, Buffer.concat(pieces, byteLength));
  return { file, byteLength, tensors: laid };
}

/** Reads what was laid down, and takes the file away. */
export function pickUp({ file, byteLength, tensors }: LaidDown): Record<string, HostTensor> {
  const memory = new ArrayBuffer(byteLength);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, new Uint8Array(memory));
  } finally {
    closeSync(handle);
  }
  rmSync(file);
  return Object.fromEntries(
    tensors.map(({ name, type, shape, start }) => {
      const length = shape.reduce((a, b) => a * b, 1);
      return [name, { type, shape, data: new views[type](memory, start, length) } as HostTensor];
    }),
  );
}
