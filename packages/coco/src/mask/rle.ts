// The in-memory form of a mask: run lengths down the columns, as COCO's own tools keep them
// (the `RLE` of pycocotools' maskApi.c). Checked bit by bit against pycocotools 2.0.11.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { Bbox } from '../types.ts';

/**
 * A binary mask as run lengths. The picture is read column by column, top to bottom; `counts` holds the
 * lengths of the runs in turn, zeros first (so `counts[0]` is 0 when the top left pixel is inside).
 * The runs add up to `height × width`; masks read from a file may break that rule, see {@link checkRle}.
 */
export interface Rle {
  readonly height: number;
  readonly width: number;
  readonly counts: Uint32Array;
}

/** Positions in a picture are 32-bit numbers here, as they are in pycocotools. */
const maxPixels = 2 ** 32 - 1;

let runs = new Uint32Array(1024);

/**
 * @throws CocoError `bad-rle` unless both are whole numbers of pixels, at most 2³² − 1 of them in all.
 */
export function checkPictureSize(height: number, width: number, where = 'size'): void {
  const isSize = Number.isInteger(height) && Number.isInteger(width) && height >= 0 && width >= 0;
  // Each side for itself too: a picture of no rows may not be 10³⁰⁰ columns wide.
  if (isSize && Math.max(height, width, height * width) <= maxPixels) return;
  throw new CocoError('bad-rle', {
    where,
    expected: isSize
      ? phrase`a picture of less than 2^32 pixels`
      : phrase`a height and a width in whole pixels, zero or more`,
    found: `${height} × ${width}`,
  });
}

/**
 * Makes sure that a mask describes its picture: a proper size, and runs that add up to it.
 *
 * @throws CocoError `bad-rle`, naming `where`.
 *
 * @example
 * checkRle(rleFromText("52203", 3, 4), "annotations[7].segmentation");
 */
export function checkRle(rle: Rle, where = 'mask'): void {
  checkPictureSize(rle.height, rle.width, where);
  const pixels = rle.height * rle.width;
  let sum = 0;
  for (const count of rle.counts) sum += count;
  if (sum === pixels) return;
  throw new CocoError('bad-rle', {
    where,
    expected: phrase`runs that add up to ${pixels} pixels (${rle.height} × ${rle.width})`,
    found: phrase`${sum} pixels in ${rle.counts.length} runs`,
    advice: phrase`Is size [height, width], and the mask of this picture?`,
  });
}

/**
 * The mask of a bitmap of `height × width` bytes in rows, every byte but 0 being inside
 * (pycocotools' `encode`, which wants columns and just 0 and 1).
 *
 * @throws CocoError `bad-rle` when the bitmap has another number of bytes.
 *
 * @example
 * rleFromBitmap(Uint8Array.of(0, 1, 0, 1), 2, 2).counts; // Uint32Array [2, 2]
 */
export function rleFromBitmap(bitmap: Uint8Array, height: number, width: number): Rle {
  checkPictureSize(height, width, 'bitmap');
  if (bitmap.length !== height * width) {
    throw new CocoError('bad-rle', {
      where: 'bitmap',
      expected: phrase`${height * width} bytes (${height} × ${width})`,
      found: phrase`${bitmap.length} bytes`,
    });
  }
  let runCount = 0;
  let runLength = 0;
  let isInside = false;
  for (let x = 0; x < width; x++) {
    // A column of n pixels ends at most n runs; the last run of all is ended below.
    if (runs.length < runCount + height + 1) runs = grown(runs, runCount + height + 1);
    for (let index = x; index < bitmap.length; index += width) {
      if ((bitmap[index] !== 0) !== isInside) {
        runs[runCount++] = runLength;
        runLength = 0;
        isInside = !isInside;
      }
      runLength++;
    }
  }
  runs[runCount++] = runLength;
  return { height, width, counts: runs.slice(0, runCount) };
}

