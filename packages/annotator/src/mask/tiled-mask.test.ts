import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitmapFromRle, rleArea, rleBbox, rleFromBbox, rleFromBitmap } from '@migaki/coco';
import fc from 'fast-check';
import { moveWithin } from '../geometry/box.ts';
import { type Brush, fillSegment } from './brush.ts';
import { maskOfRegions, rleContains } from './mask-of.ts';
import { shiftedRle } from './move-mask.ts';
import { emptyTiles, rleFromTiles, tilesContain, tilesFromRle, withColumns } from './tiled-mask.ts';

/** Larger than a tile each way, and no multiple of one. */
const picture = { width: 300, height: 270 };
const box = fc.tuple(
  fc.integer({ min: -20, max: 300 }),
  fc.integer({ min: -20, max: 280 }),
  fc.integer({ min: 0, max: 320 }),
  fc.integer({ min: 0, max: 280 }),
);

test('tiles and run lengths say the same', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(box, fc.boolean()), { maxLength: 5 }), (boxes) => {
      let mask = emptyTiles(picture);
      const bitmap = new Uint8Array(picture.width * picture.height);
      for (const [[left, top, width, height], isInside] of boxes) {
        mask = withColumns(mask, isInside ? 1 : 0, (fill) => {
          for (let x = left; x < left + width; x++) fill(x, top, top + height);
        });
        for (let y = Math.max(0, top); y < Math.min(270, top + height); y++) {
          const row = y * 300;
          bitmap.fill(
            isInside ? 1 : 0,
            row + Math.min(300, Math.max(0, left)),
            row + Math.min(300, Math.max(0, left + width)),
          );
        }
      }
      const rle = rleFromTiles(mask);
      assert.deepEqual(rle, rleFromBitmap(bitmap, picture.height, picture.width));
      assert.deepEqual(rleFromTiles(tilesFromRle(rle)), rle);
    }),
    { numRuns: 50 },
  );
});

test('a state with more painted leaves the one before as it was, and shares its tiles', () => {
  const before = tilesFromRle(rleFromBbox([0, 0, 10, 10], 600, 600));
  const after = withColumns(before, 1, (fill) => fill(500, 500, 510));
  assert.equal(rleArea(rleFromTiles(before)), 100);
  assert.equal(rleArea(rleFromTiles(after)), 110);
  assert.equal(after.tiles[0], before.tiles[0]);
});

test('single pixels are found in tiles and in runs', () => {
  const rle = rleFromBbox([250, 200, 20, 30], picture.height, picture.width);
  const tiles = tilesFromRle(rle);
  const bitmap = bitmapFromRle(rle);
  for (let y = -2; y < 272; y += 3) {
    for (let x = -2; x < 302; x += 3) {
      const isIn = x >= 0 && y >= 0 && x < 300 && y < 270 && bitmap[y * 300 + x] === 1;
      assert.equal(tilesContain(tiles, x, y), isIn);
      assert.equal(rleContains(rle, { x: x + 0.5, y: y + 0.5 }), isIn);
    }
  }
});

test('a mask that is moved has the same pixels elsewhere', () => {
  const [width, height] = [9, 7];
  const pixels = fc.array(fc.boolean(), { minLength: 63, maxLength: 63 });
  fc.assert(
    fc.property(
      pixels,
      fc.integer({ min: -9, max: 9 }),
      fc.integer({ min: -7, max: 7 }),
      (isInside, wishX, wishY) => {
        const bitmap = Uint8Array.from(isInside, (inside, i) =>
          inside && (i * 7) % 11 < 3 ? 1 : 0,
        );
        const rle = rleFromBitmap(bitmap, height, width);
        const { dx, dy } = moveWithin(rleBbox(rle), { dx: wishX, dy: wishY }, { width, height });
        const moved = new Uint8Array(63);
        bitmap.forEach((value, i) => {
          if (value === 1) moved[i + dy * width + dx] = 1;
        });
        assert.deepEqual(shiftedRle(rle, dx, dy), rleFromBitmap(moved, height, width));
      },
    ),
  );
});

const coordinate = fc.double({ min: -20, max: 80, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const brush: fc.Arbitrary<Brush> = fc.record({
  shape: fc.constantFrom('round', 'square'),
  sizePixels: fc.integer({ min: 1, max: 30 }),
});

test('a stroke has the pixels whose centres the brush passes over', () => {
  const size = { width: 60, height: 60 };
  fc.assert(
    fc.property(brush, point, point, (tip, from, to) => {
      const mask = withColumns(emptyTiles(size), 1, (fill) => fillSegment(fill, tip, from, to));
      const radius = tip.sizePixels / 2;
      const awayAt = (x: number, y: number, share: number) => {
        const dx = Math.abs(x - from.x - share * (to.x - from.x));
        const dy = Math.abs(y - from.y - share * (to.y - from.y));
        return tip.shape === 'round' ? Math.hypot(dx, dy) : Math.max(dx, dy);
      };
      for (let y = 0; y < 60; y += 2) {
        for (let x = 0; x < 60; x += 2) {
          const shares = Array.from({ length: 401 }, (_, i) => i / 400);
          const away = Math.min(...shares.map((share) => awayAt(x + 0.5, y + 0.5, share)));
          // The way is sampled: close to the border either answer is right, and the pixel under an end is always in.
          const isUnderAnEnd = [from, to].some(
            (p) => Math.floor(p.x) === x && Math.floor(p.y) === y,
          );
          if (isUnderAnEnd || Math.abs(away - radius) < 0.2) continue;
          assert.equal(tilesContain(mask, x, y), away < radius, `${x}, ${y}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('the smallest brush always paints the pixel under the pointer', () => {
  const tip: Brush = { shape: 'round', sizePixels: 1 };
  const at = { x: 10.02, y: 20.98 };
  const mask = withColumns(emptyTiles(picture), 1, (fill) => fillSegment(fill, tip, at, at));
  assert.equal(tilesContain(mask, 10, 20), true);
  assert.equal(rleArea(rleFromTiles(mask)), 1);
});

test('a stroke beside the picture paints nothing and breaks nothing', () => {
  const tip: Brush = { shape: 'round', sizePixels: 20 };
  const mask = withColumns(emptyTiles(picture), 1, (fill) =>
    fillSegment(fill, tip, { x: -500, y: -500 }, { x: 900, y: -400 }),
  );
  assert.equal(rleArea(rleFromTiles(mask)), 0);
});

test('regions give the mask of their outer rings without their holes', () => {
  const outer = [10, 10, 40, 10, 40, 40, 10, 40];
  const hole = [20, 20, 30, 20, 30, 30, 20, 30];
  assert.equal(rleArea(maskOfRegions([{ outer, holes: [hole] }], picture)), 800);
  assert.equal(rleArea(maskOfRegions([], picture)), 0);
});
