// Masks from hostile texts and hostile polygons: refused, or sound in every way that can be told without a peer.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bitmapFromRle,
  checkRle,
  mergeRles,
  outlinesFromRle,
  polygonsFromRle,
  type Rle,
  rleArea,
  rleBbox,
  rleFromBitmap,
  rleFromPolygon,
  rleFromSegmentation,
  rleFromText,
  rleIou,
  subtractRle,
  textFromRle,
} from '../../packages/coco/src/index.ts';
import { type FuzzTarget, unlessRefused } from './target.ts';

const side = fc.oneof(fc.nat(40), fc.constantFrom(0, 1, 2, 1000));
const oddSide = fc.oneof(
  { weight: 20, arbitrary: side },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, Number.NaN, 2 ** 16, 2 ** 32, 1e300) },
);

/** Runs that fill a picture of this size, as text, then with characters changed, added or cut. */
const text = fc
  .record({
    runs: fc.array(fc.nat(90), { maxLength: 60 }),
    height: side,
    width: side,
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        removed: fc.nat(3),
        inserted: fc.oneof(
          fc.string({
            unit: fc.integer({ min: 47, max: 112 }).map((code) => String.fromCharCode(code)),
          }),
          fc.constantFrom('', 'oooooo', 'ooooooo0', '\0', '日'),
        ),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ runs, height, width, edits }) => {
    const pixels = height * width;
    const cut: number[] = [];
    let position = 0;
    for (const run of runs) {
      cut.push(Math.min(run, pixels - position));
      position += cut.at(-1)!;
    }
    const counts = Uint32Array.from([...cut, pixels - position]);
    const damaged = edits.reduce((before, { at, removed, inserted }) => {
      const start = Math.floor(at * before.length);
      return before.slice(0, start) + inserted + before.slice(start + removed);
    }, textFromRle({ height, width, counts }));
    return { text: damaged, height, width };
  });

export const rleText: FuzzTarget<{ text: string; height: number; width: number }> = {
  name: 'rle-text',
  inputs: fc.oneof(
    text,
    fc.record({ text: fc.oneof(fc.string(), fc.base64String()), height: oddSide, width: oddSide }),
  ),
  async check({ text, height, width }) {
    const rle = await unlessRefused(() => rleFromText(text, height, width));
    if (rle === undefined) return;
    assert.deepEqual(rleFromText(textFromRle(rle), height, width), rle, 'text and back');
    // None of these may fail, whatever the runs add up to: the metrics ask them of whatever a model wrote.
    assert.ok(Number.isInteger(rleArea(rle)));
    assert.ok(rleBbox(rle).every(Number.isFinite));
    rleIou(rle, rle, false);
    const isSound = (await unlessRefused(() => checkRle(rle) ?? true)) !== undefined;
    if (isSound && height * width <= 1e6) assertSound(rle);
    if (!isSound) assert.equal(await unlessRefused(() => bitmapFromRle(rle)), undefined);
  },
};

const coordinate = fc.oneof(
  { weight: 10, arbitrary: fc.double({ min: -20, max: 60, noNaN: true }) },
  { weight: 10, arbitrary: fc.integer({ min: -3, max: 45 }).map((halves) => halves / 2) },
  { weight: 2, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
);

interface PolygonPair {
  polygons: [number[], number[]];
  height: number;
  width: number;
}

export const polygon: FuzzTarget<PolygonPair> = {
  name: 'polygon',
  inputs: fc.record({
    polygons: fc.tuple(
      fc.array(coordinate, { maxLength: 40 }),
      fc.array(coordinate, { maxLength: 12 }),
    ),
    height: side,
    width: side,
  }),
  async check({ polygons, height, width }) {
    const [a, b] = [
      await unlessRefused(() => rleFromPolygon(polygons[0], height, width)),
      await unlessRefused(() => rleFromPolygon(polygons[1], height, width)),
    ];
    if (a !== undefined) assertSound(a);
    if (a === undefined || b === undefined) return;
    const bitmaps = [bitmapFromRle(a), bitmapFromRle(b)];
    const combined = (of: (a: number, b: number) => number) =>
      rleFromBitmap(
        bitmaps[0].map((pixel, index) => of(pixel, bitmaps[1][index])),
        height,
        width,
      );
    assertSameMask(
      mergeRles([a, b], 'union'),
      combined((a, b) => a | b),
    );
    assertSameMask(
      mergeRles([a, b], 'intersection'),
      combined((a, b) => a & b),
    );
    assertSameMask(
      subtractRle(a, b),
      combined((a, b) => a & ~b),
    );
  },
};

/** Holds for every mask that fills its picture. */
function assertSound(rle: Rle): void {
  const { height, width } = rle;
  checkRle(rle);
  const bitmap = bitmapFromRle(rle);
  assertSameMask(rleFromBitmap(bitmap, height, width), rle);
  const inside = bitmap.reduce((sum, pixel) => sum + pixel, 0);
  assert.equal(rleArea(rle), inside);
  if (inside === 0) return;

  const outlines = outlinesFromRle(rle).map(({ outer, holes }) =>
    holes.reduce(
      (mask, hole) => subtractRle(mask, rleFromPolygon(hole, height, width)),
      rleFromPolygon(outer, height, width),
    ),
  );
  assertSameMask(mergeRles(outlines, 'union'), rle);
  const bridged = polygonsFromRle(rle, { holes: 'bridge' });
  assertSameMask(rleFromSegmentation(bridged, height, width), rle);
}

/** The same pixels: runs of length zero in the middle say nothing. */
function assertSameMask(actual: Rle, expected: Rle): void {
  assert.deepEqual([actual.height, actual.width], [expected.height, expected.width]);
  assert.deepEqual(withoutEmptyRuns(actual), withoutEmptyRuns(expected));
}

function withoutEmptyRuns({ counts }: Rle): number[] {
  const ends: number[] = [];
  let position = 0;
  for (const count of counts) {
    position += count;
    if (ends.length > 0 && ends.at(-1) === position) ends.pop();
    else ends.push(position);
  }
  return ends.filter((end) => end < position);
}
