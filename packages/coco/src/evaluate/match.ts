// Which detection finds which truth: the greedy matching of `evaluateImg` in pycocotools 2.0.11.
// Detections choose in the order of their score; each takes the truth it is most alike, at equal
// similarity the later one, and a truth that is not ignored before any that is.

import type { RowRange } from './rows.ts';

/** In place of a truth's row where a detection has found none. */
export const unmatched = -1;

/**
 * The pairs of one group that are alike enough to match at the lowest threshold, and the detections that
 * have such pairs. Most have none, so matching at every threshold and in every area range looks at few
 * pairs, and most groups need not be matched at all.
 */
export interface Candidates {
  /** How many detections have candidates. */
  count: number;
  /** Their rows, by descending score. */
  readonly detection: Int32Array;
  /** The candidates of the i-th of them lie from `start[i]` to `start[i + 1]`, by ascending truth. */
  readonly start: Int32Array;
  /** Row of the truth. */
  readonly truth: Int32Array;
  readonly similarity: Float64Array;
}

/** Room for groups of up to so many detections and pairs. */
export function allocateCandidates(detectionCount: number, pairCount: number): Candidates {
  return {
    count: 0,
    detection: new Int32Array(detectionCount),
    start: new Int32Array(detectionCount + 1),
    truth: new Int32Array(pairCount),
    similarity: new Float64Array(pairCount),
  };
}

/** pycocotools keeps thresholds a hair below 1, so that a similarity of 1 passes a threshold of 1. */
export function effectiveThreshold(threshold: number): number {
  return Math.min(threshold, 1 - 1e-10);
}

/**
 * Overwrites `candidates` with the pairs of one group.
 * @param similarities detections × truths, detection by detection
 * @param mayMatch leaves out further pairs of rows where given
 */
export function collectCandidates(
  candidates: Candidates,
  similarities: Float64Array,
  detections: RowRange,
  truths: RowRange,
  lowestThreshold: number,
  mayMatch?: (detection: number, truth: number) => boolean,
): void {
  const threshold = effectiveThreshold(lowestThreshold);
  let pairCount = 0;
  candidates.count = 0;
  for (let d = 0; d < detections.count; d++) {
    const firstPair = pairCount;
    const row = d * truths.count;
    // Nothing is below a NaN: in pycocotools one makes any truth after it a match.
    const lowest = hasNaN(similarities, row, truths.count) ? Number.NEGATIVE_INFINITY : threshold;
    for (let t = 0; t < truths.count; t++) {
      const similarity = similarities[row + t];
      if (similarity < lowest) continue;
      if (mayMatch?.(detections.first + d, truths.first + t) === false) continue;
      candidates.truth[pairCount] = truths.first + t;
      candidates.similarity[pairCount] = similarity;
      pairCount++;
    }
    if (pairCount === firstPair) continue;
    candidates.detection[candidates.count] = detections.first + d;
    candidates.start[candidates.count] = firstPair;
    candidates.count++;
  }
  candidates.start[candidates.count] = pairCount;
}

function hasNaN(values: Float64Array, start: number, count: number): boolean {
  for (let i = start; i < start + count; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** How many pairs pass a threshold. Thresholds that as many pairs pass, the same pairs pass. */
export function countPassing(candidates: Candidates, threshold: number): number {
  const lowest = effectiveThreshold(threshold);
  let count = 0;
  for (let c = 0; c < candidates.start[candidates.count]; c++) {
    if (!(candidates.similarity[c] < lowest)) count++;
  }
  return count;
}

/**
 * Matches the detections of one group at one threshold.
 * @param ignored,crowd flags by truth row
 * @param taken scratch by truth row, 0 for the truths of this group
 * @param found receives for the i-th detection with candidates the row of its truth, or `unmatched`
 */
export function matchGroup(
  candidates: Candidates,
  ignored: Uint8Array,
  crowd: Uint8Array,
  threshold: number,
  taken: Uint8Array,
  found: Int32Array,
): void {
  const lowest = effectiveThreshold(threshold);
  for (let i = 0; i < candidates.count; i++) {
    let match = unmatched;
    for (let turn = 0; turn < 2 && match === unmatched; turn++) {
      let best = lowest;
      for (let c = candidates.start[i]; c < candidates.start[i + 1]; c++) {
        const truth = candidates.truth[c];
        if (ignored[truth] !== turn) continue;
        if (taken[truth] === 1 && crowd[truth] === 0) continue;
        if (candidates.similarity[c] < best) continue;
        best = candidates.similarity[c];
        match = truth;
      }
    }
    found[i] = match;
    if (match !== unmatched) taken[match] = 1;
  }
}