/**
 * The mask as `height × width` bytes in rows, 1 inside and 0 outside (pycocotools' `decode`).
 *
 * @throws CocoError `bad-rle` when the runs do not add up to the picture.
 *
 * @example
 * bitmapFromRle({ height: 2, width: 2, counts: Uint32Array.of(2, 2) }); // Uint8Array [0, 1, 0, 1]
 */
export function bitmapFromRle(rle: Rle): Uint8Array {
  checkRle(rle);
  const { height, width, counts } = rle;
  const bitmap = new Uint8Array(height * width);
  let x = 0;
  let y = 0;
  for (let run = 0; run < counts.length; run++) {
    const isInside = run % 2 === 1;
    let left = counts[run];
    while (left > 0) {
      const yEnd = Math.min(height, y + left);
      left -= yEnd - y;
      if (isInside) for (let row = y; row < yEnd; row++) bitmap[row * width + x] = 1;
      y = yEnd;
      if (y === height) {
        y = 0;
        x++;
      }
    }
  }
  return bitmap;
}

/** How many pixels are inside. Like pycocotools' `area`, it takes the runs as they are, modulo 2³². */
export function rleArea({ counts }: Rle): number {
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area = (area + counts[run]) >>> 0;
  return area;
}

/** The smallest box around all pixels inside, `[0, 0, 0, 0]` for no runs (pycocotools' `toBbox`). */
export function rleBbox(rle: Rle): Bbox {
  const bbox: Bbox = [0, 0, 0, 0];
  writeRleBbox(rle, bbox, 0);
  return bbox;
}

/**
 * {@link rleBbox} into four elements of `boxes` from `offset` on. All arithmetic is that of C's
 * `unsigned int`, so that masks whose runs do not add up get the very boxes that pycocotools gives them.
 */
export function writeRleBbox(
  { height, width, counts }: Rle,
  boxes: number[] | Float64Array,
  offset: number,
): void {
  const pairedRuns = counts.length & ~1;
  // No runs inside; and where a picture without rows has some, pycocotools divides by zero.
  if (pairedRuns === 0 || height === 0) {
    boxes[offset] = boxes[offset + 1] = boxes[offset + 2] = boxes[offset + 3] = 0;
    return;
  }
  let firstColumnStart = width * height;
  let lastColumnStart = 0;
  let yMin = height;
  let yMax = 0;
  let columnStart = 0;
  let position = 0;
  for (let run = 1; run < pairedRuns; run += 2) {
    const start = (position + counts[run - 1]) >>> 0;
    position = (start + counts[run]) >>> 0;
    if (counts[run] === 0) continue;
    // Most runs begin in the same column as the one before or in the next: dividing would be a waste.
    let y = start - columnStart;
    if (y >= height) {
      columnStart += height;
      y -= height;
    }
    if (y >= height || y < 0) {
      y = start % height;
      columnStart = start - y;
    }
    let yLast = y + counts[run] - 1;
    let endColumnStart = columnStart;
    if (yLast >= height || position < start) {
      const last = (position - 1) >>> 0;
      yLast = last % height;
      endColumnStart = last - yLast;
      if (columnStart < endColumnStart) {
        y = 0;
        yLast = height - 1;
      }
    }
    if (columnStart < firstColumnStart) firstColumnStart = columnStart;
    if (endColumnStart > lastColumnStart) lastColumnStart = endColumnStart;
    if (y < yMin) yMin = y;
    if (yLast > yMax) yMax = yLast;
  }
  boxes[offset] = firstColumnStart / height;
  boxes[offset + 1] = yMin;
  boxes[offset + 2] = ((lastColumnStart - firstColumnStart) / height + 1) >>> 0;
  boxes[offset + 3] = (yMax - yMin + 1) >>> 0;
}

/** A larger array with the same start: how the scratch arrays of this folder grow. */
export function grown(runs: Uint32Array, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, runs.length * 2));
  larger.set(runs);
  return larger;
}
