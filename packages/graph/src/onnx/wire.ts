// Protocol Buffers as far as ONNX uses them: messages described by tables, read into plain objects and written from them
// (https://protobuf.dev/programming-guides/encoding). Bytes are handed out as views, never copied.

import { GraphError } from '../graph-error.ts';

/** How a field is kept: `int64` as a number that may lose its last bits past 2⁵³, `bigint` exactly. */
export type FieldKind = 'int64' | 'bigint' | 'float' | 'double' | 'string' | 'bytes';

export interface Field {
  readonly number: number;
  /** A message's own table comes as a function, since tables refer to each other. */
  readonly kind: FieldKind | (() => Schema);
  readonly isRepeated: boolean;
}
export interface Schema {
  readonly message: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Names of fields that are passed over, for the report of what was. */
  readonly passedOver?: Readonly<Record<number, string>>;
}

export const one = (number: number, kind: Field['kind']): Field => ({
  number,
  kind,
  isRepeated: false,
});
export const many = (number: number, kind: Field['kind']): Field => ({
  number,
  kind,
  isRepeated: true,
});

/** Graphs nest in nodes (If, Loop); deeper than this is damage or malice. */
const maxDepth = 64;

const fieldsByNumber = new WeakMap<Schema, Map<number, [string, Field]>>();
function fieldOf(schema: Schema, number: number): [string, Field] | undefined {
  let fields = fieldsByNumber.get(schema);
  if (fields === undefined) {
    fields = new Map(Object.entries(schema.fields).map((entry) => [entry[1].number, entry]));
    fieldsByNumber.set(schema, fields);
  }
  return fields.get(number);
}

/** What a message is read into: scalars that were absent are undefined, repeated fields are lists. */
export type Message = Record<string, unknown>;

interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** Fields that were passed over, such as `Node.doc_string`. */
  readonly unknown: Set<string>;
}

const textDecoder = new TextDecoder('utf-8', { fatal: true });

function damaged(at: number, expected: string, found: string): never {
  throw new GraphError('damaged-onnx', {
    where: `byte ${at}`,
    expected,
    found,
    advice: 'The file is cut off or damaged: fetch or export it again.',
  });
}

/**
 * Reads a message.
 *
 * @throws GraphError `damaged-onnx` with the byte where the format is broken.
 */
export function readMessage(
  schema: Schema,
  bytes: Uint8Array,
): { message: Message; unknown: string[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: Cursor = { bytes, view, at: 0, unknown: new Set() };
  const message = readFields(schema, cursor, bytes.length, 0);
  return { message, unknown: [...cursor.unknown] };
}

function readFields(schema: Schema, cursor: Cursor, end: number, depth: number): Message {
  if (depth > maxDepth) damaged(cursor.at, `at most ${maxDepth} messages in each other`, 'more');
  const message: Message = {};
  for (const [name, { isRepeated }] of Object.entries(schema.fields)) {
    if (isRepeated) message[name] = [];
  }
  while (cursor.at < end) {
    const start = cursor.at;
    const tag = readVarint(cursor, end);
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0) damaged(start, 'a field number', '0');
    const known = fieldOf(schema, number);
    if (known === undefined) {
      cursor.unknown.add(`${schema.message}.${schema.passedOver?.[number] ?? `field ${number}`}`);
      skip(cursor, wireType, end);
      continue;
    }
    const [name, field] = known;
    const add = (value: unknown) => {
      if (field.isRepeated) (message[name] as unknown[]).push(value);
      else message[name] = value;
    };
    const where = `${schema.message}.${name}`;
    if (typeof field.kind === 'function') {
      const inner = readLength(cursor, wireType, end, where);
      add(readFields(field.kind(), cursor, inner, depth + 1));
    } else if (field.kind === 'bytes' || field.kind === 'string') {
      const inner = readLength(cursor, wireType, end, where);
      const bytes = cursor.bytes.subarray(cursor.at, inner);
      add(field.kind === 'bytes' ? bytes : textOf(bytes, cursor.at));
      cursor.at = inner;
    } else if (wireType === 2) {
      // Numbers of a repeated field lie packed behind one length.
      const inner = readLength(cursor, wireType, end, where);
      while (cursor.at < inner) add(readScalar(cursor, field.kind, inner));
    } else {
      const expected = wireTypeOf[field.kind];
      if (wireType !== expected) damaged(start, `${where} of wire type ${expected}`, `${wireType}`);
      add(readScalar(cursor, field.kind, end));
    }
  }
  return message;
}

const wireTypeOf = { int64: 0, bigint: 0, float: 5, double: 1 } as const;

function readScalar(cursor: Cursor, kind: keyof typeof wireTypeOf, end: number): number | bigint {
  if (kind === 'int64') return readVarint(cursor, end);
  if (kind === 'bigint') return BigInt.asIntN(64, readBigVarint(cursor, end));
  const width = kind === 'float' ? 4 : 8;
  if (cursor.at + width > end)
    damaged(cursor.at, `${width} bytes of a number`, `${end - cursor.at}`);
  const value =
    kind === 'float'
      ? cursor.view.getFloat32(cursor.at, true)
      : cursor.view.getFloat64(cursor.at, true);
  cursor.at += width;
  return value;
}

