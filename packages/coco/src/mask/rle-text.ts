// The text form of a mask, as COCO files carry it in `counts`: each run as its difference from the
// run two before (from the fourth run on), in groups of five bits, lowest first, one character from
// "0" (48) to "o" (111) a group; the sixth bit says that more follow, the last group's top bit is the
// sign (`rleToString` and `rleFrString` in pycocotools' maskApi.c). Checked against pycocotools 2.0.11.

import { CocoError } from '../coco-error.ts';
import type { CompressedRle, UncompressedRle } from '../types.ts';
import { checkPictureSize, grown, type Rle } from './rle.ts';

const firstCharCode = 48;
/** Seven groups of five bits hold any difference of two 32-bit run lengths. */
const maxCharsPerRun = 7;

let runs = new Uint32Array(1024);
const charCodes = new Uint8Array(4096);

/**
 * Reads the text form. Whether the runs add up to the picture is not asked here, as pycocotools does
 * not ask either; see `checkRle`.
 *
 * @throws CocoError `bad-rle` for a character outside "0" to "o", a run of more than seven characters
 * and a text that ends in the middle of a run, all of which pycocotools reads as it may.
 *
 * @example
 * rleFromText("52203", 3, 4).counts; // Uint32Array [5, 2, 2, 2, 5]
 */
export function rleFromText(counts: string, height: number, width: number, where = 'counts'): Rle {
  checkPictureSize(height, width, where);
  let runCount = 0;
  let value = 0;
  let shift = 0;
  for (let index = 0; index < counts.length; index++) {
    const group = counts.charCodeAt(index) - firstCharCode;
    if (group < 0 || group > 63) throw badCharacter(counts, index, where);
    value |= (group & 31) << shift;
    shift += 5;
    if ((group & 32) !== 0) {
      if (shift === 5 * maxCharsPerRun) throw badRunLength(counts, index, where);
      continue;
    }
    if ((group & 16) !== 0 && shift < 32) value |= -1 << shift;
    if (runCount === runs.length) runs = grown(runs, runCount + 1);
    runs[runCount] = runCount > 2 ? value + runs[runCount - 2] : value;
    runCount++;
    value = 0;
    shift = 0;
  }
  if (shift !== 0) throw truncated(counts, where);
  return { height, width, counts: runs.slice(0, runCount) };
}

/** The text form of a mask's runs (pycocotools' `counts`). */
export function textFromRle({ counts }: Rle): string {
  let length = 0;
  let text = '';
  for (let run = 0; run < counts.length; run++) {
    if (charCodes.length < length + maxCharsPerRun) {
      text += String.fromCharCode(...charCodes.subarray(0, length));
      length = 0;
    }
    let difference = run > 2 ? counts[run] - counts[run - 2] : counts[run];
    for (;;) {
      const group = difference & 31;
      difference = Math.floor(difference / 32);
      const isLast = difference === ((group & 16) !== 0 ? -1 : 0);
      charCodes[length++] = firstCharCode + (isLast ? group : group | 32);
      if (isLast) break;
    }
  }
  return text + String.fromCharCode(...charCodes.subarray(0, length));
}

/**
 * The mask as most COCO files hold it.
 *
 * @example
 * annotation.segmentation = compressedFromRle(rle); // { size: [3, 4], counts: "52203" }
 */
export function compressedFromRle(rle: Rle): CompressedRle {
  return { size: [rle.height, rle.width], counts: textFromRle(rle) };
}

/** The mask as COCO's own crowd annotations hold it: plain run lengths. */
export function uncompressedFromRle(rle: Rle): UncompressedRle {
  return { size: [rle.height, rle.width], counts: Array.from(rle.counts) };
}

function badCharacter(counts: string, index: number, where: string): CocoError {
  return new CocoError('bad-rle', {
    where,
    expected: 'characters from "0" to "o"',
    found: `${JSON.stringify(counts[index])} as character ${index} of ${counts.length}`,
  });
}

function badRunLength(counts: string, index: number, where: string): CocoError {
  return new CocoError('bad-rle', {
    where,
    expected: `runs of at most ${maxCharsPerRun} characters`,
    found: `a longer one, up to character ${index} of ${counts.length}`,
  });
}

function truncated(counts: string, where: string): CocoError {
  return new CocoError('bad-rle', {
    where,
    expected: 'a text that ends with a whole run',
    found: `one that ends in the middle of a run, after character ${counts.length - 1}`,
    advice: 'The text was cut off.',
  });
}
