import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError, type CocoErrorCode } from '../coco-error.ts';
import type { ByteSource } from './byte-source.ts';
import { type JsonOddityAtPath, streamJson } from './stream-json.ts';

interface Streamed {
  root: unknown;
  oddities: JsonOddityAtPath[];
}

/** Puts the batches together again, as any consumer would. */
async function streamed(source: ByteSource, limits = {}): Promise<Streamed> {
  let root: unknown = Object.create(null);
  const oddities: JsonOddityAtPath[] = [];
  const sections = root as Record<string, unknown>;
  for await (const batch of streamJson(source, limits)) {
    oddities.push(...batch.oddities);
    if (batch.kind === 'value') {
      sections[batch.section!] = batch.values[0];
      continue;
    }
    const known = (batch.section === null ? rootArray(root) : sections[batch.section]) as
      | unknown[]
      | undefined;
    assert.equal(batch.firstIndex, known?.length ?? 0, 'batches come without gaps');
    const all = [...(known ?? []), ...batch.values];
    if (batch.section === null) root = all;
    else sections[batch.section] = all;
  }
  return { root, oddities };
}

const rootArray = (root: unknown) => (Array.isArray(root) ? root : undefined);

function* piecesOfLength(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const rejection = (source: ByteSource, limits = {}): Promise<CocoError> =>
  streamed(source, limits).then(
    () => assert.fail('expected a CocoError'),
    (error) => (error instanceof CocoError ? error : Promise.reject(error)),
  );

async function assertRejects(
  source: ByteSource,
  code: CocoErrorCode,
  pattern: RegExp,
): Promise<void> {
  const error = await rejection(source);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, pattern);
}

test('reads what JSON.parse reads, however the text is cut into pieces', async () => {
  const root = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  await fc.assert(
    fc.asyncProperty(
      root,
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (value, length, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : 0);
        const expected = JSON.parse(text);
        const bytes = new TextEncoder().encode(text);
        const { root, oddities } = await streamed(piecesOfLength(bytes, length));
        assert.deepEqual(JSON.parse(JSON.stringify(root)), expected);
        assert.deepEqual(oddities, []);
      },
    ),
    { numRuns: 500 },
  );
});

