// Reads XML 1.0 (https://www.w3.org/TR/xml/) as annotation tools write it, strictly: text that is not
// well formed is refused with its line and column. There are no document type definitions, so no
// entities but the five predefined ones: nothing can be fetched and nothing can be blown up.

import { phrase } from '../../phrase.ts';
import { isXmlText, NAME_SOURCE } from './characters.ts';
import { XmlCursor } from './cursor.ts';
import { decodeXml, needsMoreXml, type TextSource, XmlFeed } from './decode.ts';

/** The start of an element. An empty element `<a/>` gives an open and a close event too. */
export interface XmlOpen {
  kind: 'open';
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Of the `<`, counted from 1. */
  line: number;
  /** Of the `<`, counted from 1. */
  column: number;
}

/** What `xmlEvents` tells, in the order of the file. Text may come in several pieces. */
export type XmlEvent = XmlOpen | { kind: 'text'; text: string } | { kind: 'close'; name: string };

/** An element with all that it holds. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** The element's own text, without that of its children, white space kept. */
  text: string;
  line: number;
  column: number;
}

/** Annotation files are a handful of levels deep; more is an attack or an accident. */
const MAX_DEPTH = 100;

const PREDEFINED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const OPEN_TAG_NAME = new RegExp(`<(${NAME_SOURCE})`, 'uy');
const CLOSE_TAG = new RegExp(`</(${NAME_SOURCE})\\s*>`, 'uy');
const ATTRIBUTE = new RegExp(`\\s+(${NAME_SOURCE})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const TAG_END = /\s*\/?>/y;
const PROCESSING_TARGET = new RegExp(`<\\?(${NAME_SOURCE})(?=\\s|\\?>)`, 'uy');
const QUOTE_OR_END = /["'>]/g;
const DOCTYPE_PUNCTUATION = /["'[>]/g;

/**
 * The events of an XML file one by one; the file is never in memory as a tree.
 *
 * @param where names the file in error messages.
 * @throws CocoError `bad-format-input` with line and column, when the event that is not well formed is reached.
 *
 * @example
 * const events = xmlEvents(bytes, 'annotations.xml');
 * for (const event of events) {
 *   if (event.kind === 'open' && event.name === 'image') useImage(readElement(event, events));
 * }
 */
export function* xmlEvents(bytes: Uint8Array, where: string): Generator<XmlEvent, void> {
  const reader = new XmlReader(decodeXml(bytes, where), where);
  for (let events = reader.next(); events !== null; events = reader.next()) yield* events;
}

/**
 * The outermost element without anything in it, then each of its children whole, of a file whose bytes come piece by piece.
 *
 * @throws CocoError as `xmlEvents`
 */
export async function* xmlChildren(
  pieces: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<XmlElement, void> {
  const feed = new XmlFeed(where);
  const reader = new XmlReader(feed.source, where);
  /** The outermost element is not among them. */
  const open: XmlElement[] = [];
  let isInside = false;
  const bytes = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      let events: XmlEvent[] | null;
      try {
        events = reader.next();
      } catch (error) {
        if (error !== needsMoreXml) throw error;
        const { value, done } = await bytes.next();
        if (done) feed.end();
        else feed.add(value);
        continue;
      }
      if (events === null) return;
      for (const event of events) {
        if (event.kind === 'open' && !isInside) {
          isInside = true;
          yield elementOf(event);
        } else if (event.kind === 'open') {
          const element = elementOf(event);
          open.at(-1)?.children.push(element);
          open.push(element);
        } else if (event.kind === 'text') {
          if (open.length > 0) open.at(-1)!.text += event.text;
        } else {
          const closed = open.pop();
          if (closed !== undefined && open.length === 0) yield closed;
        }
      }
    }
  } finally {
    await bytes.return?.();
  }
}

/** Reads token by token. Where the source throws, nothing of the token has happened, and it is read anew by the next call. */
class XmlReader {
  readonly #cursor: XmlCursor;
  readonly #ancestors: XmlOpen[] = [];
  #state: 'start' | 'prolog' | 'inside' | 'epilog' = 'start';

  constructor(source: TextSource, where: string) {
    this.#cursor = new XmlCursor(source, where);
  }

  /** What the next token tells: most often one event, for a comment none; null at the end of the file. */
  next(): XmlEvent[] | null {
    if (this.#cursor.atEnd()) {
      this.#end();
      return null;
    }
    const events = this.#token();
    if (this.#state === 'start') this.#state = 'prolog';
    return events;
  }

  #token(): XmlEvent[] {
    const cursor = this.#cursor;
    const ancestors = this.#ancestors;
    const state = this.#state;
    if (!cursor.startsWith('<')) {
      const text = readText(cursor, state === 'inside');
      return state === 'inside' ? [{ kind: 'text', text }] : [];
    }
    if (cursor.startsWith('<!--')) {
      skipComment(cursor);
      return [];
    }
    if (cursor.startsWith('<?')) {
      skipProcessingInstruction(cursor, state === 'start');
      return [];
    }
    if (cursor.startsWith('<![CDATA[')) {
      if (state !== 'inside')
        throw cursor.error(phrase`CDATA inside an element`, phrase`CDATA outside`);
      return [{ kind: 'text', text: readCdata(cursor) }];
    }
    if (cursor.startsWith('<!DOCTYPE')) {
      if (state === 'inside' || state === 'epilog') {
        throw cursor.error(phrase`a DOCTYPE before the first element`, phrase`one after it`);
      }
      skipDoctype(cursor);
      return [];
    }
    if (cursor.startsWith('</')) {
      const open = ancestors.at(-1);
      readCloseTag(cursor, open);
      return [this.#close(open!)];
    }
    if (state === 'epilog') {
      throw cursor.error(
        phrase`the end of the file after the outermost element`,
        phrase`a second one`,
      );
    }
    const { open, isEmpty } = readOpenTag(cursor);
    ancestors.push(open);
    if (ancestors.length > MAX_DEPTH) {
      throw cursor.error(
        phrase`elements at most ${MAX_DEPTH} levels deep`,
        phrase`<${open.name}> below that`,
      );
    }
    this.#state = 'inside';
    return isEmpty ? [open, this.#close(open)] : [open];
  }

  #close({ name }: XmlOpen): XmlEvent {
    this.#ancestors.pop();
    if (this.#ancestors.length === 0) this.#state = 'epilog';
    return { kind: 'close', name };
  }

  #end(): void {
    const unclosed = this.#ancestors.at(-1);
    if (unclosed !== undefined) {
      throw this.#cursor.error(
        phrase`</${unclosed.name}> for the element opened in line ${unclosed.line}`,
        phrase`the end of the file`,
      );
    }
    if (this.#state !== 'epilog')
      throw this.#cursor.error(phrase`an element`, phrase`the end of the file`);
  }
}

/**
 * The rest of an element whose open event was just taken from `events`.
 *
 * @example readElement(open, events).children.filter((child) => child.name === 'object')
 */
export function readElement(open: XmlOpen, events: Iterator<XmlEvent, void>): XmlElement {
  const element = elementOf(open);
  for (;;) {
    const next = events.next();
    // The events of a file end only after every element is closed.
    if (next.done || next.value.kind === 'close') return element;
    if (next.value.kind === 'text') element.text += next.value.text;
    else element.children.push(readElement(next.value, events));
  }
}

const elementOf = ({ name, attributes, line, column }: XmlOpen): XmlElement => ({
  name,
  attributes,
  children: [],
  text: '',
  line,
  column,
});

/**
 * A whole file as a tree, for files known to be small.
 *
 * @param where names the file in error messages.
 * @throws CocoError `bad-format-input` with line and column.
 *
 * @example parseXml(bytes, 'Annotations/1.xml').children.find((child) => child.name === 'size')
 */
export function parseXml(bytes: Uint8Array, where: string): XmlElement {
  const events = xmlEvents(bytes, where);
  let root: XmlElement | undefined;
  for (const event of events) {
    if (event.kind === 'open') root = readElement(event, events);
  }
  return root!;
}

function readText(cursor: XmlCursor, isInside: boolean): string {
  const length = cursor.indexOf('<');
  const raw = length === -1 ? cursor.peekRest() : cursor.peek(length);
  if (!isInside) {
    const visible = raw.search(/[^ \t\r\n]/);
    if (visible !== -1)
      throw cursor.error(phrase`an element`, excerpt(raw.slice(visible)), visible);
  }
  const bracket = raw.indexOf(']]>');
  if (bracket !== -1) throw cursor.error(phrase`]]&gt; in text`, phrase`]]>`, bracket);
  const text = resolve(cursor, raw, 0, '\n');
  cursor.advance(raw.length);
  return text;
}

function readCdata(cursor: XmlCursor): string {
  const end = cursor.indexOf(']]>');
  if (end === -1) throw cursor.error(phrase`]]> at the end of CDATA`, phrase`the end of the file`);
  const text = cursor.peek(end).slice('<![CDATA['.length).replace(/\r\n?/g, '\n');
  cursor.advance(end + ']]>'.length);
  return text;
}

function skipComment(cursor: XmlCursor): void {
  const dashes = cursor.indexOf('--', '<!--'.length);
  if (dashes === -1)
    throw cursor.error(phrase`--> at the end of a comment`, phrase`the end of the file`);
  const end = cursor.indexOf('-->', dashes);
  if (end !== dashes) throw cursor.error(phrase`a comment without -- in it`, phrase`--`, dashes);
  cursor.advance(end + '-->'.length);
}

function skipProcessingInstruction(cursor: XmlCursor, isAtStart: boolean): void {
  const end = cursor.indexOf('?>');
  if (end === -1) throw cursor.error(phrase`?> at the end of <?`, phrase`the end of the file`);
  const text = cursor.peek(end + '?>'.length);
  PROCESSING_TARGET.lastIndex = 0;
  const target = PROCESSING_TARGET.exec(text)?.[1];
  if (target === undefined) throw cursor.error(phrase`a name after <?`, excerpt(text));
  if (target.toLowerCase() === 'xml' && !isAtStart) {
    throw cursor.error(phrase`<?xml only at the very start of the file`, phrase`it here`);
  }
  cursor.advance(text.length);
}

/** A DOCTYPE that only names things changes nothing here; one that declares things is refused. */
function skipDoctype(cursor: XmlCursor): void {
  for (let offset = '<!DOCTYPE'.length; ; ) {
    const next = cursor.search(DOCTYPE_PUNCTUATION, offset);
    if (next === -1)
      throw cursor.error(phrase`> at the end of DOCTYPE`, phrase`the end of the file`);
    const mark = cursor.peek(next + 1).at(-1)!;
    if (mark === '>') {
      cursor.advance(next + 1);
      return;
    }
    if (mark === '[') {
      throw cursor.error(
        phrase`a file without declarations of its own`,
        phrase`a DOCTYPE with some`,
        next,
      );
    }
    offset = cursor.indexOf(mark, next + 1) + 1;
    if (offset === 0)
      throw cursor.error(phrase`> at the end of DOCTYPE`, phrase`the end of the file`);
  }
}

function readCloseTag(cursor: XmlCursor, open: XmlOpen | undefined): void {
  const end = cursor.indexOf('>');
  if (end === -1) throw cursor.error(phrase`> at the end of a tag`, phrase`the end of the file`);
  const tag = cursor.peek(end + 1);
  CLOSE_TAG.lastIndex = 0;
  const name = CLOSE_TAG.exec(tag)?.[1];
  if (open === undefined || name !== open.name) {
    const expected =
      open === undefined
        ? phrase`an opening tag`
        : phrase`</${open.name}>, opened in line ${open.line}`;
    throw cursor.error(expected, excerpt(tag));
  }
  cursor.advance(tag.length);
}

function readOpenTag(cursor: XmlCursor): { open: XmlOpen; isEmpty: boolean } {
  const { line, column } = cursor;
  const tag = cursor.peek(tagLength(cursor));
  OPEN_TAG_NAME.lastIndex = 0;
  const name = OPEN_TAG_NAME.exec(tag)?.[1];
  if (name === undefined) throw cursor.error(phrase`the name of an element after <`, excerpt(tag));
  const attributes = new Map<string, string>();
  let offset = name.length + 1;
  for (;;) {
    ATTRIBUTE.lastIndex = offset;
    const match = ATTRIBUTE.exec(tag);
    if (match === null) break;
    const attribute = match[1]!;
    if (attributes.has(attribute)) {
      throw cursor.error(
        phrase`one attribute ${attribute} in <${name}>`,
        phrase`a second one`,
        offset + 1,
      );
    }
    const raw = match[2] ?? match[3]!;
    const rawOffset = offset + match[0].length - 1 - raw.length;
    attributes.set(attribute, resolve(cursor, raw, rawOffset, ' '));
    offset += match[0].length;
  }
  TAG_END.lastIndex = offset;
  const end = TAG_END.exec(tag);
  if (end === null || end[0].length !== tag.length - offset) {
    const expected = phrase`name="value", /> or > in <${name}>`;
    throw cursor.error(expected, excerpt(tag.slice(offset)), offset);
  }
  cursor.advance(tag.length);
  return { open: { kind: 'open', name, attributes, line, column }, isEmpty: tag.at(-2) === '/' };
}

/** Length of the tag at the cursor up to its `>`; one inside quotes does not count. */
function tagLength(cursor: XmlCursor): number {
  for (let offset = 1; ; ) {
    const next = cursor.search(QUOTE_OR_END, offset);
    if (next === -1) throw cursor.error(phrase`> at the end of a tag`, phrase`the end of the file`);
    const mark = cursor.peek(next + 1).at(-1)!;
    if (mark === '>') return next + 1;
    offset = cursor.indexOf(mark, next + 1) + 1;
    if (offset === 0)
      throw cursor.error(phrase`a closing ${mark}`, phrase`the end of the file`, next);
  }
}

/**
 * `raw` with references replaced and white space as XML hands it on: in text, line ends become line
 * feeds (section 2.11); in attributes, every white space character becomes a space (section 3.3.3).
 * `rawOffset` is where `raw` starts, seen from the cursor.
 */
function resolve(cursor: XmlCursor, raw: string, rawOffset: number, newline: '\n' | ' '): string {
  if (!/[&\t\n\r]/.test(raw)) return raw;
  return raw.replace(
    /[\t\n]|\r\n?|&([^&;]{0,40};)?/g,
    (found, body: string | undefined, at: number) => {
      if (!found.startsWith('&')) return newline === '\n' && found === '\t' ? found : newline;
      const character = body === undefined ? undefined : characterOf(body.slice(0, -1));
      if (character !== undefined) return character;
      throw cursor.error(
        phrase`&amp;, &lt;, &gt;, &quot;, &apos; or the number of a character`,
        excerpt(body === undefined ? raw.slice(at) : found),
        rawOffset + at,
      );
    },
  );
}

/** What `&body;` stands for, undefined when it stands for nothing. */
function characterOf(body: string): string | undefined {
  const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(body);
  if (number === null) {
    return Object.hasOwn(PREDEFINED_ENTITIES, body) ? PREDEFINED_ENTITIES[body] : undefined;
  }
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  if (code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  return isXmlText(character) ? character : undefined;
}

/** The start of some text, fit for an error message. */
function excerpt(text: string): string {
  const line = text.slice(0, 40).replace(/\s+/g, ' ');
  return `"${line}${text.length > 40 ? '…' : ''}"`;
}
