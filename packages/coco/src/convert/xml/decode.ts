// Bytes of an XML file to text, piece by piece, so that a file of hundreds of megabytes is never one
// string. Encodings: UTF-8, and UTF-16 where a byte order mark says so (XML 1.0, section 4.3.3).

import { CocoError } from '../../coco-error.ts';
import { phrase } from '../../phrase.ts';

const CHUNK_BYTES = 64 * 1024;

/** Labels under which UTF-8 text is declared; pure ASCII is UTF-8 too. */
const UTF8_LABELS = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** Hands out the text of a file from its start, each call the next piece, `""` at the end. May throw `needsMoreXml`. */
export type TextSource = (wantedBytes: number) => string;

/** Thrown where the text goes on and the bytes of it are not there yet. What was read of a token is then read again. */
export const needsMoreXml = Symbol('needs more XML');

/** The text of a file whose bytes come piece by piece. */
export class XmlFeed {
  readonly #where: string;
  #decode: ((bytes: Uint8Array, isLast: boolean) => string) | undefined;
  #text = '';
  #isLast = false;

  constructor(where: string) {
    this.#where = where;
  }

  /** @throws CocoError `bad-format-input` as `decodeXml`. The first piece should hold the declaration. */
  add(bytes: Uint8Array): void {
    this.#decode ??= decoderOf(bytes, this.#where);
    this.#text += this.#decode(bytes, false);
  }

  end(): void {
    this.#text += this.#decode?.(new Uint8Array(), true) ?? '';
    this.#isLast = true;
  }

  readonly source: TextSource = () => {
    const text = this.#text;
    if (text === '' && !this.#isLast) throw needsMoreXml;
    this.#text = '';
    return text;
  };
}

/**
 * The text of `bytes` without its byte order mark.
 *
 * @throws CocoError `bad-format-input` when the declaration names another encoding, or (from the
 *   returned function) when the bytes are not what they claim to be.
 */
export function decodeXml(bytes: Uint8Array, where: string): TextSource {
  const decode = decoderOf(bytes, where);
  let position = 0;
  return (wantedBytes) => {
    let text = '';
    // A piece can hold nothing but the first bytes of one character, or only the byte order mark.
    while (text === '' && position < bytes.length) {
      const end = Math.min(bytes.length, position + Math.max(CHUNK_BYTES, wantedBytes));
      text = decode(bytes.subarray(position, end), end === bytes.length);
      position = end;
    }
    return text;
  };
}

/** @param start of the file, which tells its encoding */
function decoderOf(
  start: Uint8Array,
  where: string,
): (bytes: Uint8Array, isLast: boolean) => string {
  const encoding = encodingOf(start, where);
  const decoder = new TextDecoder(encoding, { fatal: true });
  let position = 0;
  return (bytes, isLast) => {
    const end = position + bytes.length;
    try {
      const text = decoder.decode(bytes, { stream: !isLast });
      position = end;
      return text;
    } catch {
      throw new CocoError('bad-format-input', {
        where,
        expected: phrase`${encoding.toUpperCase()} text`,
        found: phrase`other bytes between byte ${position} and byte ${end}`,
        advice: phrase`Save the file as UTF-8.`,
      });
    }
  };
}

function encodingOf(bytes: Uint8Array, where: string): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // The declaration is ASCII in every encoding that could be meant here, so any lenient decoder reads it.
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  if (declared === undefined || UTF8_LABELS.has(declared.toLowerCase())) return 'utf-8';
  throw new CocoError('bad-format-input', {
    where,
    expected: phrase`an XML file in UTF-8, or in UTF-16 with a byte order mark`,
    found: phrase`the encoding "${declared}"`,
    advice: phrase`Save the file as UTF-8.`,
  });
}
