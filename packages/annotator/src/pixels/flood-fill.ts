// The magic wand: pixels of nearly the colour of one that was clicked. Contiguous regions are filled stretch by stretch of a
// row (Smith, "Tint fill", 1979), so every pixel is looked at three times at most.

import type { Box } from '../geometry/box.ts';
import { clamp, type ImagePoint, type Size } from '../geometry/point.ts';
import { emptyTiles, type TiledMask, tileSide } from '../mask/tiled-mask.ts';
import { boxBlur } from './box-blur.ts';
import type { PixelBuffer } from './pixel-buffer.ts';

export interface FloodFillOptions {
  /** How far a colour may be from the one that was clicked, 0 to 255 in each channel. */
  readonly threshold: number;
  readonly isContiguous: boolean;
  /** Radius of the box blur before comparing; 0 for none. */
  readonly blurPixels: number;
}

/** @example floodFill(pixels, { x: 20, y: 30 }, { threshold: 24, isContiguous: true, blurPixels: 0 }) */
export function floodFill(
  picture: PixelBuffer,
  seed: ImagePoint,
  { threshold, isContiguous, blurPixels }: FloodFillOptions,
): TiledMask {
  const pixels = blurPixels > 0 ? boxBlur(picture, blurPixels) : picture;
  const { width, height, rgba } = pixels;
  const x = clamp(Math.floor(seed.x), 0, width - 1);
  const y = clamp(Math.floor(seed.y), 0, height - 1);
  const at = 4 * (y * width + x);
  const [red, green, blue] = [rgba[at], rgba[at + 1], rgba[at + 2]];
  const marks = likeness(pixels, [red, green, blue], threshold);
  if (!isContiguous) return tilesFromRows(marks, alike, { width, height }, [0, 0, width, height]);
  const box = fillFrom(marks, x, y, width, height);
  return tilesFromRows(marks, inside, { width, height }, box);
}

/** What is known of a pixel. */
const alike = 1;
const inside = 2;

/** All pixels at once, by a table for each channel: that takes no longer than looking at those of a large region twice. */
function likeness(
  { width, height, rgba }: PixelBuffer,
  colour: readonly number[],
  threshold: number,
): Uint8Array {
  const [reds, greens, blues] = colour.map((value) =>
    Uint8Array.from({ length: 256 }, (_, other) => (Math.abs(other - value) <= threshold ? 1 : 0)),
  );
  const marks = new Uint8Array(width * height);
  for (let pixel = 0, byte = 0; pixel < marks.length; pixel++, byte += 4) {
    marks[pixel] = reds[rgba[byte]] & greens[rgba[byte + 1]] & blues[rgba[byte + 2]];
  }
  return marks;
}

/** Marks what hangs together with a pixel; its box. */
function fillFrom(marks: Uint8Array, x: number, y: number, width: number, height: number): Box {
  let [first, last, leftmost, rightmost] = [y * width, y * width, x, x + 1];
  const pending = [y * width + x];
  for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
    if (marks[pixel] !== alike) continue;
    const row = pixel - (pixel % width);
    const rowEnd = row + width;
    let left = pixel;
    while (left > row && marks[left - 1] === alike) left--;
    let right = pixel + 1;
    while (right < rowEnd && marks[right] === alike) right++;
    marks.fill(inside, left, right);
    first = Math.min(first, row);
    last = Math.max(last, row);
    leftmost = Math.min(leftmost, left - row);
    rightmost = Math.max(rightmost, right - row);
    if (row > 0) findStretches(pending, marks, left - width, right - width);
    if (rowEnd < width * height) findStretches(pending, marks, left + width, right + width);
  }
  return [leftmost, first / width, rightmost - leftmost, (last - first) / width + 1];
}

/** Notes one pixel of every stretch that is alike in part of a row. */
function findStretches(pending: number[], marks: Uint8Array, start: number, end: number): void {
  for (let pixel = start; pixel < end; pixel++) {
    if (marks[pixel] === alike && (pixel === start || marks[pixel - 1] !== alike)) {
      pending.push(pixel);
    }
  }
}

/** Turns rows into tiles, whose pixels run down the columns; tile by tile, so that both stay in the cache. */
function tilesFromRows(
  marks: Uint8Array,
  wanted: number,
  picture: Size,
  [boxLeft, boxTop, boxWidth, boxHeight]: Box,
): TiledMask {
  const mask = emptyTiles(picture);
  const tiles = mask.tiles.slice();
  const tileStart = (pixel: number) => pixel - (pixel % tileSide);
  for (let left = tileStart(boxLeft); left < boxLeft + boxWidth; left += tileSide) {
    for (let top = tileStart(boxTop); top < boxTop + boxHeight; top += tileSide) {
      const right = Math.min(boxLeft + boxWidth, left + tileSide);
      const bottom = Math.min(boxTop + boxHeight, top + tileSide);
      const tile = new Uint8Array(tileSide * tileSide);
      let count = 0;
      for (let y = Math.max(top, boxTop); y < bottom; y++) {
        const row = y * picture.width;
        for (let x = Math.max(left, boxLeft); x < right; x++) {
          const isInside = marks[row + x] === wanted ? 1 : 0;
          tile[(x - left) * tileSide + y - top] = isInside;
          count += isInside;
        }
      }
      if (count > 0) tiles[(left / tileSide) * mask.rows + top / tileSide] = tile;
    }
  }
  return { ...mask, tiles };
}
