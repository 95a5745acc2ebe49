// Masks as PNG files (https://www.w3.org/TR/png-3/): of one channel and not interlaced, which is what annotation tools
// write. A pixel is inside where its sample is not 0. Checked against files that Pillow wrote.

import { phrase, type Words } from '../../phrase.ts';
import { badInput } from '../text-file.ts';
import { deflateRuns } from './deflate-runs.ts';
import { InflateError, inflate } from './inflate.ts';

export interface Bitmap {
  width: number;
  height: number;
  /** Row by row, 1 inside and 0 outside. */
  pixels: Uint8Array;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/** More pixels than any picture that is annotated; a file of a few bytes may claim billions. */
const maxPixels = 1 << 28;

/** Colour types with one channel: grey and palette. */
const oneChannel: ReadonlySet<number> = new Set([0, 3]);

/** @throws CocoError `bad-format-input` for what is no such PNG. */
export function readMaskPng(bytes: Uint8Array, where: string): Bitmap {
  const wrong = (found: Words) => badInput(where, phrase`a PNG file of a mask`, found);
  if (signature.some((byte, i) => bytes[i] !== byte)) throw wrong(phrase`other bytes`);
  const chunks = new Map<string, Uint8Array[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; !chunks.has('IEND'); ) {
    if (at + 12 > bytes.length) throw wrong(phrase`its end before the last chunk`);
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw wrong(phrase`its end within a chunk`);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (view.getUint32(end) !== crc32(bytes.subarray(at + 4, end))) {
      throw wrong(phrase`a wrong checksum in the chunk ${JSON.stringify(kind)}`);
    }
    chunks.set(kind, [...(chunks.get(kind) ?? []), bytes.subarray(at + 8, end)]);
    at = end + 4;
  }
  const header = chunks.get('IHDR')?.[0];
  if (header?.length !== 13) throw wrong(phrase`no header`);
  const size = new DataView(header.buffer, header.byteOffset, 13);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const [bitDepth, colourType, , , interlace] = header.subarray(8);
  if (width === 0 || height === 0 || width * height > maxPixels)
    throw wrong(phrase`${width} × ${height} pixels`);
  if (!oneChannel.has(colourType) || ![1, 2, 4, 8, 16].includes(bitDepth) || interlace !== 0) {
    throw wrong(phrase`colour type ${colourType}, ${bitDepth} bits, interlace ${interlace}`);
  }
  const rowBytes = Math.ceil((width * bitDepth) / 8);
  try {
    const data = inflate(joined(chunks.get('IDAT') ?? []), (rowBytes + 1) * height);
    unfilter(data, rowBytes, height, Math.max(1, bitDepth / 8));
    return { width, height, pixels: pixelsOf(data, width, height, bitDepth) };
  } catch (error) {
    if (error instanceof InflateError) throw wrong(error.reason);
    throw error;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Undoes, in place, what each row's first byte says was done to it (section 9). */
function unfilter(data: Uint8Array, rowBytes: number, height: number, step: number): void {
  for (let row = 0; row < height; row++) {
    const start = row * (rowBytes + 1) + 1;
    const above = start - rowBytes - 1;
    const filter = data[start - 1];
    if (filter > 4) throw new InflateError(phrase`the filter ${filter}`);
    for (let i = 0; i < rowBytes; i++) {
      const left = i >= step ? data[start + i - step] : 0;
      const up = row > 0 ? data[above + i] : 0;
      const upLeft = row > 0 && i >= step ? data[above + i - step] : 0;
      if (filter === 1) data[start + i] += left;
      else if (filter === 2) data[start + i] += up;
      else if (filter === 3) data[start + i] += (left + up) >> 1;
      else if (filter === 4) data[start + i] += paeth(left, up, upLeft);
    }
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [byLeft, byUp, byUpLeft] = [left, up, upLeft].map((value) => Math.abs(guess - value));
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}

function pixelsOf(data: Uint8Array, width: number, height: number, bitDepth: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * bitDepth) / 8);
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1) + 1;
    for (let x = 0; x < width; x++) {
      const bit = x * bitDepth;
      let sample = data[start + (bit >> 3)];
      if (bitDepth === 16) sample |= data[start + (bit >> 3) + 1];
      else sample = (sample >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1);
      pixels[y * width + x] = sample === 0 ? 0 : 1;
    }
  }
  return pixels;
}

/** A PNG of one bit a pixel. */
export function maskPng({ width, height, pixels }: Bitmap): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const data = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1) + 1;
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] !== 0) data[start + (x >> 3)] |= 128 >> (x & 7);
    }
  }
  // Each row as its difference from the one above, the last row first, so that the row above is still there.
  for (let y = height - 1; y >= 0; y--) {
    const start = y * (rowBytes + 1);
    data[start] = 2;
    for (let i = 1; y > 0 && i <= rowBytes; i++) data[start + i] -= data[start + i - rowBytes - 1];
  }
  const header = new Uint8Array(13);
  const size = new DataView(header.buffer);
  size.setUint32(0, width);
  size.setUint32(4, height);
  header[8] = 1;
  return joined([
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', deflateRuns(data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(kind: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = kind.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** Annex D of the PNG specification. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcOfByte[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
