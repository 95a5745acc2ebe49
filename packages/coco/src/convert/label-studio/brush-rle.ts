// Label Studio's brush masks: the bit stream of thi.ng/rle-pack (https://github.com/thi-ng/umbrella) over the bytes of an
// RGBA picture, row by row. Checked against that package.
//
// Head: 32 bits number of values, 5 bits size of a value − 1, four times 4 bits size of a run length − 1.
// Then blocks: 1 bit whether it is a run, 2 bits which size its length has, that many bits length − 1, and the value
// of the run, or each of the values. Highest bit first throughout.

import { phrase } from '../../phrase.ts';
import type { RowRuns } from '../mask-crop.ts';
import { badInput, shown } from '../text-file.ts';

const valueBits = 8;
const lengthBits = [3, 4, 8, 16] as const;
const channels = 4;
const opaque = 255;

/** More than any picture that is annotated; a few bytes may claim 2³² values. */
const mostPixels = 2 ** 28;

/** Which of a pixel's four values says how opaque it is. */
const alpha = channels - 1;

/**
 * @returns The mask as runs along the rows, see `mask-crop.ts`: pixels that are not transparent.
 * @throws CocoError `bad-format-input` for a stream that breaks off or is of another picture.
 */
export function rowRunsFromBrush(
  bytes: readonly unknown[],
  height: number,
  width: number,
  where: string,
): RowRuns {
  const input = new BitReader(bytes, where);
  const count = input.take(16) * 65536 + input.take(16);
  const expected = channels * height * width;
  if (height * width > mostPixels) {
    throw badInput(where, phrase`a mask of at most ${mostPixels} pixels`, `${width} × ${height}`);
  }
  if (count !== expected) {
    throw badInput(where, phrase`${expected} values (${width} × ${height} × RGBA)`, `${count}`);
  }
  const bits = input.take(5) + 1;
  const sizes = lengthBits.map(() => input.take(4) + 1);
  const runs: RowRuns = [];
  for (let at = 0; at < count; ) {
    const isRun = input.take(1) === 1;
    const length = input.take(sizes[input.take(2)]) + 1;
    const end = at + length;
    if (end > count) throw badInput(where, phrase`${count} values`, phrase`more`);
    if (isRun) {
      if (input.take(bits) !== 0) addRun(runs, pixelOfAlpha(at), pixelOfAlpha(end));
      at = end;
      continue;
    }
    for (; at < end; at++) {
      const isInside = input.take(bits) !== 0;
      const pixel = (at - alpha) / channels;
      if (isInside && Number.isInteger(pixel)) addRun(runs, pixel, pixel + 1);
    }
  }
  return runs;
}

/** Runs that touch become one. */
function addRun(runs: RowRuns, start: number, end: number): void {
  if (start === end) return;
  if (runs.length > 0 && runs[runs.length - 1] === start) runs[runs.length - 1] = end;
  else runs.push(start, end);
}

/** The first pixel whose alpha is at `index` or behind it. */
function pixelOfAlpha(index: number): number {
  return Math.floor(index / channels);
}

/** The stream of a mask whose pixels are opaque white or nothing. */
export function brushFromRowRuns(runs: RowRuns, height: number, width: number): number[] {
  const out = new BitWriter();
  const count = channels * height * width;
  out.write(Math.floor(count / 65536), 16);
  out.write(count % 65536, 16);
  out.write(valueBits - 1, 5);
  for (const size of lengthBits) out.write(size - 1, 4);
  let written = 0;
  for (let i = 0; i < runs.length; i += 2) {
    writeRun(out, channels * (runs[i] - written), 0);
    writeRun(out, channels * (runs[i + 1] - runs[i]), opaque);
    written = runs[i + 1];
  }
  writeRun(out, count - channels * written, 0);
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
    if (this.#at >= this.#bytes.length)
      throw badInput(this.#where, phrase`a whole mask`, phrase`an early end`);
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < 0 || byte > 255) {
      throw badInput(`${this.#where}[${this.#at}]`, phrase`a byte`, shown(byte));
    }
    this.#at++;
    return byte;
  }
}

class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #bitCount = 0;

  /** At most 16 bits. */
  write(value: number, count: number): void {
    this.#bits = (this.#bits << count) | value;
    this.#bitCount += count;
    while (this.#bitCount >= 8) {
      this.#bitCount -= 8;
      this.#bytes.push(this.#bits >> this.#bitCount);
      this.#bits &= (1 << this.#bitCount) - 1;
    }
  }

  /** The bytes, the last one filled up with zeros. */
  finish(): number[] {
    if (this.#bitCount > 0) this.write(0, 8 - this.#bitCount);
    return this.#bytes;
  }
}
