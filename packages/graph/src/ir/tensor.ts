// Constant data: an element type, a shape and little-endian bytes in row-major order, as ONNX keeps them.
// The bytes may be a view into a whole model file. Reading them as numbers relies on a little-endian machine,
// as every platform of ONNX Runtime is.

import { GraphError } from '../graph-error.ts';
import { type ElementType, elementTypes } from './element-type.ts';

export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** How many elements a shape has: the product of its dimensions, 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((size, dimension) => size * dimension, 1);

/**
 * Makes sure that the bytes of a tensor are those of its shape and type.
 *
 * @throws GraphError `bad-tensor`, naming `where`.
 */
export function checkTensor({ type, shape, bytes }: Tensor, where: string): void {
  const expected = sizeOf(shape) * elementTypes[type].bytes;
  const isShape = shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0);
  if (isShape && bytes.length === expected) return;
  throw new GraphError('bad-tensor', {
    where,
    expected: isShape
      ? `${expected} bytes for ${type}[${shape}]`
      : 'whole dimensions of zero or more',
    found: isShape ? `${bytes.length} bytes` : `[${shape}]`,
  });
}

/**
 * A tensor of the given numbers, rounded and wrapped as the element type does.
 *
 * @example
 * tensorOf('float32', [2, 2], [1, 2, 3, 4]);
 */
export function tensorOf(
  type: ElementType,
  shape: readonly number[],
  values: ArrayLike<number>,
): Tensor {
  if (sizeOf(shape) !== values.length) {
    throw new GraphError('bad-tensor', {
      where: 'tensorOf',
      expected: `${sizeOf(shape)} values for [${shape}]`,
      found: `${values.length}`,
    });
  }
  const data = arrayMakers[type](values);
  return { type, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** A one-dimensional int64 tensor, the form in which ONNX wants axes, shapes and indices. */
export const int64Tensor = (values: readonly number[]): Tensor =>
  tensorOf('int64', [values.length], values);

/**
 * The elements as numbers. 64-bit integers past 2⁵³ lose their last bits, as `Number` does.
 *
 * @example
 * numbersOf(tensorOf('uint8', [3], [1, 2, 3])); // Float64Array [1, 2, 3]
 */
export function numbersOf({ type, bytes }: Tensor): Float64Array {
  const { bytes: width } = elementTypes[type];
  // Typed arrays want their own alignment, which a view into a file seldom has. (Node's Buffer has a slice that is a view.)
  const { buffer, byteOffset } = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  return arrayReaders[type](buffer as ArrayBuffer, byteOffset, Math.floor(bytes.length / width));
}

type TypedArray = { buffer: ArrayBufferLike; byteOffset: number; byteLength: number };

/** An int64 from a number that may lie outside of its range, such as 2⁶³ for "to the end". */
const int64Of = (value: number): bigint => {
  const clamped = BigInt(Math.trunc(value));
  return clamped > 0x7fffffffffffffffn
    ? 0x7fffffffffffffffn
    : clamped < -0x8000000000000000n
      ? -0x8000000000000000n
      : clamped;
};

const arrayMakers: Record<ElementType, (values: ArrayLike<number>) => TypedArray> = {
  float32: (values) => Float32Array.from(values),
  float64: (values) => Float64Array.from(values),
  float16: (values) => Float16Array.from(values),
  bfloat16: (values) => Uint16Array.from(values, bfloat16Bits),
  uint8: (values) => Uint8Array.from(values),
  int8: (values) => Int8Array.from(values),
  bool: (values) => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
  uint16: (values) => Uint16Array.from(values),
  int16: (values) => Int16Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(Array.from(values, int64Of)),
  uint64: (values) => BigUint64Array.from(Array.from(values, (value) => BigInt(Math.trunc(value)))),
};

type Reader = (buffer: ArrayBuffer, offset: number, length: number) => Float64Array;

const arrayReaders: Record<ElementType, Reader> = {
  float32: (...view) => Float64Array.from(new Float32Array(...view)),
  float64: (...view) => new Float64Array(...view).slice(),
  float16: (...view) => Float64Array.from(new Float16Array(...view)),
  bfloat16: (...view) => Float64Array.from(new Uint16Array(...view), bfloat16Value),
  uint8: (...view) => Float64Array.from(new Uint8Array(...view)),
  int8: (...view) => Float64Array.from(new Int8Array(...view)),
  bool: (...view) => Float64Array.from(new Uint8Array(...view)),
  uint16: (...view) => Float64Array.from(new Uint16Array(...view)),
  int16: (...view) => Float64Array.from(new Int16Array(...view)),
  uint32: (...view) => Float64Array.from(new Uint32Array(...view)),
  int32: (...view) => Float64Array.from(new Int32Array(...view)),
  int64: (...view) => Float64Array.from(new BigInt64Array(...view), Number),
  uint64: (...view) => Float64Array.from(new BigUint64Array(...view), Number),
};

const scratch = new DataView(new ArrayBuffer(4));

function bfloat16Value(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** A bfloat16 is the upper half of a float32, here rounded to the nearest, ties to even. */
function bfloat16Bits(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  if (Number.isNaN(value)) return 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}
