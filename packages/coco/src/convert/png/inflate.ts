// Decompression of DEFLATE data (RFC 1951) in its zlib wrapper (RFC 1950), for the pixels of PNG files. Checked against
// zlib.

import { inEnglish, type Phrase, phrase } from '../../phrase.ts';

/** What makes a stream useless; the PNG reader turns it into a CocoError. */
export class InflateError extends Error {
  readonly reason: Phrase;

  constructor(reason: Phrase) {
    super(inEnglish(reason));
    this.reason = reason;
  }
}

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const lengthExtraBits = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const distanceExtraBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Codes of up to 15 bits, by how many have each length and their symbols in the order of their codes. */
interface HuffmanTable {
  counts: Uint16Array;
  symbols: Uint16Array;
}

const maxCodeBits = 15;

function huffmanTable(lengths: ArrayLike<number>): HuffmanTable {
  const counts = new Uint16Array(maxCodeBits + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++) counts[lengths[symbol]]++;
  counts[0] = 0;
  let free = 1;
  for (let bits = 1; bits <= maxCodeBits; bits++) {
    free = 2 * free - counts[bits];
    if (free < 0) throw new InflateError(phrase`more codes than their lengths allow`);
  }
  const next = new Uint16Array(maxCodeBits + 1);
  for (let bits = 1; bits < maxCodeBits; bits++) next[bits + 1] = next[bits] + counts[bits];
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    if (lengths[symbol] !== 0) symbols[next[lengths[symbol]]++] = symbol;
  }
  return { counts, symbols };
}

const fixedLiterals = huffmanTable(
  Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  ),
);
const fixedDistances = huffmanTable(new Array(30).fill(5));

/** No stream grows by more: a copy of 258 bytes takes two bits at least. */
const largestRatio = 1032;

/**
 * @param size How many bytes come out: a stream of another length is refused, and so no stream takes more memory.
 * @throws InflateError for a stream that breaks off, is none, or has another size or checksum.
 */
export function inflate(bytes: Uint8Array, size: number): Uint8Array {
  const isZlib = (bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
  if (!isZlib || (bytes[1] & 32) !== 0) throw new InflateError(phrase`no zlib stream`);
  // Before the memory is taken.
  if (size > largestRatio * bytes.length) throw new InflateError(phrase`too few bytes`);
  const stream = new Inflater(bytes, 2, size);
  const output = stream.run();
  if (stream.checksum() !== adler32(output)) throw new InflateError(phrase`a wrong checksum`);
  return output;
}

class Inflater {
  readonly #bytes: Uint8Array;
  readonly #output: Uint8Array;
  #at: number;
  #length = 0;
  #bits = 0;
  #bitCount = 0;

  constructor(bytes: Uint8Array, start: number, size: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#output = new Uint8Array(size);
  }

  run(): Uint8Array {
    for (let isLast = false; !isLast; ) {
      isLast = this.#take(1) === 1;
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#compressed(fixedLiterals, fixedDistances);
      else if (kind === 2) this.#dynamic();
      else throw new InflateError(phrase`a block of no known kind`);
    }
    if (this.#length !== this.#output.length) throw new InflateError(phrase`too few bytes`);
    return this.#output;
  }

  /** The four bytes behind the last block. */
  checksum(): number {
    this.#toByte();
    let sum = 0;
    for (let i = 0; i < 4; i++) sum = sum * 256 + this.#byte();
    return sum;
  }

  #stored(): void {
    this.#toByte();
    const length = this.#byte() | (this.#byte() << 8);
    const complement = this.#byte() | (this.#byte() << 8);
    if ((length ^ complement) !== 0xffff)
      throw new InflateError(phrase`a stored block of no length`);
    if (this.#at + length > this.#bytes.length) throw new InflateError(phrase`an early end`);
    this.#reserve(length);
    this.#output.set(this.#bytes.subarray(this.#at, this.#at + length), this.#length);
    this.#at += length;
    this.#length += length;
  }

  #dynamic(): void {
    const literalCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const codeLengthCount = this.#take(4) + 4;
    const codeLengths = new Uint8Array(19);
    for (let i = 0; i < codeLengthCount; i++) codeLengths[codeLengthOrder[i]] = this.#take(3);
    const codeTable = huffmanTable(codeLengths);
    const lengths = new Uint8Array(literalCount + distanceCount);
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.#symbol(codeTable);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new InflateError(phrase`a repetition of nothing`);
      const value = symbol === 16 ? lengths[at - 1] : 0;
      const times =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (at + times > lengths.length) throw new InflateError(phrase`more code lengths than codes`);
      lengths.fill(value, at, at + times);
      at += times;
    }
    this.#compressed(
      huffmanTable(lengths.subarray(0, literalCount)),
      huffmanTable(lengths.subarray(literalCount)),
    );
  }

  #compressed(literals: HuffmanTable, distances: HuffmanTable): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.#reserve(1);
        this.#output[this.#length++] = symbol;
        continue;
      }
      const lengthIndex = symbol - 257;
      if (lengthIndex >= lengthBase.length)
        throw new InflateError(phrase`a length of no known kind`);
      const length = lengthBase[lengthIndex] + this.#take(lengthExtraBits[lengthIndex]);
      const distanceIndex = this.#symbol(distances);
      if (distanceIndex >= distanceBase.length)
        throw new InflateError(phrase`a distance of no known kind`);
      const distance = distanceBase[distanceIndex] + this.#take(distanceExtraBits[distanceIndex]);
      if (distance > this.#length) throw new InflateError(phrase`a copy from before the start`);
      this.#reserve(length);
      // Byte by byte: a copy may run into itself.
      for (let i = 0; i < length; i++, this.#length++) {
        this.#output[this.#length] = this.#output[this.#length - distance];
      }
    }
  }

  /** Codes come highest bit first, one bit at a time. */
  #symbol({ counts, symbols }: HuffmanTable): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= maxCodeBits; bits++) {
      code |= this.#take(1);
      const count = counts[bits];
      if (code - first < count) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError(phrase`a code of no symbol`);
  }

  /** Numbers come lowest bit first. */
  #take(count: number): number {
    while (this.#bitCount < count) {
      this.#bits |= this.#byte() << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #byte(): number {
    if (this.#at >= this.#bytes.length) throw new InflateError(phrase`an early end`);
    return this.#bytes[this.#at++];
  }

  #toByte(): void {
    this.#bits = 0;
    this.#bitCount = 0;
  }

  #reserve(count: number): void {
    if (this.#length + count > this.#output.length) throw new InflateError(phrase`too many bytes`);
  }
}

/** RFC 1950, section 8.2. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
