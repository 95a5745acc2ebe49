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

/**
 * A mask as runs along the rows of its picture: start and end of each, pixels counted row by row, ends not included. Runs
 * that touch are one, also over the end of a row.
 */
export type RowRuns = number[];

export function rleFromRowRuns(runs: RowRuns, height: number, width: number): Rle {
  let [left, right] = [width, 0];
  for (let i = 0; i < runs.length; i += 2) {
    const [start, last] = [runs[i], runs[i + 1] - 1];
    const isOneRow = Math.floor(start / width) === Math.floor(last / width);
    left = Math.min(left, isOneRow ? start % width : 0);
    right = Math.max(right, isOneRow ? (last % width) + 1 : width);
  }
  if (runs.length === 0) return { height, width, counts: Uint32Array.of(height * width) };
  const top = Math.floor(runs[0] / width);
  const bottom = Math.floor((runs[runs.length - 1] - 1) / width) + 1;
  const size = { width: right - left, height: bottom - top };
  const pixels = new Uint8Array(size.width * size.height);
  for (let i = 0; i < runs.length; i += 2) {
    for (let at = runs[i]; at < runs[i + 1]; ) {
      const y = Math.floor(at / width);
      const end = Math.min(runs[i + 1], (y + 1) * width);
      const row = (y - top) * size.width - left - y * width;
      pixels.fill(1, row + at, row + end);
      at = end;
    }
  }
  return rleFromCrop({ left, top, ...size, pixels }, height, width);
}

export function rowRunsOfRle(rle: Rle): RowRuns {
  const runs: RowRuns = [];
  const crop = cropOfRle(rle);
  if (crop === undefined) return runs;
  for (let y = 0; y < crop.height; y++) {
    const row = (crop.top + y) * rle.width + crop.left;
    for (let x = 0; x < crop.width; x++) {
      if (crop.pixels[y * crop.width + x] === 0) continue;
      const start = x;
      while (x < crop.width && crop.pixels[y * crop.width + x] !== 0) x++;
      if (runs.length > 0 && runs[runs.length - 1] === row + start) runs[runs.length - 1] = row + x;
      else runs.push(row + start, row + x);
    }
  }
  return runs;
}
