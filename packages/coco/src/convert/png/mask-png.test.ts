import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { base64FromBytes, bytesFromBase64 } from '../base64.ts';
import { deflateRuns } from './deflate-runs.ts';
import { InflateError, inflate } from './inflate.ts';
import { type Bitmap, maskPng, readMaskPng } from './mask-png.ts';

/** Bytes in runs and in patterns that come back, as compression meets them. */
const compressible = fc
  .array(
    fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 })),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => Buffer.concat(pieces.flatMap(([piece, times]) => new Array(times).fill(piece))));

const bitmaps: fc.Arbitrary<Bitmap> = fc
  .record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 40 }),
    runs: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
  })
  .map(({ width, height, runs }) => {
    const pixels = new Uint8Array(width * height);
    let at = 0;
    for (let i = 0; at < pixels.length; i++) {
      const end = at + runs[i % runs.length];
      if (i % 2 === 1) pixels.fill(1, at, end);
      at = end;
    }
    return { width, height, pixels };
  });

test('inflates what zlib deflates, stored, with fixed and with dynamic codes', () => {
  const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY];
  fc.assert(
    fc.property(
      compressible,
      fc.constantFrom(...strategies),
      fc.constantFrom(0, 1, 9),
      (bytes, strategy, level) => {
        const deflated = deflateSync(bytes, { strategy, level });
        assert.deepEqual(inflate(deflated, bytes.length), new Uint8Array(bytes));
      },
    ),
    { numRuns: 300 },
  );
});

test('zlib inflates what is deflated here', () => {
  fc.assert(
    fc.property(compressible, (bytes) => {
      const deflated = deflateRuns(bytes);
      assert.deepEqual(new Uint8Array(inflateSync(deflated)), new Uint8Array(bytes));
    }),
    { numRuns: 300 },
  );
  const everyRun = new Uint8Array(70_000);
  for (let run = 1, at = 0; at < everyRun.length; at += run, run++)
    everyRun.fill(run, at, at + run);
  assert.deepEqual(new Uint8Array(inflateSync(deflateRuns(everyRun))), everyRun);
  // A mask of one rectangle in a large picture takes next to nothing.
  assert.ok(deflateRuns(new Uint8Array(1_000_000)).length < 7000);
});

test('a stream that is damaged or of another size is refused', () => {
  const deflated = deflateSync(Buffer.from('abcabcabcabc'));
  assert.throws(() => inflate(deflated, 11), /too many bytes/);
  assert.throws(() => inflate(deflated, 13), /too few bytes/);
  assert.throws(() => inflate(deflated.subarray(0, 8), 12), /early end/);
  assert.throws(() => inflate(Buffer.from('hello'), 12), /no zlib stream/);
  fc.assert(
    fc.property(compressible, fc.nat(), fc.nat({ max: 255 }), (bytes, at, value) => {
      const damaged = deflateSync(bytes);
      damaged[at % damaged.length] = value;
      try {
        inflate(damaged, bytes.length);
      } catch (error) {
        if (!(error instanceof InflateError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

test('every mask comes back from its PNG', () => {
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      assert.deepEqual(readMaskPng(maskPng(bitmap), 'a.png'), bitmap);
    }),
    { numRuns: 300 },
  );
});

test('reads masks that Pillow wrote: one bit, eight bits with filters, a palette, sixteen bits', () => {
  // A ring: rows 0 to 4, columns 0 to 5 of Image.fromarray(ring).save(…), with mode 1, L, P and I;16.
  const ring = ['111111', '100001', '101001', '100001', '111111'];
  const pixels = Uint8Array.from(ring.join(''), Number);
  for (const text of pillowRings) {
    assert.deepEqual(readMaskPng(bytesFromBase64(text)!, 'a.png'), { width: 6, height: 5, pixels });
  }
});

test('what is no PNG of a mask is refused, whatever is wrong with it', () => {
  const png = maskPng({ width: 9, height: 2, pixels: new Uint8Array(18).fill(1) });
  assert.throws(() => readMaskPng(Uint8Array.of(1, 2, 3), 'a.png'), /a\.png: .* found other bytes/);
  assert.throws(() => readMaskPng(png.subarray(0, 30), 'a.png'), /its end/);
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 255 }), (at, value) => {
      const damaged = png.slice();
      damaged[at % png.length] = value;
      try {
        assert.deepEqual(readMaskPng(damaged, 'a.png'), readMaskPng(png, 'a.png'));
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

test('Base64 agrees with Node, and what is none is told', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.equal(base64FromBytes(bytes), text);
      assert.deepEqual(bytesFromBase64(text), bytes);
      assert.deepEqual(bytesFromBase64(text.replace(/=+$/, '')), bytes);
    }),
  );
  for (const text of ['a', 'ab!d', 'ab=d', 'あ']) assert.equal(bytesFromBase64(text), undefined);
});

const pillowRings = [
  'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFAQAAAABOI6BLAAAAEklEQVR4nGP4w9TBpMD0gOEPABD+A4fidFVLAAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFCAAAAABDM8I6AAAAHklEQVR42iXJsQ0AAAwCIPT/n+3QjYQMGKyPEuTvAGszBQPWOWe3AAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFBAMAAACUdoDVAAAAJFBMVEUAAAD/AAAHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd4n4qLAAAAHElEQVR4nGMUZGBgEGBgZGIQYGBi+MDAKMjAAAAJBwE6ayyhvwAAAABJRU5ErkJggg==',
  'iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFEAAAAAATox55AAAAH0lEQVR4nGNk1GFAAASHUYcJWYCJgYGB4f8VqByyHgBJMgK7h0CRIgAAAABJRU5ErkJggg==',
];
