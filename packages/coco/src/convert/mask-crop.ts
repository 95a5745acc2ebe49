// The part of a mask that has something in it: tools that keep pixels keep them for a rectangle of the picture.

import { type Rle, rleBbox } from '../mask/rle.ts';
import type { Bitmap } from './png/mask-png.ts';

/** A bitmap and where its top left pixel lies in the picture. */
export interface MaskCrop extends Bitmap {
  left: number;
  top: number;
}

/** The mask of a picture of `height × width` pixels; what lies beyond the picture is left out. */
export function rleFromCrop(crop: MaskCrop, height: number, width: number): Rle {
  const counts: number[] = [];
  /** Where the last run of ones ended, counted down the columns. */
  let end = 0;
  const rowStart = Math.max(0, -crop.top);
  const rowEnd = Math.min(crop.height, height - crop.top);
  const columnEnd = Math.min(crop.width, width - crop.left);
  for (let x = Math.max(0, -crop.left); x < columnEnd; x++) {
    const column = (crop.left + x) * height + crop.top;
    for (let y = rowStart; y < rowEnd; y++) {
      if (crop.pixels[y * crop.width + x] === 0) continue;
      const first = y;
      while (y < rowEnd && crop.pixels[y * crop.width + x] !== 0) y++;
      // A run that fills a column to its end goes on at the head of the next.
      if (column + first === end && counts.length > 0) counts[counts.length - 1] += y - first;
      else counts.push(column + first - end, y - first);
      end = column + y;
    }
  }
  if (end < height * width) counts.push(height * width - end);
  return { height, width, counts: Uint32Array.from(counts) };
}

/** The smallest rectangle around the mask, or undefined for a mask without pixels. */
export function cropOfRle(rle: Rle): MaskCrop | undefined {
  const [left, top, width, height] = rleBbox(rle);
  if (width * height === 0) return undefined;
  const pixels = new Uint8Array(width * height);
  let start = 0;
  rle.counts.forEach((length, run) => {
    for (let at = start; run % 2 === 1 && at < start + length; at++) {
      const x = Math.floor(at / rle.height) - left;
      pixels[((at % rle.height) - top) * width + x] = 1;
    }
    start += length;
  });
  return { left, top, width, height, pixels };
}
