import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GraphError } from '../graph-error.ts';
import { type ElementType, elementTypes } from './element-type.ts';
import { checkTensor, numbersOf, tensorOf } from './tensor.ts';

test('whole numbers of every type come back as they were, wherever their bytes lie', () => {
  const types = Object.keys(elementTypes) as ElementType[];
  fc.assert(
    fc.property(
      fc.constantFrom(...types.filter((type) => type !== 'bool')),
      fc.array(fc.integer({ min: 0, max: 127 })),
      fc.integer({ min: 0, max: 9 }),
      (type, values, offset) => {
        const tensor = tensorOf(type, [values.length], values);
        const shifted = new Uint8Array(offset + tensor.bytes.length);
        shifted.set(tensor.bytes, offset);
        const moved = { ...tensor, bytes: shifted.subarray(offset) };
        assert.deepEqual([...numbersOf(moved)], values);
      },
    ),
  );
});

test('a view into a Buffer is read where it lies, not where the Buffer begins', () => {
  // Buffer.slice gives a view, unlike Uint8Array.slice: reading weights out of a file once failed on that.
  const file = Buffer.from([9, ...tensorOf('float32', [2], [1.5, -2]).bytes]);
  const tensor = { type: 'float32', shape: [2], bytes: file.subarray(1) } as const;
  assert.deepEqual([...numbersOf(tensor)], [1.5, -2]);
});

test('small floats round to the nearest, ties to even', () => {
  assert.deepEqual(
    [...numbersOf(tensorOf('bfloat16', [4], [1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -0.5]))],
    [1, 1, 1 + 2 ** -6, -0.5],
  );
  assert.deepEqual([...numbersOf(tensorOf('float16', [2], [1 + 2 ** -11, 65504]))], [1, 65504]);
  assert.ok(Number.isNaN(numbersOf(tensorOf('bfloat16', [1], [Number.NaN]))[0]));
});

test('an int64 past its range stops at its end', () => {
  const { bytes } = tensorOf('int64', [2], [2 ** 63, -(2 ** 64)]);
  assert.deepEqual(
    [...new BigInt64Array(bytes.buffer as ArrayBuffer)],
    [2n ** 63n - 1n, -(2n ** 63n)],
  );
});

test('bytes that do not fit the shape are refused', () => {
  const short = { type: 'float32', shape: [2, 3], bytes: new Uint8Array(20) } as const;
  assert.throws(
    () => checkTensor(short, 'w'),
    new GraphError('bad-tensor', {
      where: 'w',
      expected: '24 bytes for float32[2,3]',
      found: '20 bytes',
    }),
  );
  assert.throws(() => checkTensor({ ...short, shape: [-1] }, 'w'), /whole dimensions/);
  assert.throws(() => tensorOf('float32', [3], [1, 2]), /3 values/);
});
