// Parts of pictures.

import type { Raster } from './raster.ts';

/** Left, top, width, height; pixels of the picture, as COCO has them. */
export type PictureBox = readonly [x: number, y: number, width: number, height: number];

/**
 * An object cut out of its picture: at least one pixel, and nothing beyond the picture. Nothing of what is around it either:
 * that would be compared, too (`bench/similar-objects.ts`).
 *
 * @example
 * cutOut({ width: 100, height: 80, data }, [10, 10, 20, 40]); // 20 × 40 pixels
 */
export function cutOut({ width, height, data }: Raster, [x, y, w, h]: PictureBox): Raster {
  const [left, right] = stretch(x, x + w, width);
  const [top, bottom] = stretch(y, y + h, height);
  const part = new Uint8Array(3 * (right - left) * (bottom - top));
  for (let row = top; row < bottom; row++) {
    const from = 3 * (row * width + left);
    part.set(data.subarray(from, from + 3 * (right - left)), 3 * (row - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, data: part };
}

/** The whole pixels from one place to another, within `length` of them. */
function stretch(from: number, to: number, length: number): [from: number, to: number] {
  const first = Math.min(length - 1, Math.max(0, Math.floor(from)));
  return [first, Math.min(length, Math.max(first + 1, Math.ceil(to)))];
}
