// The part of YAML 1.2 that data.yaml files are written in: block and flow maps and lists, plain and quoted
// scalars, block scalars (`download: |`), comments. Anchors, tags, multi-line plain scalars and several documents
// are refused by name. Scalars stay text, so that classes called `no`, `7` or `null` keep their names.

import type { CocoError } from '../../coco-error.ts';
import { type Phrase, phrase, type Words } from '../../phrase.ts';
import { badInput, shown } from '../text-file.ts';

/** A node: a scalar's text, null for an empty or plain `null` / `~` one, a list, or a map. */
export type YamlValue = string | null | YamlValue[] | Map<string, YamlValue>;

/** Maps and lists inside each other; data.yaml needs three. */
const maxDepth = 50;

/**
 * @param where names the file in errors.
 * @throws CocoError `bad-format-input`, with the line, for what this reader does not know.
 *
 * @example
 * parseYaml('names: [cat, "a dog"]', 'data.yaml'); // Map { 'names' => ['cat', 'a dog'] }
 */
export function parseYaml(text: string, where: string): YamlValue {
  const reader = new YamlReader(text, where);
  const value = reader.block(0, 0);
  reader.expectEnd();
  return value;
}

/** A line that holds something, without its comment. */
interface Line {
  /** Counted from 1. */
  number: number;
  indent: number;
  text: string;
  /** Where `text` starts in the whole file. */
  offset: number;
}

class YamlReader {
  readonly #where: string;
  /** The whole file, with `\n` between lines. */
  readonly #text: string;
  /** All lines as they are: block scalars need comments and blank lines. */
  readonly #raw: string[];
  /** Where each line starts in `#text`. */
  readonly #starts: number[] = [];
  /** Index into `#raw` of the next line to look at. */
  #next = 0;
  /** A line that was cut short by what has been read of it: `- a: 1` leaves `a: 1`. */
  #pending: Line | undefined;

  constructor(text: string, where: string) {
    this.#where = where;
    this.#text = text.replace(/\r\n?/g, '\n');
    this.#raw = this.#text.split('\n');
    let start = 0;
    for (const raw of this.#raw) {
      this.#starts.push(start);
      start += raw.length + 1;
    }
  }

  /** The map, list or scalar whose lines are indented by `indent` or more. */
  block(indent: number, depth: number): YamlValue {
    const line = this.#peek();
    if (line === undefined || line.indent < indent) return null;
    if (depth > maxDepth) throw this.#error(line, phrase`at most ${maxDepth} levels`, phrase`more`);
    if (isListItem(line.text)) return this.#list(line.indent, depth);
    if (keyEnd(line.text) !== undefined) return this.#map(line.indent, depth);
    this.#take();
    return this.#inline(line, 0);
  }

  expectEnd(): void {
    const line = this.#peek();
    if (line !== undefined)
      throw this.#error(line, phrase`a line that fits its indentation`, line.text);
  }

  #list(indent: number, depth: number): YamlValue[] {
    const items: YamlValue[] = [];
    for (;;) {
      const line = this.#peek();
      if (line === undefined || line.indent !== indent || !isListItem(line.text)) return items;
      this.#take();
      const rest = line.text.slice(1).trimStart();
      if (rest === '') {
        items.push(this.block(indent + 1, depth + 1));
      } else if (isBlockScalar(rest)) {
        items.push(this.#blockScalar(indent, rest));
      } else {
        const inner = indent + line.text.length - rest.length;
        const offset = line.offset + inner - indent;
        this.#pending = { number: line.number, indent: inner, text: rest, offset };
        items.push(this.block(inner, depth + 1));
      }
    }
  }

  #map(indent: number, depth: number): Map<string, YamlValue> {
    const map = new Map<string, YamlValue>();
    for (;;) {
      const line = this.#peek();
      const end = line === undefined ? undefined : keyEnd(line.text);
      if (line === undefined || line.indent !== indent || end === undefined) return map;
      this.#take();
      const key = this.#key(line, line.text.slice(0, end));
      if (map.has(key)) throw this.#error(line, phrase`each key once`, phrase`${shown(key)} again`);
      map.set(key, this.#mapValue(line, end + 1, depth));
    }
  }

