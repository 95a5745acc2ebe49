// One JSON value out of a window of UTF-8 bytes. `JSON.parse` will not do here: it wants the whole text
// as one string, hides duplicate keys, refuses the NaN that Python writes, and gives no byte offsets.
//
// Grammar: RFC 8259, plus the tokens NaN, Infinity and -Infinity of Python's json module (reported).
// Checked against JSON.parse by property tests and fuzzing.

import { CocoError } from '../coco-error.ts';
import { type Phrase, phrase, type Words } from '../phrase.ts';
import { KeyTable } from './key-table.ts';

/** What the grammar forgives but a person should hear of. `byteOffset` is within the parsed window. */
export interface JsonOddity {
  kind: 'duplicate-key' | 'not-a-number';
  byteOffset: number;
  /** The text as it stands there: the key, or the token. */
  text: string;
}

/** Thrown (as this one value) when the window ends before the value does and more bytes may come. */
export const needsMoreBytes = Symbol('the value goes on beyond the window');

/** Arrays of numbers up to this many significant digits are exact in a double without further work. */
const maxExactDigits = 15;
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Arrays shorter than this are copied to the room they need; most polygon lists hold one polygon. */
const shortArrayLength = 16;
/** From this length on the engine's decoder beats joining characters one by one. */
const decoderLength = 24;

/**
 * Parses values from `bytes[position … end)`. The byte at `bytes[end]` must exist and be 0: it stops every
 * loop at the end of the window without a bounds check.
 */
/** Made once: keys are many. */
const colonAfterKey = phrase`a colon after the key`;

export class ValueParser {
  bytes: Uint8Array = new Uint8Array(1);
  position = 0;
  end = 0;
  /** True once no further bytes will come, so that an early end is an error. */
  isLast = false;
  /** Offset of `bytes[0]` in the whole text, for messages. */
  windowOffset = 0;
  readonly oddities: JsonOddity[] = [];
  readonly #keys = new KeyTable();
  /** Starts with a fraction, so that the engine keeps the list as doubles from the first number on. */
  readonly #numbers: number[] = [0.5];
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #maxDepth: number;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  /** Moves to the next byte that is not white space and returns it. */
  skipSpace(): number {
    const bytes = this.bytes;
    let at = this.position;
    let byte = bytes[at];
    while (byte === 32 || byte === 10 || byte === 13 || byte === 9) byte = bytes[++at];
    this.position = at;
    if (at >= this.end) this.#reachedEnd();
    return byte;
  }

  /** Reads one value of any kind, starting at the present position. */
  value(depth = 0): unknown {
    const byte = this.skipSpace();
    switch (byte) {
      case 123: // {
        return this.#object(depth);
      case 91: // [
        return this.#array(depth);
      case 34: // "
        return this.string();
      case 116: // t
        return this.#word('true', true);
      case 102: // f
        return this.#word('false', false);
      case 110: // n
        return this.#word('null', null);
      case 78: // N
        return this.#notANumber('NaN', Number.NaN);
      case 73: // I
        return this.#notANumber('Infinity', Number.POSITIVE_INFINITY);
      default:
        return this.#number();
    }
  }

  /** Expects `byte` next, after white space, and moves past it. */
  expect(byte: number, expected: Phrase): void {
    if (this.skipSpace() !== byte) this.fail(expected);
    this.position++;
  }

  /** Reads a string, starting at its opening quote. */
  string(): string {
    const bytes = this.bytes;
    const start = this.position + 1;
    let at = start;
    let byte = bytes[at];
    let mask = 0;
    while (byte !== 34 && byte !== 92 && byte >= 32) {
      mask |= byte;
      byte = bytes[++at];
    }
    if (byte === 34) {
      this.position = at + 1;
      return this.#decode(start, at, mask < 128);
    }
    return this.#stringWithEscapes(start, at);
  }

  /** Reads a member's key and the colon after it, starting at the key's opening quote. */
  key(): string {
    if (this.skipSpace() !== 34) this.fail(phrase`a key in double quotes`);
    const bytes = this.bytes;
    const start = this.position + 1;
    let at = start;
    let byte = bytes[at];
    let hash = 0;
    let mask = 0;
    while (byte !== 34 && byte !== 92 && byte >= 32) {
      mask |= byte;
      hash = (Math.imul(hash, 31) + byte) | 0;
      byte = bytes[++at];
    }
    let key: string;
    if (byte === 34 && mask < 128) {
      key = this.#keys.find(bytes, start, at, hash) ?? this.#keys.add(bytes, start, at, hash);
      this.position = at + 1;
    } else {
      key = this.string();
    }
    this.expect(58, colonAfterKey);
    return key;
  }

