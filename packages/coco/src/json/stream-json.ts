// Reads a JSON text of any size piece by piece: the elements of its top-level arrays come in batches,
// so that memory holds a few megabytes of text, whatever the file's size and line lengths.

import { CocoError } from '../coco-error.ts';
import { phrase, type Words } from '../phrase.ts';
import { type ByteSource, piecesOf } from './byte-source.ts';
import { type JsonPlace, pathStep, placeOf } from './json-place.ts';
import { type JsonOddity, needsMoreBytes, ValueParser } from './value-parser.ts';

export interface StreamJsonLimits {
  /** Arrays and objects inside each other. Default 100. */
  maxDepth?: number;
  /** Bytes of one element of a top-level array, or of any other top-level value. Default 64 MiB. */
  maxElementBytes?: number;
}

/** Some consecutive elements of one top-level array, or one whole top-level value. */
export interface JsonBatch {
  /** Key of the top-level member; null where the text is one array. */
  section: string | null;
  /** `elements`: `values` belong to an array, from `firstIndex` on. `value`: `values[0]` is the member's value. */
  kind: 'elements' | 'value';
  firstIndex: number;
  values: unknown[];
  /** What was forgiven inside these values. */
  oddities: JsonOddityAtPath[];
  /** Bytes of the text read so far, for a progress bar. */
  bytesRead: number;
}

/** A forgiven deviation, with its JSON path. */
export interface JsonOddityAtPath {
  kind: JsonOddity['kind'] | 'byte-order-mark';
  path: string;
  /** The text as it stands there: the repeated key, or the token. */
  text: string;
}

const defaultMaxDepth = 100;
const defaultMaxElementBytes = 64 << 20;
const maxBatchLength = 2048;

/**
 * Streams a JSON text whose root is an object or an array. Each top-level array comes as one or more batches of
 * its elements (an empty one as one empty batch), each other top-level member as one batch of kind `value`.
 *
 * @throws CocoError `json-syntax`, `json-truncated` (with the byte and the section), `json-too-deep`,
 *   `json-value-too-large`, `json-duplicate-key` where a section stands twice.
 * @example
 * for await (const batch of streamJson(createReadStream('instances.json'))) {
 *   if (batch.section === 'images') await insertImages(batch.values);
 * }
 */
export async function* streamJson(
  source: ByteSource,
  limits: StreamJsonLimits = {},
): AsyncGenerator<JsonBatch> {
  const maxElementBytes = limits.maxElementBytes ?? defaultMaxElementBytes;
  const parser = new ValueParser(limits.maxDepth ?? defaultMaxDepth);
  const pieces = piecesOf(source)[Symbol.asyncIterator]();
  const walk = new TopLevelWalk(parser);
  try {
    for (;;) {
      const mark = parser.position;
      const oddityMark = parser.oddities.length;
      try {
        walk.step();
      } catch (error) {
        if (error !== needsMoreBytes) throw inSection(error, walk);
        parser.position = mark;
        parser.oddities.length = oddityMark;
        const full = walk.takeBatch();
        if (full !== undefined) yield full;
        await refill(parser, pieces, maxElementBytes, walk);
        continue;
      }
      if (walk.state === 'end') break;
      if (walk.hasFullBatch) yield walk.takeBatch()!;
    }
    const rest = walk.takeBatch();
    if (rest !== undefined) yield rest;
  } finally {
    await pieces.return?.(undefined);
  }
}

type WalkState =
  | 'start'
  | 'key'
  | 'firstElement'
  | 'element'
  | 'afterElement'
  | 'afterMember'
  | 'rest'
  | 'end';

/** The walk along the top level. Every step either succeeds whole or leaves nothing behind but a position. */
class TopLevelWalk {
  state: WalkState = 'start';
  section: string | null = null;
  index = 0;
  readonly #parser: ValueParser;
  readonly #sectionsSeen = new Set<string>();
  #values: unknown[] = [];
  #oddities: JsonOddityAtPath[] = [];
  #firstIndex = 0;
  /** The finished batch, when a step ended a section or the batch is long enough. */
  #ready: JsonBatch | undefined;
  #rootIsArray = false;