  #mapValue(line: Line, start: number, depth: number): YamlValue {
    const rest = line.text.slice(start).trim();
    if (isBlockScalar(rest)) return this.#blockScalar(line.indent, rest);
    if (rest !== '') return this.#inline(line, start);
    const next = this.#peek();
    // A list may stand as far left as the key that it belongs to.
    const isOwnList = next?.indent === line.indent && isListItem(next.text);
    return this.block(isOwnList ? line.indent : line.indent + 1, depth + 1);
  }

  #key(line: Line, text: string): string {
    const flow = new FlowReader(text, 0, this.#errorAt(line));
    const key = flow.value();
    if (typeof key !== 'string')
      throw this.#error(line, phrase`a name before the colon`, shown(text));
    return key;
  }

  /** The flow collection or scalar behind `start` characters of the line; it may go on over the next lines. */
  #inline(line: Line, start: number): YamlValue {
    const flow = new FlowReader(this.#text, line.offset + start, this.#errorAt(line));
    const value = flow.value();
    while (this.#next < this.#raw.length && this.#starts[this.#next] <= flow.at) this.#next++;
    restOfLine.lastIndex = flow.at;
    if (!restOfLine.test(this.#text)) {
      throw this.#error(line, phrase`nothing more on this line`, flow.shownRest());
    }
    return value;
  }

  /** `|` keeps line breaks, `>` makes them spaces. The text ends where the indentation does. */
  #blockScalar(parentIndent: number, header: string): string {
    const lines: string[] = [];
    while (this.#next < this.#raw.length) {
      const raw = this.#raw[this.#next];
      if (raw.trim() !== '' && indentOf(raw) <= parentIndent) break;
      lines.push(raw);
      this.#next++;
    }
    const indent = Math.min(...lines.filter((raw) => raw.trim() !== '').map(indentOf));
    const text = lines.map((raw) => raw.slice(indent)).join(header.startsWith('|') ? '\n' : ' ');
    return text.trimEnd();
  }

  #take(): void {
    this.#pending = undefined;
  }

  /** The next line with something on it, which stays the next one until it is taken. */
  #peek(): Line | undefined {
    while (this.#pending === undefined && this.#next < this.#raw.length) {
      const raw = this.#raw[this.#next++];
      const text = withoutComment(raw).trim();
      const indent = indentOf(raw);
      const line = {
        number: this.#next,
        indent,
        text,
        offset: this.#starts[this.#next - 1] + indent,
      };
      if (text === '' || (/^%/.test(raw) && this.#next === 1)) continue;
      if (/^\s*\t/.test(raw)) throw this.#error(line, phrase`spaces as indentation`, phrase`a tab`);
      if (raw.startsWith('---') || raw.startsWith('...')) {
        const isFirst = this.#raw
          .slice(0, this.#next - 1)
          .every((before) => /^\s*(#|%|$)/.test(before));
        const isLast = this.#raw.slice(this.#next).every((after) => /^\s*(#|$)/.test(after));
        const isMark = text === '---' || text === '...';
        if (isMark && (isFirst || isLast)) continue;
        throw this.#error(line, phrase`one document`, phrase`several`);
      }
      this.#pending = line;
    }
    return this.#pending;
  }

  #errorAt(line: Line): MakeError {
    return (expected, found) => this.#error(line, expected, found);
  }

  #error(line: Line, expected: Phrase, found: Words): CocoError {
    const advice = phrase`See the documentation of your training tool for the form of this file.`;
    return badInput(`${this.#where}:${line.number}`, expected, found, advice);
  }
}

type MakeError = (expected: Phrase, found: Words) => CocoError;

/** Reads one flow value out of a longer text. */
class FlowReader {
  readonly #text: string;
  readonly #error: MakeError;
  /** Behind what has been read. */
  at: number;

  constructor(text: string, at: number, error: MakeError) {
    this.#text = text;
    this.at = at;
    this.#error = error;
  }

  value(depth = 0): YamlValue {
    this.#skipSpace();
    if (depth > maxDepth) throw this.#error(phrase`at most ${maxDepth} levels`, phrase`more`);
    const first = this.#text[this.at];
    if (first === '[') return this.#list(depth);
    if (first === '{') return this.#map(depth);
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first !== undefined && '&*!|>%@`'.includes(first)) {
      throw this.#error(phrase`a plain or quoted value`, phrase`the YAML feature ${shown(first)}`);
    }
    return this.#plain(depth > 0);
  }

  #list(depth: number): YamlValue[] {
    const items: YamlValue[] = [];
    this.at++;
    while (this.#peek(']') !== ']') {
      items.push(this.value(depth + 1));
      this.#separator(']');
    }
    this.at++;
    return items;
  }

  #map(depth: number): Map<string, YamlValue> {
    const map = new Map<string, YamlValue>();
    this.at++;
    while (this.#peek('}') !== '}') {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || this.#peek('}') !== ':') {
        throw this.#error(phrase`a key and a colon`, this.shownRest());
      }
      if (map.has(key)) throw this.#error(phrase`each key once`, phrase`${shown(key)} again`);
      this.at++;
      map.set(key, this.value(depth + 1));
      this.#separator('}');
    }
    this.at++;
    return map;
  }

  /** Past a comma, or up to the closing bracket. */
  #separator(close: string): void {
    const character = this.#peek(close);
    if (character === ',') this.at++;
    else if (character !== close) throw this.#error(phrase`a comma or ${close}`, this.shownRest());
  }

  /** The next character that is no space. */
  #peek(close: string): string {
    this.#skipSpace();
    if (this.at >= this.#text.length)
      throw this.#error(phrase`a closing ${close}`, phrase`the end of the file`);
    return this.#text[this.at];
  }

  shownRest(): string {
    return shown(this.#text.slice(this.at, this.at + 60));
  }

  #quoted(quote: string): string {
    let value = '';
    for (let at = this.at + 1; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === quote && quote === "'" && this.#text[at + 1] === "'") {
        value += "'";
        at++;
      } else if (character === quote) {
        this.at = at + 1;
        return value;
      } else if (character === '\\' && quote === '"') {
        const [escaped, length] = this.#escape(at + 1);
        value += escaped;
        at += length;
      } else {
        // A line break within quotes stands for a space.
        value += character === '\n' ? ' ' : character;
      }
    }
    throw this.#error(phrase`a closing ${quote}`, phrase`the end of the file`);
  }

  /** What stands behind a backslash, and how many characters it takes. */
  #escape(at: number): [string, number] {
    const kind = this.#text[at] ?? '';
    const digits = hexDigits[kind];
    if (digits !== undefined) {
      const code = Number.parseInt(this.#text.slice(at + 1, at + 1 + digits), 16);
      if (code >= 0 && code <= 0x10ffff) return [fromCode(code), 1 + digits];
    }
    const simple = simpleEscapes[kind];
    if (simple === undefined)
      throw this.#error(phrase`an escape that YAML has`, shown(`\\${kind}`));
    return [simple, 1];
  }

  #plain(isInFlow: boolean): string | null {
    const plain = isInFlow ? plainInFlow : plainInBlock;
    plain.lastIndex = this.at;
    const [found] = plain.exec(this.#text)!;
    const text = found.trim();
    if (!isInFlow && /:(?:\s|$)/.test(text)) {
      throw this.#error(phrase`one value`, phrase`${shown(text)}, a map on the line of its key`);
    }
    this.at += found.length;
    return text === '' || text === '~' || text === 'null' ? null : text;
  }

  /** Over spaces, line breaks and comments. */
  #skipSpace(): void {
    space.lastIndex = this.at;
    space.exec(this.#text);
    this.at = space.lastIndex;
  }
}

