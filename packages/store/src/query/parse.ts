// Reads the query language. Knows its grammar only; which fields there are is in `fields.ts`.
//
//   query   = branch { "or" branch }
//   branch  = { factor }
//   factor  = [ "-" ] ( "(" query ")" | "object" "(" query ")" | term )
//   term    = field [ "(" value ")" ] operator value { "," value }  |  value
//   value   = characters without spaces, brackets, commas and operators, or a text in double quotes
//
// A value alone looks for file names that contain it.

import { type Phrase, phrase, type Words } from '@migaki/coco';
import { StoreError } from '../store-error.ts';
import { everything, type Operator, type Query, type Term } from './ast.ts';

/**
 * @throws StoreError `bad-query`, with the position, what was expected and what came
 * @example
 * parse('tag:night,dusk width>1000'); // { kind: 'and', parts: [{ field: 'tag', values: ['night', 'dusk'], … }, …] }
 */
export function parse(text: string): Query {
  const parser = new Parser(text);
  const query = parser.query();
  parser.end();
  return query;
}

/** Blank text asks for everything. @throws StoreError `bad-query` */
export const parseOrEverything = (text: string): Query =>
  text.trim() === '' ? everything : parse(text);

/** @param position in characters from 0 */
export function badQuery(
  position: number,
  expected: Phrase,
  found: Words,
  advice?: Phrase,
): StoreError {
  const where = phrase`Character ${position + 1}`;
  return new StoreError('bad-query', { where, expected, found, ...(advice && { advice }) });
}

const MAX_DEPTH = 50;
const MAX_LENGTH = 10_000;
const isPlain = (character: string | undefined) =>
  character !== undefined && !/[\s"(),:<>=]/.test(character);

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    if (text.length > MAX_LENGTH) {
      throw badQuery(MAX_LENGTH, phrase`at most ${MAX_LENGTH} characters`, `${text.length}`);
    }
    this.#text = text;
  }

  query(): Query {
    if (++this.#depth > MAX_DEPTH) {
      throw badQuery(
        this.#at,
        phrase`at most ${MAX_DEPTH} brackets inside each other`,
        phrase`more`,
      );
    }
    const branches = [this.#branch()];
    while (this.#takesWord('or')) branches.push(this.#branch());
    this.#depth--;
    return branches.length === 1
      ? branches[0]
      : { kind: 'or', parts: branches.flatMap(partsOf('or')) };
  }

  end(): void {
    this.#skipSpaces();
    if (this.#at < this.#text.length) throw this.#unexpected(phrase`a filter or the end`);
  }

  #branch(): Query {
    const parts: Query[] = [];
    for (;;) {
      this.#skipSpaces();
      if (this.#at === this.#text.length || this.#text[this.#at] === ')') break;
      if (this.#isAtWord('or')) {
        if (parts.length === 0) throw this.#unexpected(phrase`a filter before "or"`);
        break;
      }
      parts.push(this.#factor());
    }
    if (parts.length === 1) return parts[0];
    return { kind: 'and', parts: parts.flatMap(partsOf('and')) };
  }

  #factor(): Query {
    if (this.#takes('-')) {
      this.#skipSpaces();
      if (++this.#depth > MAX_DEPTH) {
        throw badQuery(this.#at, phrase`at most ${MAX_DEPTH} signs in a row`, phrase`more`);
      }
      const part = this.#factor();
      this.#depth--;
      return part.kind === 'not' ? part.part : { kind: 'not', part };
    }
    if (this.#takes('(')) return this.#closed(this.query());
    if (/^object\s*\(/i.test(this.#text.slice(this.#at, this.#at + 20))) {
      this.#at = this.#text.indexOf('(', this.#at) + 1;
      return { kind: 'object', part: this.#closed(this.query()) };
    }
    return this.#term();
  }

  #closed(query: Query): Query {
    this.#skipSpaces();
    if (!this.#takes(')')) throw this.#unexpected(phrase`")"`);
    return query;
  }

  #term(): Term {
    const position = this.#at;
    const isQuoted = this.#text[this.#at] === '"';
    const first = this.#value(phrase`a filter such as status:review`);
    const bare: Term = {
      kind: 'term',
      field: 'name',
      argument: null,
      operator: ':',
      values: [first.includes('*') ? first : `*${first}*`],
      position,
    };
    if (isQuoted) return bare;
    let argument: string | null = null;
    if (this.#takes('(')) {
      this.#skipSpaces();
      argument = this.#value(phrase`a value in the brackets`);
      this.#skipSpaces();
      if (!this.#takes(')')) throw this.#unexpected(phrase`")"`);
    }
    const operator = this.#operator();
    if (operator === null) {
      if (argument === null) return bare;
      throw this.#unexpected(phrase`a comparison such as > after ${first}(${argument})`);
    }
    const values = [this.#value(phrase`a value after ${operator}`)];
    while (this.#text[this.#at] === ',') {
      if (operator !== ':') throw this.#unexpected(phrase`one value after ${operator}`);
      this.#at++;
      values.push(this.#value(phrase`another value after the comma`));
    }
    return { kind: 'term', field: first.toLowerCase(), argument, operator, values, position };
  }

  /** Spaces around `<` and `>` do no harm; before `:` they would tear words of a name apart. */
  #operator(): Operator | null {
    const [text, sign] = /^\s*(<=|>=|<|>|=)\s*|^(:)/.exec(this.#text.slice(this.#at)) ?? [];
    if (text === undefined) return null;
    this.#at += text.length;
    return sign === undefined || sign === '=' ? ':' : (sign as Operator);
  }

  #value(expected: Phrase): string {
    if (this.#text[this.#at] === '"') return this.#quoted();
    const start = this.#at;
    while (isPlain(this.#text[this.#at])) this.#at++;
    if (this.#at === start) throw this.#unexpected(expected);
    return this.#text.slice(start, this.#at);
  }

  #quoted(): string {
    const start = this.#at++;
    let value = '';
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) {
        throw badQuery(start, phrase`a closing quotation mark`, phrase`the end of the query`);
      }
      if (character === '"') return value;
      value += character === '\\' ? (this.#text[this.#at++] ?? '') : character;
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #isAtWord(word: string): boolean {
    const next = this.#text[this.#at + word.length];
    const text = this.#text.slice(this.#at, this.#at + word.length);
    return text.toLowerCase() === word && (next === undefined || /[\s()]/.test(next));
  }

  #takesWord(word: string): boolean {
    this.#skipSpaces();
    if (!this.#isAtWord(word)) return false;
    this.#at += word.length;
    this.#skipSpaces();
    if (this.#at === this.#text.length || this.#text[this.#at] === ')') {
      throw this.#unexpected(phrase`a filter after "${word}"`);
    }
    return true;
  }

  #skipSpaces(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #unexpected(expected: Phrase): StoreError {
    const rest = this.#text.slice(this.#at).split(/\s/, 1)[0];
    const found =
      this.#at >= this.#text.length
        ? phrase`the end of the query`
        : JSON.stringify(rest.slice(0, 30));
    return badQuery(this.#at, expected, found);
  }
}

/** Groups of the same kind inside each other are one group. */
function partsOf(kind: 'and' | 'or') {
  return (query: Query): Query[] =>
    query.kind === kind && 'parts' in query && query.parts.length > 0 ? query.parts : [query];
}