/** A signed 64-bit number; seven bits per byte, the lowest first. */
function readVarint(cursor: Cursor, end: number): number {
  let value = 0;
  let factor = 1;
  for (let at = cursor.at; at < Math.min(end, cursor.at + 7); at++) {
    const byte = cursor.bytes[at];
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      cursor.at = at + 1;
      return value;
    }
    factor *= 128;
  }
  return Number(BigInt.asIntN(64, readBigVarint(cursor, end)));
}

function readBigVarint(cursor: Cursor, end: number): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (cursor.at >= end) damaged(cursor.at, 'the rest of a number', 'the end');
    const byte = cursor.bytes[cursor.at++];
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return damaged(cursor.at, 'a number of 10 bytes at most', 'a longer one');
}

/** The end of a field that begins with its length. */
function readLength(cursor: Cursor, wireType: number, end: number, where: string): number {
  if (wireType !== 2) damaged(cursor.at, `${where} with a length`, `wire type ${wireType}`);
  const length = readVarint(cursor, end);
  if (length < 0 || cursor.at + length > end) {
    damaged(cursor.at, `${length} bytes of ${where}`, `${end - cursor.at}`);
  }
  return cursor.at + length;
}

function textOf(bytes: Uint8Array, at: number): string {
  try {
    return textDecoder.decode(bytes);
  } catch {
    return damaged(at, 'text in UTF-8', 'other bytes');
  }
}

function skip(cursor: Cursor, wireType: number, end: number): void {
  if (wireType === 0) readBigVarint(cursor, end);
  else if (wireType === 2) cursor.at = readLength(cursor, wireType, end, 'a field');
  else if (wireType === 1 || wireType === 5) cursor.at += wireType === 1 ? 8 : 4;
  else damaged(cursor.at, 'a wire type of 0, 1, 2 or 5', `${wireType}`);
  if (cursor.at > end) damaged(cursor.at, 'the rest of a field', 'the end');
}

/** Bytes in pieces, so that weights are copied once at most. */
interface Pieces {
  readonly pieces: Uint8Array[];
  length: number;
}

const textEncoder = new TextEncoder();

function push(to: Pieces, bytes: Uint8Array): void {
  to.pieces.push(bytes);
  to.length += bytes.length;
}

function varint(value: number | bigint): Uint8Array {
  // Nearly all are lengths, tags and small sizes: no need of a bigint.
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    return Uint8Array.of(...bytes, rest);
  }
  let rest = BigInt.asUintN(64, typeof value === 'bigint' ? value : int64Of(value));
  const bytes: number[] = [];
  do {
    const more = rest > 0x7fn;
    bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** A number that stands for "to the end" may lie just past the range of an int64. */
function int64Of(value: number): bigint {
  const limit = 2n ** 63n;
  const whole = BigInt(Math.trunc(value));
  return whole >= limit ? limit - 1n : whole < -limit ? -limit : whole;
}

function scalarBytes(kind: keyof typeof wireTypeOf, value: number | bigint): Uint8Array {
  if (kind === 'int64' || kind === 'bigint') return varint(value);
  const view = new DataView(new ArrayBuffer(kind === 'float' ? 4 : 8));
  if (kind === 'float') view.setFloat32(0, Number(value), true);
  else view.setFloat64(0, Number(value), true);
  return new Uint8Array(view.buffer);
}

/** Writes a message as pieces that follow each other. Undefined fields are left out. */
export function writeMessage(schema: Schema, message: object): Pieces {
  const out: Pieces = { pieces: [], length: 0 };
  for (const [name, field] of Object.entries(schema.fields)) {
    const given = (message as Message)[name];
    if (given === undefined) continue;
    const values = field.isRepeated ? (given as unknown[]) : [given];
    const { kind, number } = field;
    const delimited = (inner: Pieces) => {
      push(out, varint(number * 8 + 2));
      push(out, varint(inner.length));
      for (const piece of inner.pieces) push(out, piece);
    };
    if (typeof kind === 'function') {
      for (const value of values) delimited(writeMessage(kind(), value as object));
    } else if (kind === 'bytes' || kind === 'string') {
      for (const value of values) {
        const bytes =
          kind === 'bytes' ? (value as Uint8Array) : textEncoder.encode(value as string);
        delimited({ pieces: [bytes], length: bytes.length });
      }
    } else if (field.isRepeated && values.length > 0) {
      const inner: Pieces = { pieces: [], length: 0 };
      for (const value of values) push(inner, scalarBytes(kind, value as number));
      delimited(inner);
    } else if (!field.isRepeated) {
      push(out, varint(number * 8 + wireTypeOf[kind]));
      push(out, scalarBytes(kind, given as number));
    }
  }
  return out;
}
