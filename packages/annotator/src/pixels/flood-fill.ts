// The magic wand: pixels of nearly the colour of one that was clicked. Contiguous regions are filled stretch by stretch of a
// row (Smith, "Tint fill", 1979); a stretch is marked as soon as it is found, so no colour is looked at twice.

import type { Rle } from '@migaki/coco';
import { clamp, type ImagePoint } from '../geometry/point.ts';
import { rleFromRows } from '../mask/rle-from-rows.ts';
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
): Rle {
  const pixels = blurPixels > 0 ? boxBlur(picture, blurPixels) : picture;
  const x = clamp(Math.floor(seed.x), 0, pixels.width - 1);
  const y = clamp(Math.floor(seed.y), 0, pixels.height - 1);
  const isAlike = likenessTo(pixels, y * pixels.width + x, threshold);
  const rows = isContiguous ? rowsFrom(x, y, pixels, isAlike) : allRows(pixels, isAlike);
  return rleFromRows(rows, pixels);
}

/** A pixel is looked at as one number, and each channel compared at both ends at once: beyond 0 numbers wrap around. */
function likenessTo(
  { rgba }: PixelBuffer,
  seed: number,
  threshold: number,
): (pixel: number) => boolean {
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const [red, green, blue] = [0, 1, 2].map((channel) => rgba[4 * seed + channel] - threshold);
  const span = 2 * threshold;
  return (pixel) => {
    const word = words[pixel];
    return (
      ((word & 255) - red) >>> 0 <= span &&
      (((word >>> 8) & 255) - green) >>> 0 <= span &&
      (((word >>> 16) & 255) - blue) >>> 0 <= span
    );
  };
}

/** The edges of each row in all of the picture. */
function allRows({ width, height }: PixelBuffer, isAlike: (pixel: number) => boolean): number[][] {
  return Array.from({ length: height }, (_, y) => {
    const edges: number[] = [];
    let wasAlike = false;
    for (let x = 0; x < width; x++) {
      if (isAlike(y * width + x) === wasAlike) continue;
      wasAlike = !wasAlike;
      edges.push(x);
    }
    if (wasAlike) edges.push(width);
    return edges;
  });
}

/** Pixels of a row from `start` up to `end` that are alike, as many as there are. */
interface Stretch {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** From which this one was found, above or below it. */
  readonly by: Stretch | null;
}

/** The edges of each row in what hangs together with a pixel. */
function rowsFrom(
  seedX: number,
  seedY: number,
  { width, height }: PixelBuffer,
  isAlike: (pixel: number) => boolean,
): Int32Array[] {
  const isFound = new Uint8Array(width * height);
  const stretches: Stretch[] = [];
  /** Finds every stretch that has a pixel between two columns of a row. */
  const findIn = (row: number, from: number, to: number, by: Stretch | null): void => {
    if (row < 0 || row >= height) return;
    const first = row * width;
    for (let x = from; x < to; x++) {
      if (isFound[first + x] === 1 || !isAlike(first + x)) continue;
      let start = x;
      while (start > 0 && isAlike(first + start - 1)) start--;
      while (x + 1 < width && isAlike(first + x + 1)) x++;
      isFound.fill(1, first + start, first + x + 1);
      stretches.push({ row, start, end: x + 1, by });
    }
  };
  findIn(seedY, seedX, seedX + 1, null);
  // Those that are found meanwhile have their turn, too.
  for (const stretch of stretches) {
    const { row, start, end, by } = stretch;
    for (const beside of [row - 1, row + 1]) {
      if (beside !== by?.row) {
        findIn(beside, start, end, stretch);
        continue;
      }
      // What lies along the stretch from which this one was found is known.
      findIn(beside, start, by.start, stretch);
      findIn(beside, by.end, end, stretch);
    }
  }
  const rows = Array.from({ length: height }, (): number[] => []);
  for (const { row, start, end } of stretches) rows[row].push(start, end);
  return rows.map((edges) => Int32Array.from(edges).sort());
}
