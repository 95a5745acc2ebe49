// The magic wand: pixels of nearly the colour of one that was clicked. Contiguous regions are filled stretch by stretch of a
// row (Smith, "Tint fill", 1979), so every pixel is looked at three times at most.

import { clamp, type ImagePoint } from '../geometry/point.ts';
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
  const isLike = (pixel: number): boolean => {
    const byte = 4 * pixel;
    return (
      Math.abs(rgba[byte] - red) <= threshold &&
      Math.abs(rgba[byte + 1] - green) <= threshold &&
      Math.abs(rgba[byte + 2] - blue) <= threshold
    );
  };
  const inside = new Uint8Array(width * height);
  if (isContiguous) fillFrom(inside, x, y, width, height, isLike);
  else for (let pixel = 0; pixel < inside.length; pixel++) if (isLike(pixel)) inside[pixel] = 1;
  return tilesFromRows(inside, width, height);
}

function fillFrom(
  inside: Uint8Array,
  x: number,
  y: number,
  width: number,
  height: number,
  isLike: (pixel: number) => boolean,
): void {
  const pending = [y * width + x];
  for (let pixel = pending.pop(); pixel !== undefined; pixel = pending.pop()) {
    if (inside[pixel] === 1) continue;
    const row = pixel - (pixel % width);
    let left = pixel;
    while (left > row && inside[left - 1] === 0 && isLike(left - 1)) left--;
    let right = pixel + 1;
    const rowEnd = row + width;
    while (right < rowEnd && inside[right] === 0 && isLike(right)) right++;
    inside.fill(1, left, right);
    if (row > 0) findStretches(pending, inside, left - width, right - width, isLike);
    if (row / width < height - 1)
      findStretches(pending, inside, left + width, right + width, isLike);
  }
}

/** Notes one pixel of every stretch that is alike in part of a row. */
function findStretches(
  pending: number[],
  inside: Uint8Array,
  start: number,
  end: number,
  isLike: (pixel: number) => boolean,
): void {
  let isInStretch = false;
  for (let pixel = start; pixel < end; pixel++) {
    const belongs = inside[pixel] === 0 && isLike(pixel);
    if (belongs && !isInStretch) pending.push(pixel);
    isInStretch = belongs;
  }
}

/** Turns rows into tiles, whose pixels run down the columns; tile by tile, so that both stay in the cache. */
function tilesFromRows(inside: Uint8Array, width: number, height: number): TiledMask {
  const mask = emptyTiles({ width, height });
  const tiles = mask.tiles.slice();
  for (let left = 0; left < width; left += tileSide) {
    for (let top = 0; top < height; top += tileSide) {
      const right = Math.min(width, left + tileSide);
      const bottom = Math.min(height, top + tileSide);
      const tile = new Uint8Array(tileSide * tileSide);
      let count = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          if (inside[y * width + x] === 0) continue;
          tile[(x - left) * tileSide + y - top] = 1;
          count++;
        }
      }
      if (count > 0) tiles[(left / tileSide) * mask.rows + top / tileSide] = tile;
    }
  }
  return { ...mask, tiles };
}
