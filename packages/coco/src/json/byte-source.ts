// Where bytes come from: a file's stream, a request's body, a whole buffer. This package opens nothing itself.

/** UTF-8 text in pieces of any size; a piece may end in the middle of a character. */
export type ByteSource = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Feeds pieces no longer than this, so that what is parsed from a piece stays small too. */
const maxPieceBytes = 4 << 20;

/** The source as a sequence of non-empty pieces. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string') yield* slices(new TextEncoder().encode(source));
  else if (source instanceof Uint8Array) yield* slices(source);
  else for await (const piece of source) yield* slices(piece);
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += maxPieceBytes)
    yield bytes.subarray(at, at + maxPieceBytes);
}
