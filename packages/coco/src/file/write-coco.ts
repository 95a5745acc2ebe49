// COCO files of any size, written piece by piece: sections may be arrays or (async) streams of records.

/** A section to be written: an array or a stream is written element by element, anything else whole. */
export type WritableSection = unknown | Iterable<unknown> | AsyncIterable<unknown>;

/** Pieces are handed on once they are about this long, in UTF-16 units. */
const pieceLength = 1 << 18;

/**
 * Yields the JSON text of a COCO file. Sections come in the object's own order; fields keep theirs. Numbers are
 * written in the shortest form that reads back to the same double. NaN and infinities, which JSON cannot
 * say, are written as Python's json module does (`NaN`, `Infinity`) and `readCoco` takes them back.
 *
 * @param root a dataset whose sections may be streams, or an array or stream of results
 * @example
 * await pipeline(Readable.from(writeCoco({ images, annotations: annotationsFromDatabase(), categories })), file);
 */
export async function* writeCoco(
  root: Record<string, WritableSection> | Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<string> {
  const out = new PieceBuffer();
  if (isStream(root)) {
    yield* writeElements(root, out);
  } else {
    out.text += '{';
    let separator = '\n';
    for (const [name, section] of Object.entries(root)) {
      if (section === undefined) continue;
      out.text += `${separator}${JSON.stringify(name)}: `;
      separator = ',\n';
      if (isStream(section)) yield* writeElements(section, out);
      else out.text += jsonText(section);
      if (out.isFull) yield out.take();
    }
    out.text += '\n}';
  }
  out.text += '\n';
  yield out.take();
}

class PieceBuffer {
  text = '';

  get isFull(): boolean {
    return this.text.length >= pieceLength;
  }

  take(): string {
    const piece = this.text;
    this.text = '';
    return piece;
  }
}

/** Writes one record a line, so that a person can look into the file and a diff shows records. */
async function* writeElements(
  elements: Iterable<unknown> | AsyncIterable<unknown>,
  out: PieceBuffer,
): AsyncGenerator<string> {
  out.text += '[';
  let separator = '\n';
  const write = (element: unknown): void => {
    out.text += separator + jsonText(element);
    separator = ',\n';
  };
  // A plain array is not awaited record by record: that would cost more than the writing.
  if (Array.isArray(elements)) {
    for (const element of elements) {
      write(element);
      if (out.isFull) yield out.take();
    }
  } else {
    for await (const element of elements) {
      write(element);
      if (out.isFull) yield out.take();
    }
  }
  out.text += separator === '\n' ? ']' : '\n]';
}

function isStream(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

/** `JSON.stringify`, but for numbers that JSON has no word for. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  // `JSON.stringify` turns NaN into null without a word; only a text with a null in it can hide one.
  return text.includes('null') && hasNotANumber(value) ? textWithNotANumber(value) : text;
}

function hasNotANumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNotANumber);
}

function textWithNotANumber(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(textWithNotANumber).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${textWithNotANumber(member)}`);
  return `{${members.join(',')}}`;
}
