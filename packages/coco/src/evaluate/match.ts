// Which detection finds which truth: the greedy matching of `evaluateImg` in pycocotools 2.0.11.
// Detections choose in the order of their score; each takes the truth it is most alike, at equal
// similarity the later one, and a truth that is not ignored before any that is.

import type { RowRange } from './rows.ts';

/** In place of a candidate where a detection has found no truth. */
export const unmatched = -1;

/**
 * The pairs of one group that are alike enough to match at the lowest threshold. Most pairs are not, so
 * matching at every threshold and in every area range looks at few pairs, and at none in most groups.
 */
export interface Candidates {
  /** The candidates of a group's detection d lie from `start[d]` to `start[d + 1]`, by ascending truth. */
  readonly start: Int32Array;
  /** Row of the truth. */
  readonly truth: Int32Array;
  readonly similarity: Float64Array;
}

/** Room for groups of up to so many detections and pairs. */
export function allocateCandidates(detectionCount: number, pairCount: number): Candidates {
  return {
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
 * Overwrites `candidates` with the pairs of one group, and returns how many there are.
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
): number {
  const threshold = effectiveThreshold(lowestThreshold);
  let count = 0;
  for (let d = 0; d < detections.count; d++) {
    candidates.start[d] = count;
    const row = d * truths.count;
    // Nothing is below a NaN: in pycocotools one makes any truth after it a match.
    const lowest = hasNaN(similarities, row, truths.count) ? Number.NEGATIVE_INFINITY : threshold;
    for (let t = 0; t < truths.count; t++) {
      const similarity = similarities[row + t];
      if (similarity < lowest) continue;
      if (mayMatch?.(detections.first + d, truths.first + t) === false) continue;
      candidates.truth[count] = truths.first + t;
      candidates.similarity[count] = similarity;
      count++;
    }
  }
  candidates.start[detections.count] = count;
  return count;
}

function hasNaN(values: Float64Array, start: number, count: number): boolean {
  for (let i = start; i < start + count; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/**
 * Matches the detections of one group at one threshold.
 * @param ignored,crowd flags by truth row
 * @param taken scratch by truth row, 0 for the truths of this group
 * @param matches receives for each detection of the group its candidate's position, or `unmatched`
 */
export function matchGroup(
  candidates: Candidates,
  detectionCount: number,
  ignored: Uint8Array,
  crowd: Uint8Array,
  threshold: number,
  taken: Uint8Array,
  matches: Int32Array,
): void {
  const lowest = effectiveThreshold(threshold);
  for (let d = 0; d < detectionCount; d++) {
    const first = candidates.start[d];
    const end = candidates.start[d + 1];
    let match = unmatched;
    for (let turn = 0; turn < 2 && match === unmatched; turn++) {
      let best = lowest;
      for (let c = first; c < end; c++) {
        const truth = candidates.truth[c];
        if (ignored[truth] !== turn) continue;
        if (taken[truth] === 1 && crowd[truth] === 0) continue;
        if (candidates.similarity[c] < best) continue;
        best = candidates.similarity[c];
        match = c;
      }
    }
    matches[d] = match;
    if (match !== unmatched) taken[candidates.truth[match]] = 1;
  }
}