  /** @throws CocoError `json-syntax`, or `json-truncated` where the text ended, or the wish for more bytes. */
  fail(expected: Phrase, at = this.position): never {
    if (at >= this.end) {
      if (!this.isLast) throw needsMoreBytes;
      throw new CocoError('json-truncated', {
        where: phrase`byte ${this.windowOffset + this.end}`,
        expected,
        found: phrase`the end of the text`,
        advice: phrase`The file is incomplete: copy or download it again.`,
      });
    }
    throw new CocoError('json-syntax', {
      where: phrase`byte ${this.windowOffset + at}`,
      expected,
      found: describeByte(this.bytes, at, this.end),
    });
  }

  #reachedEnd(): void {
    if (!this.isLast) throw needsMoreBytes;
  }

  #object(depth: number): Record<string, unknown> {
    if (depth >= this.#maxDepth) this.#tooDeep();
    this.position++;
    const object: Record<string, unknown> = {};
    if (this.skipSpace() === 125) {
      this.position++;
      return object;
    }
    for (;;) {
      const keyOffset =
        this.skipSpace() === 34 ? this.position : this.fail(phrase`a key in double quotes`);
      const key = this.key();
      const value = this.value(depth + 1);
      if (key in object && Object.hasOwn(object, key)) {
        this.oddities.push({ kind: 'duplicate-key', byteOffset: keyOffset, text: key });
      }
      if (key === '__proto__') {
        Object.defineProperty(object, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      } else {
        object[key] = value;
      }
      const next = this.skipSpace();
      if (next === 44) this.position++;
      else if (next === 125) break;
      else this.fail(phrase`a comma or } after a member of an object`);
    }
    this.position++;
    return object;
  }

  #array(depth: number): unknown[] {
    if (depth >= this.#maxDepth) this.#tooDeep();
    this.position++;
    const first = this.skipSpace();
    if (first === 93) {
      this.position++;
      return [];
    }
    if ((first >= 48 && first <= 57) || first === 45) return this.#arrayOfNumbers(depth);
    return this.#restOfArray([], depth);
  }

  /**
   * Numbers are gathered in a list that stays, and copied: the copy is stored as plain doubles and has just the room it
   * needs, where an array that grew by itself keeps room for sixteen more.
   */
  #arrayOfNumbers(depth: number): unknown[] {
    const numbers = this.#numbers;
    let count = 0;
    for (;;) {
      const byte = this.skipSpace();
      if ((byte < 48 || byte > 57) && byte !== 45) {
        return this.#restOfArray(numbers.slice(0, count), depth);
      }
      const value = this.#number();
      if (count === numbers.length) numbers.push(value);
      else numbers[count] = value;
      count++;
      const next = this.skipSpace();
      if (next === 44) this.position++;
      else if (next === 93) break;
      else this.fail(phrase`a comma or ] after an element of an array`);
    }
    this.position++;
    return numbers.slice(0, count);
  }

  #restOfArray(array: unknown[], depth: number): unknown[] {
    for (;;) {
      array.push(this.value(depth + 1));
      const next = this.skipSpace();
      if (next === 44) this.position++;
      else if (next === 93) break;
      else this.fail(phrase`a comma or ] after an element of an array`);
    }
    this.position++;
    return array.length < shortArrayLength ? array.slice() : array;
  }

  #number(): number {
    const bytes = this.bytes;
    const start = this.position;
    let at = start;
    let byte = bytes[at];
    const negative = byte === 45;
    if (negative) byte = bytes[++at];
    if (byte === 73 && negative) return this.#notANumber('-Infinity', Number.NEGATIVE_INFINITY);
    const integerStart = at;
    let mantissa = 0;
    while (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48);
      byte = bytes[++at];
    }
    let digits = at - integerStart;
    if (digits === 0) this.fail(negative ? phrase`a digit after the minus` : phrase`a value`, at);
    if (digits > 1 && bytes[integerStart] === 48)
      this.fail(phrase`a number without leading zeros`, integerStart);
    let exponent = 0;
    if (byte === 46) {
      const fractionStart = ++at;
      byte = bytes[at];
      while (byte >= 48 && byte <= 57) {
        mantissa = mantissa * 10 + (byte - 48);
        byte = bytes[++at];
      }
      exponent = fractionStart - at;
      if (exponent === 0) this.fail(phrase`a digit after the decimal point`, at);
      digits -= exponent;
    }
    let isExact = digits <= maxExactDigits && exponent >= -22;
    if (byte === 101 || byte === 69) {
      isExact = false;
      byte = bytes[++at];
      if (byte === 43 || byte === 45) byte = bytes[++at];
      const exponentStart = at;
      while (byte >= 48 && byte <= 57) byte = bytes[++at];
      if (at === exponentStart) this.fail(phrase`a digit in the exponent`, at);
    }
    // A number may go on in the next window; only a byte after it proves that it ended.
    if (at >= this.end) this.#reachedEnd();
    this.position = at;
    // Both operands are exact doubles, so the quotient is the correctly rounded value (Clinger 1990).
    if (isExact) {
      const magnitude = exponent === 0 ? mantissa : mantissa / powersOfTen[-exponent];
      return negative ? -magnitude : magnitude;
    }
    return Number(asciiText(bytes, start, at));
  }

  #word<T>(word: string, value: T): T {
    const start = this.position;
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[start + i] !== word.charCodeAt(i)) {
        this.fail(phrase`the word ${word}`, start + i >= this.end ? this.end : start);
      }
    }
    this.position = start + word.length;
    return value;
  }

  #notANumber(word: string, value: number): number {
    const byteOffset = this.position;
    this.#word(word, value);
    this.oddities.push({ kind: 'not-a-number', byteOffset, text: word });
    return value;
  }

  #decode(start: number, end: number, isAscii: boolean): string {
    if (isAscii && end - start < decoderLength) return asciiText(this.bytes, start, end);
    try {
      return this.#decoder.decode(this.bytes.subarray(start, end));
    } catch {
      throw new CocoError('json-syntax', {
        where: phrase`byte ${this.windowOffset + start}`,
        expected: phrase`text in UTF-8`,
        found: phrase`bytes that are not UTF-8`,
        advice: phrase`Save the file again with the encoding UTF-8.`,
      });
    }
  }

  #stringWithEscapes(start: number, firstStop: number): string {
    const bytes = this.bytes;
    let text = '';
    let runStart = start;
    let at = firstStop;
    for (;;) {
      const byte = bytes[at];
      if (byte === 34) break;
      if (byte === 92) {
        text += this.#decode(runStart, at, false);
        const escaped = bytes[at + 1];
        const simple = simpleEscapes.get(escaped);
        if (simple !== undefined) {
          text += simple;
          at += 2;
        } else if (escaped === 117) {
          text += String.fromCharCode(this.#hexUnit(at + 2));
          at += 6;
        } else {
          this.fail(phrase`one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u`, at + 1);
        }
        runStart = at;
      } else if (byte < 32) {
        this.fail(phrase`a closing quote, or the control character as an escape`, at);
      } else {
        at++;
      }
    }
    text += this.#decode(runStart, at, false);
    this.position = at + 1;
    return text;
  }

  #hexUnit(at: number): number {
    let unit = 0;
    for (let i = at; i < at + 4; i++) {
      const digit = Number.parseInt(String.fromCharCode(this.bytes[i]), 16);
      if (Number.isNaN(digit)) this.fail(phrase`four hexadecimal digits after \\u`, i);
      unit = unit * 16 + digit;
    }
    return unit;
  }

  #tooDeep(): never {
    throw new CocoError('json-too-deep', {
      where: phrase`byte ${this.windowOffset + this.position}`,
      expected: phrase`at most ${this.#maxDepth} arrays and objects inside each other`,
      found: phrase`one more`,
      advice: phrase`A COCO file needs fewer than ten.`,
    });
  }
}

const simpleEscapes = new Map(
  Object.entries({
    '"': '"',
    '\\': '\\',
    '/': '/',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
  }).map(([letter, character]) => [letter.charCodeAt(0), character]),
);

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]);
  return text;
}

function describeByte(bytes: Uint8Array, at: number, end: number): Words {
  const byte = bytes[at];
  const isPrintable = byte > 32 && byte < 127;
  if (!isPrintable) return phrase`the byte ${`0x${byte.toString(16).padStart(2, '0')}`}`;
  let excerptEnd = at;
  while (
    excerptEnd < end &&
    excerptEnd < at + 20 &&
    bytes[excerptEnd] >= 32 &&
    bytes[excerptEnd] < 127
  )
    excerptEnd++;
  return `‘${asciiText(bytes, at, excerptEnd)}’`;
}
