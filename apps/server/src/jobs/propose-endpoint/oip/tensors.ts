// Tensors as they travel (Open Inference Protocol over HTTP): as JSON, or, where a server knows the extension for binary data, as
// bytes behind the JSON, little-endian, row by row; a text as its length in 4 bytes and itself.

import { phrase } from '@migaki/coco';
import type { EndpointReply, EndpointRequest } from '../../../endpoints/endpoint.ts';
import { isDeeper, maxDepth } from '../../../http/parse-json.ts';
import { refusal, shown } from './model-metadata.ts';

export interface SentTensor {
  readonly name: string;
  readonly datatype: 'BYTES' | 'UINT8' | 'FP32';
  readonly shape: readonly number[];
  /** The one element of a tensor of bytes, or the elements of the others. */
  readonly values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

export interface ReadTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: readonly number[] | readonly string[];
}

/** Says how long the JSON is that binary data follow. */
const lengthHeader = 'inference-header-content-length';

/** @param isBinary whether the server takes and sends binary data */
export function inferRequest(
  url: string,
  id: string,
  { name, datatype, shape, values }: SentTensor,
  isBinary: boolean,
): EndpointRequest {
  if (!isBinary) {
    const input =
      datatype === 'BYTES'
        ? // No text holds any bytes; this is how servers that know no binary data are told of them.
          { data: [base64(values)], parameters: { content_type: 'base64' } }
        : { data: Array.from(values) };
    const body = JSON.stringify({ id, inputs: [{ name, shape, datatype, ...input }] });
    return { url, body: utf8(body), headers: { 'content-type': 'application/json' } };
  }
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const parts = datatype === 'BYTES' ? [lengthOf(bytes), bytes] : [bytes];
  const byteCount = parts.reduce((sum, part) => sum + part.length, 0);
  const head = utf8(
    JSON.stringify({
      id,
      parameters: { binary_data_output: true },
      inputs: [{ name, shape, datatype, parameters: { binary_data_size: byteCount } }],
    }),
  );
  return {
    url,
    body: new Uint8Array(Buffer.concat([head, ...parts])),
    headers: {
      'content-type': 'application/octet-stream',
      [lengthHeader]: String(head.length),
    },
  };
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: ArrayBufferView) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function lengthOf({ length }: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
}

/**
 * @param where for what is said about the answer
 * @throws StoreError `bad-preannotation` naming the field
 */
export function readJsonReply(body: Buffer, where: string): unknown {
  const text = body.toString('utf8');
  if (isDeeper(text, maxDepth)) {
    throw refusal(where, phrase`JSON of at most ${maxDepth} levels`, phrase`more`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(where, phrase`a JSON document`, shown(text));
  }
}

/** @throws StoreError `bad-preannotation` naming the field */
export function readTensors({ body, headers }: EndpointReply, where: string): ReadTensor[] {
  const jsonLength = Number(headers.get(lengthHeader) ?? body.length);
  const { outputs } = (readJsonReply(body.subarray(0, jsonLength), where) ?? {}) as {
    outputs?: unknown;
  };
  if (!Array.isArray(outputs)) {
    throw refusal(`${where}, outputs`, phrase`a list of tensors`, shown(outputs));
  }
  let at = jsonLength;
  return outputs.map((output, i) => {
    const { name, datatype, shape, data, parameters } = (output ?? {}) as Record<string, unknown>;
    const place = `${where}, outputs[${i}]`;
    if (typeof name !== 'string' || typeof datatype !== 'string' || !isShape(shape)) {
      const expected = phrase`a tensor with a name, a datatype and a shape`;
      throw refusal(place, expected, shown(output));
    }
    const { binary_data_size: size } = (parameters ?? {}) as { binary_data_size?: unknown };
    const count = shape.reduce((product, side) => product * side, 1);
    const isText = datatype === 'BYTES';
    let values: unknown[];
    if (size !== undefined) {
      const bytes = body.subarray(at, at + Number(size));
      at += Number(size);
      values = isText ? textsIn(bytes) : numbersIn(bytes, datatype, place);
    } else values = Array.isArray(data) ? data.flat(Number.POSITIVE_INFINITY) : [];
    const isRight = values.every((value) => typeof value === (isText ? 'string' : 'number'));
    if (values.length === count && isRight) {
      return { name, datatype, shape, values: values as number[] | string[] };
    }
    throw refusal(
      `${place}.data`,
      isText
        ? phrase`${count} texts, as its shape says`
        : phrase`${count} numbers, as its shape says`,
      isRight ? phrase`${values.length} values` : shown(data),
    );
  });
}

const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);

function textsIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    texts.push(bytes.toString('utf8', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return texts;
}

/** How numbers of each datatype are read; of 64 bits, what a double holds exactly is enough for ids and scores. */
const arrays = {
  BOOL: Uint8Array,
  UINT8: Uint8Array,
  INT8: Int8Array,
  UINT16: Uint16Array,
  INT16: Int16Array,
  UINT32: Uint32Array,
  INT32: Int32Array,
  UINT64: BigUint64Array,
  INT64: BigInt64Array,
  FP16: Float16Array,
  FP32: Float32Array,
  FP64: Float64Array,
} as const;

function numbersIn(bytes: Buffer, datatype: string, where: string): number[] {
  if (!Object.hasOwn(arrays, datatype)) {
    throw refusal(where, phrase`one of the datatypes ${Object.keys(arrays).join(', ')}`, datatype);
  }
  const Numbers = arrays[datatype as keyof typeof arrays];
  // A copy, because these may begin at any byte; what is no whole number is told as one too few.
  const { buffer } = new Uint8Array(bytes);
  const count = Math.floor(bytes.length / Numbers.BYTES_PER_ELEMENT);
  return Array.from<number | bigint, number>(new Numbers(buffer, 0, count), Number);
}
