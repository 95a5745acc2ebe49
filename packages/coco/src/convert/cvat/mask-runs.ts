// CVAT's pixel masks: run lengths along the rows of the mask's own rectangle, zeros first, where COCO's go
// down the columns of the whole picture.

import { type Rle, rleBbox } from '../../mask/rle.ts';
import { phrase } from '../../phrase.ts';
import { cropOfRle, rleFromCrop } from '../mask-crop.ts';
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
    throw badInput(where, phrase`a mask inside the picture (${width} × ${height})`, found);
  }
  return rleFromCrop({ ...mask, pixels: pixelsOf(mask, where) }, height, width);
}

/** The mask in the smallest rectangle around it; undefined for one without a pixel or too large to be turned. */
export function cvatMaskFromRle(rle: Rle): CvatMask | undefined {
  const [, , width, height] = rleBbox(rle);
  const crop = width * height > MOST_PIXELS ? undefined : cropOfRle(rle);
  if (crop === undefined) return undefined;
  const { left, top, pixels } = crop;
  const runs: number[] = [];
  let value = 0;
  let runStart = 0;
  for (let at = 0; at <= pixels.length; at++) {
    if (pixels[at] === value) continue;
    runs.push(at - runStart);
    runStart = at;
    value = 1 - value;
  }
  return { runs, left, top, width, height };
}

function pixelsOf({ runs, width, height }: CvatMask, where: string): Uint8Array {
  const count = width * height;
  if (count > MOST_PIXELS) {
    throw badInput(where, phrase`a mask of at most ${MOST_PIXELS} pixels`, `${width} × ${height}`);
  }
  const pixels = new Uint8Array(count);
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i];
    if (!Number.isInteger(run) || run < 0 || at + run > count) {
      throw badInput(where, phrase`runs of pixels that add up to ${count}`, shown(run));
    }
    if (i % 2 === 1) pixels.fill(1, at, at + run);
    at += run;
  }
  return pixels;
}
