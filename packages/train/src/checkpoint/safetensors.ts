// Tensors in one file, in the safetensors format (https://github.com/huggingface/safetensors#format): eight bytes of
// length, a JSON header with types, shapes and places, the tensors' bytes. Any tool of the field can read one.

import { phrase, type Words } from '@migaki/coco';
import type { Tensor } from '@migaki/graph';
import { TrainError } from '../train-error.ts';

const typeNames = {
  float32: 'F32',
  float16: 'F16',
  int64: 'I64',
  int32: 'I32',
  uint8: 'U8',
} as const;
type KeptType = keyof typeof typeNames;
const typeByName = new Map(
  Object.entries(typeNames).map(([type, name]) => [name as string, type as KeptType]),
);

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The pieces of the file, to be written one after another. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { type, shape, bytes }] of tensors) {
    const dtype = typeNames[type as KeptType];
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  const text = JSON.stringify(header);
  // The data begins at a multiple of eight.
  const json = Buffer.from(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return [length, json, ...[...tensors.values()].map(({ bytes }) => bytes)];
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * @param where how messages call the file
 * @throws TrainError `bad-checkpoint`
 */
export function readSafetensors(file: Uint8Array, where: string): TensorFile {
  const refuse = (found: Words): never => {
    throw new TrainError('bad-checkpoint', {
      where,
      expected: phrase`a whole file of tensors`,
      found,
      advice: phrase`Begin again without it, or take an earlier one.`,
    });
  };
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (view.length < 8) refuse(phrase`${view.length} bytes`);
  const length = Number(view.readBigUInt64LE(0));
  if (8 + length > view.length) refuse(phrase`a file that ends early`);
  const header = parsed(view.toString('utf8', 8, 8 + length)) ?? refuse(phrase`a broken header`);
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, unknown>;
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(entries as Record<string, Entry>)) {
    const [start, end] = entry.data_offsets;
    const type = typeByName.get(entry.dtype) ?? refuse(phrase`the type ${entry.dtype}`);
    if (8 + length + end > view.length) refuse(phrase`a file that ends early`);
    tensors.set(name, {
      type,
      shape: entry.shape,
      bytes: view.subarray(8 + length + start, 8 + length + end),
    });
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
