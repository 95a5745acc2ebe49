// JSON for `--json`: one line for each field, and for each element of a list right below, so that a
// diff and `grep` show records. In pieces, since a list may be longer than the longest string.

const pieceLength = 1 << 16;

/** Joined, the pieces are one JSON document that ends in a line break. */
export function* jsonPieces(report: unknown): Generator<string> {
  let piece = '';
  for (const line of jsonLines(report)) {
    piece += line;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function* jsonLines(report: unknown): Generator<string> {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) {
    yield JSON.stringify(report) ?? 'null';
    return;
  }
  let separator = '{\n  ';
  for (const [key, value] of Object.entries(report)) {
    const records = Array.isArray(value) && value.some((element) => typeof element === 'object');
    const text = records ? '' : JSON.stringify(value);
    // JSON has neither undefined nor functions: like JSON.stringify, their fields are left out.
    if (text === undefined) continue;
    yield `${separator}${JSON.stringify(key)}: `;
    separator = ',\n  ';
    if (records) yield* listLines(value);
    else yield text;
  }
  yield separator.startsWith('{') ? '{}' : '\n}';
}

function* listLines(list: readonly unknown[]): Generator<string> {
  let separator = '[\n    ';
  for (const element of list) {
    yield separator + (JSON.stringify(element) ?? 'null');
    separator = ',\n    ';
  }
  yield '\n  ]';
}
