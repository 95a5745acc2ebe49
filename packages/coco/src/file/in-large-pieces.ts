type Pieces = string | Iterable<string> | AsyncIterable<string>;

/** Fewer characters are not worth a write of their own. */
const leastCharacters = 1 << 16;

/**
 * The same text in pieces of 64 Ki characters or more: writers make a piece of each line, and a write for each of a
 * million lines takes minutes.
 *
 * @example
 * for await (const piece of inLargePieces(file.text)) await handle.writeFile(piece);
 */
export async function* inLargePieces(text: Pieces): AsyncGenerator<string> {
  if (typeof text === 'string') {
    yield text;
    return;
  }
  let waiting = '';
  for await (const piece of text) {
    waiting += piece;
    if (waiting.length < leastCharacters) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}