/** Up to what ends a plain scalar within brackets; a `:` or `#` inside a word ends nothing. */
const plainInFlow = /(?:[^,[\]{}\n:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)*/y;
const plainInBlock = /(?:[^\n#]|(?<!\s)#)*/y;
/** Spaces, then a comment or the end of the line. */
const restOfLine = /[^\S\n]*(?:(?=\n)|$|(?<=\s)#)/y;
const space = /(?:\s|(?<![^\s,[\]{}])#[^\n]*)*/y;

const hexDigits: Record<string, number | undefined> = { x: 2, u: 4, U: 8 };

const simpleEscapes: Record<string, string | undefined> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
  '\n': '',
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** JSON writes characters beyond the first plane as two `\u`, so a lone surrogate must pass. */
function fromCode(code: number): string {
  return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
}

function isListItem(text: string): boolean {
  return /^-(?:\s|$)/.test(text);
}

function isBlockScalar(text: string): boolean {
  return /^[|>][+-]?$/.test(text);
}

/** Index of the colon that ends a key at the start of a line. */
function keyEnd(text: string): number | undefined {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)/.exec(text);
  if (quoted !== null) return quoted[0].length - 1;
  if (/^["'[{#]/.test(text)) return undefined;
  const colon = text.search(/:(?=\s|$)/);
  return colon === -1 ? undefined : colon;
}

function indentOf(raw: string): number {
  return raw.length - raw.trimStart().length;
}

/** Cuts ` # …`, but not within quotes. */
function withoutComment(raw: string): string {
  let quote = '';
  for (let i = 0; i < raw.length; i++) {
    const character = raw[i];
    const before = i === 0 ? ' ' : raw[i - 1];
    if (quote !== '') {
      if (character === '\\' && quote === '"') i++;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /[\s[{,:-]/.test(before)) {
      quote = character;
    } else if (character === '#' && /\s/.test(before)) {
      return raw.slice(0, i);
    }
  }
  return raw;
}

/** A text as a double-quoted scalar: every JSON string is one. */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