test('reads every number to the same double as JSON.parse', async () => {
  const decimal = fc
    .tuple(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.nat(25),
      fc.option(fc.integer({ min: -330, max: 310 })),
    )
    .map(
      ([integer, fraction, exponent]) =>
        `${integer}.${fraction}${exponent === null ? '' : `e${exponent}`}`,
    );
  const number = fc.oneof(
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => JSON.stringify(n)),
    decimal,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(number), async (numbers) => {
      const text = `[[${numbers.join()}]]`;
      const { root } = await streamed(text);
      assert.deepEqual(root, JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('accepts exactly what JSON.parse accepts, NaN and infinities aside, under random damage', async () => {
  const valid =
    '{"images":[{"id":1,"file_name":"日\\u672c.jpg","w":-1.5e3}],"x":{"a":[true,false,null,[],{}]}}';
  const bytes = new TextEncoder().encode(valid);
  const edit = fc.tuple(
    fc.nat(bytes.length - 1),
    fc.nat(2),
    fc.constantFrom(...new TextEncoder().encode('{}[]",:\\e-0 nt\n')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const damaged = [...bytes];
      for (const [at, removed, byte] of edits) damaged.splice(at, removed, byte);
      const buffer = Uint8Array.from(damaged);
      let expected: unknown;
      try {
        expected = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(buffer));
      } catch {
        const error = await rejection(buffer);
        assert.match(error.code, /^json-/);
        return;
      }
      const outcome = await streamed(buffer).catch((error) => error);
      if (outcome instanceof CocoError) {
        // The one thing it refuses on purpose: a section that stands twice, or a root that is no container.
        assert.ok(
          outcome.code === 'json-duplicate-key' ||
            typeof expected !== 'object' ||
            expected === null,
        );
      } else {
        assert.deepEqual(JSON.parse(JSON.stringify(outcome.root)), expected);
      }
    }),
    { numRuns: 3000 },
  );
});

test('a truncated text names the byte, the section and the record', async () => {
  await assertRejects(
    '{"images":[{"id":1},{"id":2',
    'json-truncated',
    /images\[1\], byte 27: .*the end of the text.*incomplete/,
  );
  await assertRejects('', 'json-truncated', /byte 0/);
  await assertRejects('{"images":[', 'json-truncated', /images\[0\]/);
  await assertRejects('[{"a":"b', 'json-truncated', /\[0\], byte 8/);
});

test('every cut of a valid text is reported as truncated, never as something else', async () => {
  const bytes = new TextEncoder().encode('{"a":[1.5,{"k":"v\\n"},true],"b":{"c":-2e5}}');
  for (let length = 0; length < bytes.length; length++) {
    const error = await rejection(bytes.subarray(0, length));
    assert.equal(error.code, 'json-truncated', `cut after ${length} bytes: ${error.message}`);
  }
});

test('a syntax error names the byte and shows what stands there', async () => {
  await assertRejects(
    '{"images":[{"id":1},{"id" 2}]}',
    'json-syntax',
    /images\[1\], byte 26: expected a colon after the key, found ‘2}\]}’/,
  );
  await assertRejects('{"a":[1,]}', 'json-syntax', /expected a value/);
  await assertRejects('{"a":[01]}', 'json-syntax', /leading zeros/);
  await assertRejects('{"a":["\t"]}', 'json-syntax', /control character/);
  await assertRejects('{"a":1} x', 'json-syntax', /nothing after the end/);
  await assertRejects('hello', 'json-syntax', /\{ or \[/);
});

test('an error between records names its neighbours, not a record that is not there', async () => {
  await assertRejects("{'images':[]}", 'json-syntax', /^the first section, byte 1/);
  await assertRejects('{"a":{"b":x}}', 'json-syntax', /^the first section, byte 10/);
  await assertRejects('{"a":[],"b":x}', 'json-syntax', /^the section after ‘a’, byte 12/);
  await assertRejects('{"a":[1 2]}', 'json-syntax', /^after a\[0\], byte 8/);
  await assertRejects('{"a":[] "b":1}', 'json-syntax', /^after the section ‘a’, byte 8/);
  await assertRejects('[1]{}', 'json-syntax', /^after the end, byte 3/);
});

test('a byte order mark, NaN, infinities and duplicate keys are read and told with their paths', async () => {
  const { root, oddities } = await streamed(
    '\ufeff{"a":[{"b":[1,NaN],"c d":{"e":1,"e":-Infinity}}],"f":Infinity}',
  );
  assert.deepEqual(
    JSON.stringify(root),
    JSON.stringify({ a: [{ b: [1, null], 'c d': { e: null } }], f: null }),
  );
  assert.deepEqual(
    oddities.map(({ kind, path, text }) => `${kind} ${path} ${text}`),
    [
      'byte-order-mark $ EF BB BF',
      'not-a-number $.a[0].b[1] NaN',
      'not-a-number $.a[0]["c d"].e -Infinity',
      'duplicate-key $.a[0]["c d"].e e',
      'not-a-number $.f Infinity',
    ],
  );
});

test('a section that stands twice is refused, because other tools drop the first in silence', async () => {
  await assertRejects('{"images":[],"images":[1]}', 'json-duplicate-key', /one section ‘images’/);
});

test('other encodings than UTF-8 are named', async () => {
  await assertRejects(Uint8Array.from([0xff, 0xfe, 0x7b, 0]), 'json-syntax', /UTF-16/);
  await assertRejects(
    Uint8Array.from([...new TextEncoder().encode('{"a":"'), 0x83, 0x65, 0x22, 0x7d]),
    'json-syntax',
    /bytes that are not UTF-8/,
  );
});

test('nesting deeper than the limit is an error, not a stack overflow', async () => {
  const text = `[${'['.repeat(200_000)}`;
  const error = await rejection(text);
  assert.equal(error.code, 'json-too-deep');
});

test('one endless value is refused once it passes the limit', async () => {
  function* endless(): Generator<Uint8Array> {
    yield new TextEncoder().encode('{"images":[{"file_name":"');
    const zeros = new Uint8Array(1 << 16).fill(48);
    for (;;) yield zeros;
  }
  const error = await rejection(endless(), { maxElementBytes: 1 << 20 });
  assert.equal(error.code, 'json-value-too-large');
  assert.match(error.message, /images\[0\]/);
});

test('a source that fails, fails the reading, and a reader that stops, closes the source', async () => {
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield new TextEncoder().encode(`[${'1,'.repeat(5000)}`);
      throw new Error('the disk went away');
    } finally {
      closed = true;
    }
  }
  await assert.rejects(streamed(source()), /the disk went away/);
  assert.ok(closed);
  closed = false;
  for await (const _ of streamJson(source())) break;
  assert.ok(closed);
});

test('a key named __proto__ stays a plain member', async () => {
  const { root } = await streamed('[{"__proto__":{"x":1}}]');
  const [record] = root as object[];
  assert.deepEqual(Object.keys(record), ['__proto__']);
  assert.equal(Object.getPrototypeOf(record), Object.prototype);
});
