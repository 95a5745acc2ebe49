// Intersection over union of boxes and of masks: `bbIou` and `rleIou` of pycocotools' maskApi.c, with
// the same arithmetic in the same order, so that even boxes with NaN and masks whose runs do not add up
// get the same numbers. Checked against pycocotools 2.0.11.

import { type Rle, rleArea, writeRleBbox } from './rle.ts';

// Scratch memory, kept between calls.
let dtBoxes: Float64Array = new Float64Array(256);
let gtBoxes: Float64Array = new Float64Array(256);

/**
 * Overlap of two boxes `[x, y, width, height]`: intersection over union, or over the detection alone
 * where the ground truth is a crowd region.
 *
 * @example
 * bboxIou([0, 0, 2, 2], [1, 0, 2, 2], false); // 1/3
 */
export function bboxIou(dt: ArrayLike<number>, gt: ArrayLike<number>, gtIsCrowd: boolean): number {
  return bboxIouAt(dt, 0, gt, 0, gtIsCrowd);
}

/**
 * Overlaps of all pairs of boxes: element `d × gts.length + g` is that of detection d and ground truth g.
 */
export function bboxIous(
  dts: readonly ArrayLike<number>[],
  gts: readonly ArrayLike<number>[],
  gtIsCrowd: readonly boolean[],
): Float64Array {
  const ious = new Float64Array(dts.length * gts.length);
  let pair = 0;
  for (const dt of dts) {
    for (let g = 0; g < gts.length; g++) ious[pair++] = bboxIou(dt, gts[g], gtIsCrowd[g]);
  }
  return ious;
}

/**
 * Overlap of two masks, defined like {@link bboxIou}; −1 when their pictures differ in size (and their
 * boxes overlap: masks far apart have 0, whatever their pictures).
 */
export function rleIou(dt: Rle, gt: Rle, gtIsCrowd: boolean): number {
  return rleIous([dt], [gt], [gtIsCrowd])[0];
}

/**
 * Overlaps of all pairs of masks: element `d × gts.length + g` is that of detection d and ground truth g.
 * Never throws for runs that do not add up, as the evaluation of whatever a model wrote must go on.
 */
export function rleIous(
  dts: readonly Rle[],
  gts: readonly Rle[],
  gtIsCrowd: readonly boolean[],
): Float64Array {
  const ious = new Float64Array(dts.length * gts.length);
  dtBoxes = writeBboxes(dts, dtBoxes);
  gtBoxes = writeBboxes(gts, gtBoxes);
  let pair = 0;
  for (let d = 0; d < dts.length; d++) {
    for (let g = 0; g < gts.length; g++) {
      const iou = bboxIouAt(dtBoxes, 4 * d, gtBoxes, 4 * g, gtIsCrowd[g]);
      ious[pair++] = iou > 0 ? runsIou(dts[d], gts[g], gtIsCrowd[g]) : iou;
    }
  }
  return ious;
}

/** Four numbers for each mask, into `boxes` or into a larger array where they do not fit. */
function writeBboxes(rles: readonly Rle[], boxes: Float64Array): Float64Array {
  const fitting = boxes.length < 4 * rles.length ? new Float64Array(8 * rles.length) : boxes;
  for (let index = 0; index < rles.length; index++) writeRleBbox(rles[index], fitting, 4 * index);
  return fitting;
}

function bboxIouAt(
  dts: ArrayLike<number>,
  d: number,
  gts: ArrayLike<number>,
  g: number,
  gtIsCrowd: boolean,
): number {
  const dtX = dts[d];
  const dtY = dts[d + 1];
  const gtX = gts[g];
  const gtY = gts[g + 1];
  const width = lesser(dts[d + 2] + dtX, gts[g + 2] + gtX) - greater(dtX, gtX);
  if (width <= 0) return 0;
  const height = lesser(dts[d + 3] + dtY, gts[g + 3] + gtY) - greater(dtY, gtY);
  if (height <= 0) return 0;
  const dtArea = dts[d + 2] * dts[d + 3];
  const intersection = width * height;
  const union = gtIsCrowd ? dtArea : dtArea + gts[g + 2] * gts[g + 3] - intersection;
  return intersection / union;
}

/** C's `fmin`: the other one where one is NaN, unlike `Math.min`. */
function lesser(a: number, b: number): number {
  return a < b || Number.isNaN(b) ? a : b;
}

/** C's `fmax`. */
function greater(a: number, b: number): number {
  return a > b || Number.isNaN(b) ? a : b;
}

/**
 * Walks both lists of runs at once. Where pycocotools stops early (both masks have a run of length zero
 * at the same place) so does this; where it never ends (one mask is shorter) the shorter one is the end.
 */
function runsIou(dt: Rle, gt: Rle, gtIsCrowd: boolean): number {
  if (dt.height !== gt.height || dt.width !== gt.width) return -1;
  const dtCounts = dt.counts;
  const gtCounts = gt.counts;
  const dtRuns = dtCounts.length;
  const gtRuns = gtCounts.length;
  let dtLeft = dtCounts[0];
  let gtLeft = gtCounts[0];
  let dtRun = 1;
  let gtRun = 1;
  let intersection = 0;
  let union = 0;
  for (;;) {
    // A run's parity tells whether it is inside; `dtRun` and `gtRun` are already one ahead of it.
    const step = Math.min(dtLeft, gtLeft);
    const dtIsInside = (dtRun & 1) === 0;
    const gtIsInside = (gtRun & 1) === 0;
    if (dtIsInside || gtIsInside) {
      union = (union + step) >>> 0;
      if (dtIsInside && gtIsInside) intersection = (intersection + step) >>> 0;
    }
    dtLeft = (dtLeft - step) >>> 0;
    gtLeft = (gtLeft - step) >>> 0;
    let isStuck = step === 0;
    if (dtLeft === 0 && dtRun < dtRuns) {
      dtLeft = dtCounts[dtRun++];
      isStuck = false;
    }
    if (gtLeft === 0 && gtRun < gtRuns) {
      gtLeft = gtCounts[gtRun++];
      isStuck = false;
    }
    if (isStuck || (dtLeft + gtLeft) >>> 0 === 0) break;
  }
  if (intersection === 0) return 0;
  return intersection / (gtIsCrowd ? rleArea(dt) : union);
}
