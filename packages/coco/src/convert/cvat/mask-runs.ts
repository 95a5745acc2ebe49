// CVAT's pixel masks: run lengths along the rows of the mask's own rectangle, zeros first, where COCO's go
// down the columns of the whole picture.

import type { Rle } from '../../mask/rle.ts';
import { rleBbox } from '../../mask/rle.ts';
import { badInput, shown } from '../text-file.ts';

/** A mask as the attributes of CVAT's `<mask>` state it. */
export interface CvatMask {
  /** Runs along the rows of the rectangle, zeros first; a last run of zeros may be missing. */
  runs: ArrayLike<number>;
  /** The rectangle in whole pixels. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** 16,384 × 16,384: pixels of a rectangle that is unpacked to be turned. */
const MOST_PIXELS = 2 ** 28;

/**
 * @param height Pixels of the picture, as `width`.
 * @throws CocoError `bad-format-input` for a rectangle that is not in the picture, and runs that do not fit into it.
 */
export function rleFromCvatMask(mask: CvatMask, height: number, width: number, where: string): Rle {
  const { left, top } = mask;
  if (left < 0 || top < 0 || left + mask.width > width || top + mask.height > height) {
    const found = `${mask.width} × ${mask.height} at ${left}, ${top}`;
    throw badInput(where, `a mask inside the picture (${width} × ${height})`, found);
  }
  const bitmap = bitmapOf(mask, where);
  const counts: number[] = [];
  let end = 0;
  for (let x = 0; x < mask.width; x++) {
    for (let y = 0; y < mask.height; y++) {
      if (bitmap[y * mask.width + x] === 0) continue;
      const firstRow = y;
      while (y < mask.height && bitmap[y * mask.width + x] === 1) y++;
      const start = (left + x) * height + top + firstRow;
      // A run that fills a column to its end goes on at the head of the next one.
      if (start === end && counts.length > 0) counts[counts.length - 1] += y - firstRow;
      else counts.push(start - end, y - firstRow);
      end = start + y - firstRow;
    }
  }
  if (end < height * width) counts.push(height * width - end);
  return { height, width, counts: Uint32Array.from(counts) };
}

/** The mask in the smallest rectangle around it; undefined for one without a pixel or too large to be turned. */
export function cvatMaskFromRle(rle: Rle): CvatMask | undefined {
  const [left, top, width, height] = rleBbox(rle);
  if (width * height === 0 || width * height > MOST_PIXELS) return undefined;
  const bitmap = new Uint8Array(width * height);
  let start = 0;
  rle.counts.forEach((length, index) => {
    if (index % 2 === 1) {
      for (let at = start; at < start + length; at++) {
        const x = Math.floor(at / rle.height);
        bitmap[((at % rle.height) - top) * width + x - left] = 1;
      }
    }
    start += length;
  });
  const runs: number[] = [];
  let value = 0;
  let runStart = 0;
  for (let at = 0; at <= bitmap.length; at++) {
    if (bitmap[at] === value) continue;
    runs.push(at - runStart);
    runStart = at;
    value = 1 - value;
  }
  return { runs, left, top, width, height };
}

function bitmapOf({ runs, width, height }: CvatMask, where: string): Uint8Array {
  const pixels = width * height;
  if (pixels > MOST_PIXELS) {
    throw badInput(where, `a mask of at most ${MOST_PIXELS} pixels`, `${width} × ${height}`);
  }
  const bitmap = new Uint8Array(pixels);
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i];
    if (!Number.isInteger(run) || run < 0 || at + run > pixels) {
      throw badInput(where, `runs of pixels that add up to ${pixels}`, shown(run));
    }
    if (i % 2 === 1) bitmap.fill(1, at, at + run);
    at += run;
  }
  return bitmap;
}