  constructor(parser: ValueParser) {
    this.#parser = parser;
  }

  get hasFullBatch(): boolean {
    return this.#ready !== undefined || this.#values.length >= maxBatchLength;
  }

  takeBatch(): JsonBatch | undefined {
    if (this.#ready === undefined && this.#values.length > 0) this.#close('elements');
    const batch = this.#ready;
    this.#ready = undefined;
    return batch;
  }

  step(): void {
    const parser = this.#parser;
    switch (this.state) {
      case 'start':
        this.#start();
        break;
      case 'key':
        this.#member();
        break;
      case 'firstElement':
        if (parser.skipSpace() === 93) {
          parser.position++;
          this.#endArray();
        } else {
          this.state = 'element';
        }
        break;
      case 'element': {
        const start = parser.position;
        const value = parser.value(this.#rootIsArray ? 1 : 2);
        this.#collectOddities(start, { section: this.section, index: this.index });
        this.#values.push(value);
        this.index++;
        this.state = 'afterElement';
        break;
      }
      case 'afterElement': {
        const byte = parser.skipSpace();
        if (byte === 93) {
          parser.position++;
          this.#endArray();
        } else if (byte === 44) {
          parser.position++;
          this.state = 'element';
        } else {
          parser.fail(phrase`a comma or ] after an element`);
        }
        break;
      }
      case 'afterMember': {
        const byte = parser.skipSpace();
        if (byte === 125) this.state = 'rest';
        else if (byte === 44) this.state = 'key';
        else parser.fail(phrase`a comma or } after a section`);
        parser.position++;
        break;
      }
      case 'rest':
        this.#rest();
        break;
      case 'end':
        break;
    }
  }

  #start(): void {
    const parser = this.#parser;
    const { bytes } = parser;
    if (parser.end < 3 && !parser.isLast) throw needsMoreBytes;
    let at = 0;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.#oddities.push({ kind: 'byte-order-mark', path: '$', text: 'EF BB BF' });
      at = 3;
    } else if (
      (bytes[0] === 0xff && bytes[1] === 0xfe) ||
      (bytes[0] === 0xfe && bytes[1] === 0xff)
    ) {
      throw new CocoError('json-syntax', {
        where: 'byte 0',
        expected: phrase`text in UTF-8`,
        found: phrase`the byte order mark of UTF-16`,
        advice: phrase`Save the file again with the encoding UTF-8.`,
      });
    }
    parser.position = Math.max(parser.position, at);
    const byte = parser.skipSpace();
    if (byte === 123) {
      parser.position++;
      if (parser.skipSpace() === 125) {
        parser.position++;
        this.state = 'rest';
      } else {
        this.state = 'key';
      }
    } else if (byte === 91) {
      parser.position++;
      this.#rootIsArray = true;
      this.state = 'firstElement';
    } else {
      parser.fail(phrase`{ or [ at the start of a JSON file`);
    }
  }

