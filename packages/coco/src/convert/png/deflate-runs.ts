// Compression into a zlib stream (RFC 1950, 1951) that knows one trick: a run of the same byte becomes copies of the
// byte before. The rows of a mask, filtered by the row above, are little else. Checked against zlib.

import { adler32 } from './inflate.ts';

const maxRun = 258;
const minRun = 3;

/** One block with the fixed codes of RFC 1951, section 3.2.6. */
export function deflateRuns(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter();
  out.write(0x78, 8);
  out.write(0x01, 8);
  out.write(1, 1);
  out.write(1, 2);
  for (let at = 0; at < bytes.length; ) {
    writeSymbol(out, bytes[at]);
    at++;
    let run = 0;
    while (at + run < bytes.length && bytes[at + run] === bytes[at - 1]) run++;
    while (run >= minRun) {
      const length = Math.min(run, maxRun);
      writeLength(out, length);
      // The distance 1 is the code 0, five bits long.
      out.write(0, 5);
      at += length;
      run -= length;
    }
  }
  writeSymbol(out, 256);
  out.toByte();
  const sum = adler32(bytes);
  for (const shift of [24, 16, 8, 0]) out.write((sum >>> shift) & 255, 8);
  return out.bytes();
}

function writeSymbol(out: BitWriter, symbol: number): void {
  if (symbol < 144) out.writeCode(0x30 + symbol, 8);
  else if (symbol < 256) out.writeCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) out.writeCode(symbol - 256, 7);
  else out.writeCode(0xc0 + symbol - 280, 8);
}

/** RFC 1951, section 3.2.5: 258 is a symbol of its own, below it four symbols share each number of extra bits. */
function writeLength(out: BitWriter, length: number): void {
  if (length === maxRun) {
    writeSymbol(out, 285);
    return;
  }
  const above = length - minRun;
  const extraBits = Math.max(0, 29 - Math.clz32(above));
  writeSymbol(out, 257 + 4 * extraBits + (above >> extraBits));
  out.write(above & ((1 << extraBits) - 1), extraBits);
}

class BitWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  #bits = 0;
  #bitCount = 0;

  /** Lowest bit first. */
  write(value: number, count: number): void {
    this.#bits |= value << this.#bitCount;
    this.#bitCount += count;
    while (this.#bitCount >= 8) this.#push();
  }

  /** Highest bit first. */
  writeCode(code: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.write((code >> bit) & 1, 1);
  }

  toByte(): void {
    if (this.#bitCount > 0) this.#push();
    this.#bitCount = 0;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = this.#bits & 255;
    this.#bits >>>= 8;
    this.#bitCount -= 8;
  }
}
