// Set operations on masks, run by run (`rleMerge` in pycocotools' maskApi.c). Checked against
// pycocotools 2.0.11, which differs in two cases that no tool writes on purpose: masks of several sizes
// (an empty mask of size 0 × 0 there, an error here) and runs of length zero inside a mask (there the
// result may end too early).

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import { grown, type Rle } from './rle.ts';

/** Truth tables: bit `2·a + b` says whether a pixel that is inside of a, of b, is inside of the result. */
const truthTables = { union: 0b1110, intersection: 0b1000, difference: 0b0100 } as const;

let scratch = new Uint32Array(1024);

/**
 * The union or intersection of masks of one size; without any mask, the empty mask of a picture of 0 × 0
 * pixels, as pycocotools has it.
 *
 * @throws CocoError `bad-rle` when sizes differ, or runs do not add up to the same number of pixels.
 *
 * @example
 * const whole = mergeRles([rleFromPolygon(left, 480, 640), rleFromPolygon(right, 480, 640)], "union");
 */
export function mergeRles(rles: readonly Rle[], how: 'union' | 'intersection'): Rle {
  if (rles.length === 0) return { height: 0, width: 0, counts: new Uint32Array(0) };
  let merged = rles[0];
  for (let index = 1; index < rles.length; index++) {
    merged = combine(merged, rles[index], truthTables[how], `mask ${index}`);
  }
  return merged;
}

/**
 * What is inside of `a` and outside of `b`.
 *
 * @throws CocoError `bad-rle` when sizes differ, or runs do not add up to the same number of pixels.
 */
export function subtractRle(a: Rle, b: Rle): Rle {
  return combine(a, b, truthTables.difference, 'the mask to subtract');
}

function combine(a: Rle, b: Rle, truthTable: number, where: string): Rle {
  const end = sum(a.counts);
  checkFit(a, b, end, where);
  const runsNeeded = a.counts.length + b.counts.length + 1;
  if (scratch.length < runsNeeded) scratch = grown(scratch, runsNeeded);
  const aCounts = a.counts;
  const bCounts = b.counts;
  const runs = scratch;
  let aRun = 0;
  let bRun = 0;
  let aEnd = aCounts[0] ?? 0;
  let bEnd = bCounts[0] ?? 0;
  let runCount = 0;
  let runStart = 0;
  let isInside = 0;
  for (;;) {
    const position = Math.min(aEnd, bEnd);
    if (position === end) break;
    // More than once where runs of length zero follow.
    while (aEnd === position) aEnd += aCounts[++aRun];
    while (bEnd === position) bEnd += bCounts[++bRun];
    const isInsideNow = (truthTable >> (((aRun & 1) << 1) | (bRun & 1))) & 1;
    if (isInsideNow !== isInside) {
      runs[runCount++] = position - runStart;
      runStart = position;
      isInside = isInsideNow;
    }
  }
  runs[runCount++] = end - runStart;
  return { height: a.height, width: a.width, counts: runs.slice(0, runCount) };
}

function checkFit(a: Rle, b: Rle, aSum: number, where: string): void {
  const bSum = sum(b.counts);
  if (a.height === b.height && a.width === b.width && aSum === bSum) return;
  throw new CocoError('bad-rle', {
    where,
    expected: phrase`${aSum} pixels in a picture of ${a.height} × ${a.width}, like the masks before`,
    found: phrase`${bSum} pixels in a picture of ${b.height} × ${b.width}`,
  });
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (let run = 0; run < counts.length; run++) total += counts[run];
  return total;
}
