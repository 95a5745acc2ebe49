// The text form of a mask, as COCO files carry it in `counts`: each run as its difference from the
// run two before (from the fourth run on), in groups of five bits, lowest first, one character from
// "0" (48) to "o" (111) a group; the sixth bit says that more follow, the last group's top bit is the
// sign (`rleToString` and `rleFrString` in pycocotools' maskApi.c). Checked against pycocotools 2.0.11.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { CompressedRle, UncompressedRle } from '../types.ts';
import { checkPictureSize, grown, type Rle } from './rle.ts';

const firstCharCode = 48;
/** Seven groups of five bits hold any difference of two 32-bit run lengths. */
const maxCharsPerRun = 7;

let runs = new Uint32Array(1024);
const charCodes = new Uint8Array(4096);

/**
 * Reads the text form. Whether the runs add up to the picture is not asked here, as pycocotools does
 * not ask either; see `checkRle`. `where` names the mask in errors.
 *
 * @throws CocoError `bad-rle` for a character outside "0" to "o", a run of more than seven characters
 * and a text that ends in the middle of a run, all of which pycocotools reads as it may.
 *
 * @example
 * rleFromText("52203", 3, 4).counts; // Uint32Array [5, 2, 2, 2, 5]
 */
export function rleFromText(counts: string, height: number, width: number, where = 'counts'): Rle {
  checkPictureSize(height, width, where);
  const runCount = readRuns(counts, where);
  return { height, width, counts: runs.slice(0, runCount) };
}

/** How many pixels are inside, as `rleArea` counts them: three times as fast as making the mask first. */
export function areaFromText(counts: string, where = 'counts'): number {
  const runCount = readRuns(counts, where);
  let area = 0;
  for (let run = 1; run < runCount; run += 2) area = (area + runs[run]) >>> 0;
  return area;
}

/** Reads the text into `runs`, and returns how many runs it has. */
function readRuns(counts: string, where: string): number {
  const length = counts.length;
  let runCount = 0;
  let last = 0;
  let beforeLast = 0;
  let index = 0;
  while (index < length) {
    let group = counts.charCodeAt(index++) - firstCharCode;
    if (group >>> 0 > 63) throw badCharacter(counts, index - 1, where);
    // Shifting up and down again copies the sign bit into all higher ones.
    let value = (group << 27) >> 27;
    if (group > 31) {
      value = group & 31;
      let bits = 5;
      do {
        if (bits === 5 * maxCharsPerRun) throw badRunLength(counts, index, where);
        if (index === length) throw truncated(counts, where);
        group = counts.charCodeAt(index++) - firstCharCode;
        if (group >>> 0 > 63) throw badCharacter(counts, index - 1, where);
        value |= (group & 31) << bits;
        bits += 5;
      } while (group > 31);
      if (bits < 32) value = (value << (32 - bits)) >> (32 - bits);
    }
    value = (value + beforeLast) | 0;
    if (runCount === runs.length) runs = grown(runs, runCount + 1);
    runs[runCount] = value;
    beforeLast = last;
    // The third run is written as it is, not as a difference from the first.
    last = runCount === 0 ? 0 : value;
    runCount++;
  }
  return runCount;
}

/** The text form of a mask's runs (pycocotools' `counts`). */
export function textFromRle({ counts }: Rle): string {
  let text = '';
  let length = 0;
  for (let run = 0; run < counts.length; run++) {
    if (length > charCodes.length - maxCharsPerRun) {
      text += textFromCharCodes(length);
      length = 0;
    }
    // The difference of two 32-bit numbers takes 33 bits: shifting comes after the first division.
    const difference = run > 2 ? counts[run] - counts[run - 2] : counts[run];
    let group = difference & 31;
    let rest = Math.floor(difference / 32);
    while (rest !== ((group & 16) === 0 ? 0 : -1)) {
      charCodes[length++] = firstCharCode + (group | 32);
      group = rest & 31;
      rest >>= 5;
    }
    charCodes[length++] = firstCharCode + group;
  }
  return text + textFromCharCodes(length);
}

function textFromCharCodes(length: number): string {
  // `apply` takes any array-like, which its type does not say, and is 10 times faster than spreading.
  const codes = charCodes.subarray(0, length) as unknown as number[];
  return String.fromCharCode.apply(null, codes);
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
    expected: phrase`characters from "0" to "o"`,
    found: phrase`${JSON.stringify(counts[index])} as character ${index} of ${counts.length}`,
  });
}

function badRunLength(counts: string, index: number, where: string): CocoError {
  return new CocoError('bad-rle', {
    where,
    expected: phrase`runs of at most ${maxCharsPerRun} characters`,
    found: phrase`a longer one, up to character ${index} of ${counts.length}`,
  });
}

function truncated(counts: string, where: string): CocoError {
  return new CocoError('bad-rle', {
    where,
    expected: phrase`a text that ends with a whole run`,
    found: phrase`one that ends in the middle of a run, after character ${counts.length - 1}`,
    advice: phrase`The text was cut off.`,
  });
}
