// A place in the text of an XML file. Only a window around it is in memory; line and column are kept
// so that every complaint can say where.

import { CocoError } from '../../coco-error.ts';
import { type Phrase, phrase, type Words } from '../../phrase.ts';
import { forbiddenCharacter } from './characters.ts';
import type { TextSource } from './decode.ts';

/** All offsets are counted from the cursor's place, in UTF-16 units. */
export class XmlCursor {
  /** Counted from 1. */
  line = 1;
  /** Counted from 1. */
  column = 1;
  readonly #where: string;
  readonly #source: TextSource;
  #window = '';
  #start = 0;
  /** Of the next line feed in the window, so that a file of one long line is not searched for each token. */
  #newline = Number.POSITIVE_INFINITY;

  /** @param where names the file in error messages. */
  constructor(source: TextSource, where: string) {
    this.#where = where;
    this.#source = source;
  }

  /** Whether the next characters are `text`. */
  startsWith(text: string): boolean {
    while (this.#available < text.length && this.#loadMore()) {}
    return this.#window.startsWith(text, this.#start);
  }

  /** Whether the end of the file is reached. */
  atEnd(): boolean {
    return !this.#hasCharacters(1);
  }

  /** Offset of the next `text` at or after `offset`, -1 when the file ends before. */
  indexOf(text: string, offset = 0): number {
    for (let from = offset; ; ) {
      const found = this.#window.indexOf(text, this.#start + from);
      if (found !== -1) return found - this.#start;
      from = Math.max(from, this.#available - text.length + 1);
      if (!this.#loadMore()) return -1;
    }
  }

  /** Offset of the first character at or after `offset` that matches `pattern` (flag `g`), else -1. */
  search(pattern: RegExp, offset = 0): number {
    for (let from = offset; ; ) {
      pattern.lastIndex = this.#start + from;
      const match = pattern.exec(this.#window);
      if (match !== null) return match.index - this.#start;
      from = Math.max(from, this.#available);
      if (!this.#loadMore()) return -1;
    }
  }

  /** The next `length` characters, which must have been seen by `startsWith`, `indexOf` or `search`. */
  peek(length: number): string {
    return this.#window.slice(this.#start, this.#start + length);
  }

  /** Everything from here to the end of the file. */
  peekRest(): string {
    while (this.#loadMore()) {}
    return this.#window.slice(this.#start);
  }

  /** Moves past the next `length` characters. */
  advance(length: number): void {
    const end = this.#start + length;
    let lineStart = -1;
    while (this.#newline < end) {
      this.line++;
      lineStart = this.#newline + 1;
      this.#newline = indexOrInfinity(this.#window, '\n', lineStart);
    }
    this.column = lineStart === -1 ? this.column + length : end - lineStart + 1;
    this.#start = end;
  }

  /** An error whose `where` is `file:line:column` of the character at `offset`. */
  error(expected: Phrase, found: Words, offset = 0): CocoError {
    this.advance(offset);
    return new CocoError('bad-format-input', {
      where: `${this.#where}:${this.line}:${this.column}`,
      expected,
      found,
    });
  }

  get #available(): number {
    return this.#window.length - this.#start;
  }

  #hasCharacters(length: number): boolean {
    while (this.#available < length && this.#loadMore()) {}
    return this.#available >= length;
  }

  /** Adds as much as is still unread, so that a token of any length is scanned at most twice. */
  #loadMore(): boolean {
    const more = this.#source(this.#available);
    if (more === '') return false;
    const forbidden = forbiddenCharacter(more);
    const kept = this.#available;
    this.#window = this.#window.slice(this.#start) + more;
    const isInKept = this.#newline !== Number.POSITIVE_INFINITY;
    this.#newline = isInKept
      ? this.#newline - this.#start
      : indexOrInfinity(this.#window, '\n', kept);
    this.#start = 0;
    if (forbidden !== -1) {
      const code = more.codePointAt(forbidden)!.toString(16).toUpperCase().padStart(4, '0');
      throw this.error(phrase`a character of XML`, phrase`U+${code}`, kept + forbidden);
    }
    return true;
  }
}

function indexOrInfinity(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
}
