// The JSON reader against JSON.parse, on damaged COCO files cut into pieces anywhere.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anyDataset } from '../../packages/coco/src/convert/testing/random-dataset.ts';
import { readCoco, streamJson, validateCoco } from '../../packages/coco/src/index.ts';
import { type FuzzTarget, unlessRefused } from './target.ts';

interface JsonBytes {
  bytes: Uint8Array;
  pieceLength: number;
}

interface Edit {
  /** Where, as a share of the text. */
  at: number;
  removed: number;
  inserted: Uint8Array;
}

const tokens = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u12', '\\ud800', '\n', '\0', '-', '.', 'e9'],
  ...[
    'null',
    'true',
    'NaN',
    '-Infinity',
    '1e999',
    '-0',
    '9007199254740993',
    '"id":',
    '"__proto__":1',
  ],
  ...['"images":[],', '[[[[[[[[', '{"a":{"a":{"a":', '日本', '\u{1f600}', '\ufeff'],
];
const utf8 = new TextEncoder();
const inserted = fc.oneof(
  fc.constantFrom(...tokens).map((token) => utf8.encode(token)),
  fc.uint8Array({ maxLength: 3 }),
);
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.nat(3), fc.nat(200)),
  inserted,
});
const root = fc.oneof(
  anyDataset(),
  anyDataset().map(({ annotations }) => annotations),
  fc.dictionary(fc.string(), fc.jsonValue()),
  fc.array(fc.jsonValue()),
);
const jsonBytes: fc.Arbitrary<JsonBytes> = fc
  .record({
    root,
    indent: fc.nat(2),
    edits: fc.array(edit, { maxLength: 4 }),
    pieceLength: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1 << 16)),
  })
  .map(({ root, indent, edits, pieceLength }) => ({
    bytes: edits.reduce(edited, utf8.encode(JSON.stringify(root, null, indent))),
    pieceLength,
  }));

/** Accepts what JSON.parse accepts, with the same result, and refuses the rest. */
export const json: FuzzTarget<JsonBytes> = {
  name: 'json',
  inputs: jsonBytes,
  async check({ bytes, pieceLength }) {
    const streamed = await unlessRefused(() => streamedRoot(pieces(bytes, pieceLength)));
    const parsed = parsedByEngine(bytes);
    if (parsed === undefined) {
      // JSON has no NaN, which this reader forgives and tells.
      assert.ok(streamed === undefined || streamed.forgiven > 0, 'accepts what is no JSON');
      return;
    }
    const isContainer = typeof parsed.root === 'object' && parsed.root !== null;
    if (streamed !== undefined) {
      assert.equal(JSON.stringify(streamed.root), JSON.stringify(parsed.root));
    } else assert.ok(!isContainer || hasSectionTwice(bytes), 'refuses what is JSON');
  },
};

/** Whatever can be read can be validated, and repairing it leaves nothing to be repaired. */
export const cocoFile: FuzzTarget<JsonBytes> = {
  name: 'coco-file',
  inputs: jsonBytes,
  async check({ bytes, pieceLength }) {
    const file = await unlessRefused(() => readCoco(pieces(bytes, pieceLength)));
    if (file === undefined) return;
    const { repaired } = validateCoco(file);
    const left = validateCoco(repaired).problems.filter(({ repair }) => repair !== null);
    assert.deepEqual(left, []);
  },
};

function edited(bytes: Uint8Array, { at, removed, inserted }: Edit): Uint8Array<ArrayBuffer> {
  const start = Math.floor(at * bytes.length);
  return Uint8Array.from([
    ...bytes.subarray(0, start),
    ...inserted,
    ...bytes.subarray(start + removed),
  ]);
}

function* pieces(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** The batches put together again. */
async function streamedRoot(source: Iterable<Uint8Array>) {
  const sections: Record<string, unknown> = Object.create(null);
  let rootArray: unknown[] | undefined;
  let forgiven = 0;
  for await (const { section, kind, values, oddities } of streamJson(source)) {
    forgiven += oddities.length;
    if (section === null) rootArray = [...(rootArray ?? []), ...values];
    else if (kind === 'value') sections[section] = values[0];
    else sections[section] = [...((sections[section] as unknown[] | undefined) ?? []), ...values];
  }
  return { root: rootArray ?? sections, forgiven };
}

/** Undefined for what is no JSON in UTF-8. TextDecoder takes a byte order mark away, as the reader does. */
function parsedByEngine(bytes: Uint8Array): { root: unknown } | undefined {
  try {
    return { root: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** Whether the root object has a key twice: JSON.parse takes the last, the reader refuses. */
function hasSectionTwice(bytes: Uint8Array): boolean {
  const keys: string[] = [];
  const text = new TextDecoder().decode(bytes);
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token.endsWith(':')) keys.push(JSON.parse(token.slice(0, -1)));
  }
  return new Set(keys).size < keys.length;
}