  #member(): void {
    const parser = this.#parser;
    const keyOffset =
      parser.skipSpace() === 34 ? parser.position : parser.fail(phrase`a key in double quotes`);
    const key = parser.key();
    if (this.#sectionsSeen.has(key)) {
      throw new CocoError('json-duplicate-key', {
        where: phrase`byte ${parser.windowOffset + keyOffset}`,
        expected: phrase`one section ‘${key}’`,
        found: phrase`a second one`,
        advice: phrase`Merge the two: other tools silently use only the last.`,
      });
    }
    const isArray = parser.skipSpace() === 91;
    if (isArray) {
      parser.position++;
      this.state = 'firstElement';
    } else {
      const start = parser.position;
      const value = parser.value(1);
      this.#collectOddities(start, { section: key, index: null });
      this.state = 'afterMember';
      this.#values.push(value);
    }
    this.#sectionsSeen.add(key);
    this.section = key;
    this.index = 0;
    this.#firstIndex = 0;
    if (!isArray) this.#close('value');
  }

  #endArray(): void {
    if (this.#values.length > 0 || this.index === 0) this.#close('elements');
    this.state = this.#rootIsArray ? 'rest' : 'afterMember';
  }

  #rest(): void {
    const parser = this.#parser;
    const { bytes } = parser;
    let at = parser.position;
    while (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9) at++;
    parser.position = at;
    if (at < parser.end) parser.fail(phrase`nothing after the end of the JSON value`);
    if (!parser.isLast) throw needsMoreBytes;
    this.state = 'end';
  }

  #collectOddities(valueStart: number, place: JsonPlace): void {
    const { oddities, bytes } = this.#parser;
    if (oddities.length === 0) return;
    for (const { kind, byteOffset, text } of oddities) {
      const path = placeOf(bytes, valueStart, byteOffset, place);
      const isKey = kind === 'duplicate-key';
      this.#oddities.push({ kind, path: isKey ? path + pathStep(text) : path, text });
    }
    oddities.length = 0;
  }

  #close(kind: JsonBatch['kind']): void {
    this.#ready = {
      section: this.section,
      kind,
      firstIndex: this.#firstIndex,
      values: this.#values,
      oddities: this.#oddities,
      bytesRead: this.#parser.windowOffset + this.#parser.position,
    };
    this.#firstIndex += this.#values.length;
    this.#values = [];
    this.#oddities = [];
  }
}

/**
 * Moves the unread bytes to the front and adds pieces. A value that did not fit is tried again only when twice as
 * many bytes are there, so that a very long one is not read over and over.
 */
async function refill(
  parser: ValueParser,
  pieces: AsyncIterator<Uint8Array>,
  maxElementBytes: number,
  walk: TopLevelWalk,
): Promise<void> {
  const unread = parser.end - parser.position;
  if (unread > maxElementBytes) {
    throw new CocoError('json-value-too-large', {
      where: placeName(walk),
      expected: phrase`at most ${maxElementBytes} bytes`,
      found: phrase`more`,
      advice: phrase`No record of a COCO file is that long; is it a file of another kind?`,
    });
  }
  let length = unread;
  let room = parser.bytes;
  if (parser.position > 0) room.copyWithin(0, parser.position, parser.end);
  parser.windowOffset += parser.position;
  parser.position = 0;
  do {
    const { value: piece, done } = await pieces.next();
    if (done) {
      parser.isLast = true;
      break;
    }
    if (length + piece.length + 1 > room.length) {
      const larger = new Uint8Array(Math.max(2 * room.length, length + piece.length + 1));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  } while (length < 2 * unread);
  parser.bytes = room;
  parser.bytes[length] = 0;
  parser.end = length;
}

/** Where the walk stands, in the file's own terms. */
function placeName({ state, section, index }: TopLevelWalk): Words {
  const element = (at: number) => (section === null ? `[${at}]` : `${section}[${at}]`);
  switch (state) {
    case 'key':
      return section === null ? phrase`the first section` : phrase`the section after ‘${section}’`;
    case 'afterElement':
      return phrase`after ${element(index - 1)}`;
    case 'afterMember':
      return phrase`after the section ‘${section!}’`;
    case 'rest':
      return phrase`after the end`;
    default:
      return element(index);
  }
}

/** Adds to a syntax error which record it stands in: a byte alone tells a person little. */
function inSection(error: unknown, walk: TopLevelWalk): unknown {
  if (!(error instanceof CocoError) || !error.code.startsWith('json-')) return error;
  if (walk.state === 'start' || error.code === 'json-duplicate-key') return error;
  const { where = '', ...details } = error.details;
  return new CocoError(error.code, { ...details, where: phrase`${placeName(walk)}, ${where}` });
}
