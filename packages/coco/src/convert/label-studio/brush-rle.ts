// Label Studio's brush masks: the bit stream of thi.ng/rle-pack (https://github.com/thi-ng/umbrella) over the bytes of an
// RGBA picture, row by row. Checked against that package.
//
// Head: 32 bits number of values, 5 bits size of a value − 1, four times 4 bits size of a run length − 1.
// Then blocks: 1 bit whether it is a run, 2 bits which size its length has, that many bits length − 1, and the value
// of the run, or each of the values. Highest bit first throughout.

import { badInput, shown } from '../text-file.ts';

const valueBits = 8;
const lengthBits = [3, 4, 8, 16] as const;
const channels = 4;
const opaque = 255;

/** Highest index that has a pixel's alpha: the last of its four values. */
const alpha = channels - 1;

/**
 * @returns The pixels row by row, 1 where the mask is not transparent.
 * @throws CocoError `bad-format-input` for a stream that breaks off or is of another picture.
 */
export function pixelsFromBrush(
  bytes: readonly unknown[],
  height: number,
  width: number,
  where: string,
): Uint8Array {
  const input = new BitReader(bytes, where);
  const count = input.take(16) * 65536 + input.take(16);
  const pixels = new Uint8Array(height * width);
  if (count !== channels * pixels.length) {
    throw badInput(
      where,
      `${channels * pixels.length} values (${width} × ${height} × RGBA)`,
      `${count}`,
    );
  }
  const bits = input.take(5) + 1;
  const sizes = lengthBits.map(() => input.take(4) + 1);
  for (let at = 0; at < count; ) {
    const isRun = input.take(1) === 1;
    const length = input.take(sizes[input.take(2)]) + 1;
    const end = at + length;
    if (end > count) throw badInput(where, `${count} values`, 'more');
    if (isRun) {
      const isInside = input.take(bits) !== 0;
      const [first, last] = [pixelOfAlpha(at), pixelOfAlpha(end)];
      if (isInside) pixels.fill(1, first, last);
      at = end;
    } else {
      for (; at < end; at++) {
        const isInside = input.take(bits) !== 0;
        if (isInside && at % channels === alpha) pixels[(at - alpha) / channels] = 1;
      }
    }
  }
  return pixels;
}

/** The first pixel whose alpha is at `index` or behind it. */
function pixelOfAlpha(index: number): number {
  return Math.ceil((index - alpha) / channels);
}

/** The stream of a mask whose pixels are opaque white or nothing. */
export function brushFromPixels(pixels: Uint8Array): number[] {
  const out = new BitWriter();
  const count = channels * pixels.length;
  out.write(Math.floor(count / 65536), 16);
  out.write(count % 65536, 16);
  out.write(valueBits - 1, 5);
  for (const size of lengthBits) out.write(size - 1, 4);
  for (let start = 0; start < pixels.length; ) {
    let end = start;
    while (end < pixels.length && pixels[end] === pixels[start]) end++;
    writeRun(out, channels * (end - start), pixels[start] === 0 ? 0 : opaque);
    start = end;
  }
  return out.finish();
}

function writeRun(out: BitWriter, length: number, value: number): void {
  const longest = 1 << lengthBits[lengthBits.length - 1];
  for (let left = length; left > 0; left -= longest) {
    const part = Math.min(left, longest);
    const size = lengthBits.findIndex((bits) => part <= 1 << bits);
    out.write(1, 1);
    out.write(size, 2);
    out.write(part - 1, lengthBits[size]);
    out.write(value, valueBits);
  }
}

class BitReader {
  readonly #bytes: readonly unknown[];
  readonly #where: string;
  #at = 0;
  #bits = 0;
  #bitCount = 0;

  constructor(bytes: readonly unknown[], where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  /** At most 32 bits, as an unsigned number. */
  take(count: number): number {
    if (count > 16) return this.take(count - 16) * 65536 + this.take(16);
    while (this.#bitCount < count) {
      this.#bits = ((this.#bits << 8) | this.#byte()) & 0xffffff;
      this.#bitCount += 8;
    }
    this.#bitCount -= count;
    return (this.#bits >> this.#bitCount) & ((1 << count) - 1);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (this.#at >= this.#bytes.length) throw badInput(this.#where, 'a whole mask', 'an early end');
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < 0 || byte > 255) {
      throw badInput(`${this.#where}[${this.#at}]`, 'a byte', shown(byte));
    }
    this.#at++;
    return byte;
  }
}

class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #bitCount = 0;

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#bits = (this.#bits << 1) | ((value >> bit) & 1);
      this.#bitCount++;
      if (this.#bitCount < 8) continue;
      this.#bytes.push(this.#bits);
      this.#bits = 0;
      this.#bitCount = 0;
    }
  }

  /** The bytes, the last one filled up with zeros. */
  finish(): number[] {
    if (this.#bitCount > 0) this.write(0, 8 - this.#bitCount);
    return this.#bytes;
  }
}
