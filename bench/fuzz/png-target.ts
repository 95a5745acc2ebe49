// The PNG reader against zlib: damaged image data in files whose checksums are right, so that the damage is reached.

import assert from 'node:assert/strict';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { maskPng, readMaskPng } from '../../packages/coco/src/convert/png/mask-png.ts';
import { type FuzzTarget, unlessRefused } from './target.ts';

interface PngInput {
  width: number;
  height: number;
  bitDepth: number;
  /** Filtered rows, each with its filter's number first. */
  rows: Uint8Array;
  /** What stands in the file: the rows compressed, then damaged. */
  imageData: Uint8Array;
}

const inputs: fc.Arbitrary<PngInput> = fc
  .record({
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 20 }),
    bitDepth: fc.constantFrom(1, 2, 4, 8, 16),
    bytes: fc.oneof(fc.uint8Array({ minLength: 1 }), fc.uint8Array({ minLength: 1, max: 1 })),
    filters: fc.array(fc.nat(5), { minLength: 1 }),
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.nat(4),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        byte: fc.option(fc.nat(255), { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ width, height, bitDepth, bytes, filters, level, strategy, edits }) => {
    const rowBytes = Math.ceil((width * bitDepth) / 8) + 1;
    const rows = Uint8Array.from({ length: height * rowBytes }, (_, index) =>
      index % rowBytes === 0
        ? filters[(index / rowBytes) % filters.length]
        : bytes[index % bytes.length],
    );
    let imageData = Uint8Array.from(deflateSync(rows, { level, strategy }));
    for (const { at, byte } of edits) {
      const index = Math.floor(at * imageData.length);
      if (byte === undefined) imageData = imageData.slice(0, index);
      else imageData[index] = byte;
    }
    return { width, height, bitDepth, rows, imageData };
  });

export const png: FuzzTarget<PngInput> = {
  name: 'png',
  inputs,
  async check(input) {
    const bitmap = await unlessRefused(() => readMaskPng(pngFile(input), 'fuzz.png'));
    const rows = inflatedByZlib(input.imageData);
    const rowBytes = input.rows.length / input.height;
    const hasFilters = rows?.every((byte, index) => index % rowBytes !== 0 || byte <= 4);
    const isSound = rows?.length === input.rows.length && hasFilters;
    assert.equal(bitmap !== undefined, isSound, isSound ? 'refuses a PNG' : 'accepts what is none');
    if (bitmap !== undefined) assert.deepEqual(readMaskPng(maskPng(bitmap), 'again.png'), bitmap);
  },
};

function inflatedByZlib(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(bytes);
  } catch {
    return undefined;
  }
}

/** Signature, header, data and end, each chunk with its checksum. */
function pngFile({ width, height, bitDepth, imageData }: PngInput): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bitDepth;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', imageData),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), whole.length - 4);
  return whole;
}
