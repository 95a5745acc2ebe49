// Every detection of a slot as right, wrong or ignored, in each area range and at each threshold.

import { ignoredTruths, isOutside } from './area-range.ts';
import { detectionRange, largestSizes, slotDetectionRange, truthRange } from './groups.ts';
import { allocateCandidates, collectCandidates, matchGroup, unmatched } from './match.ts';
import type { Prepared } from './prepare.ts';
import type { Similarity } from './similarity.ts';

export const outcome = { ignored: 0, truePositive: 1, falsePositive: 2 } as const;

/**
 * The detections of one slot, by descending score. Most of them are like no truth, and what they are
 * depends on the area range alone; the others are contested, and have an outcome for every setting.
 */
export interface SlotOutcomes {
  count: number;
  readonly scores: Float64Array;
  /** Place of each detection within its group, the highest score at 0. */
  readonly ranks: Int32Array;
  readonly thresholdCount: number;
  /** A × `count`: the outcome of each detection where it finds no truth. */
  readonly ofUnmatched: Uint8Array;
  /** Row of each detection in `ofContested`, or −1 where it is like no truth. */
  readonly contestedRow: Int32Array;
  /** Rows of A × T outcomes. */
  readonly ofContested: Uint8Array;
  /** How many truths count in each area range. */
  readonly truthCounts: Int32Array;
}

/**
 * Returns a function that matches one slot. What it returns is overwritten by its next call.
 * @param similarity null where no two objects are alike
 */
export function slotMatcher(
  prepared: Prepared,
  similarity: Similarity | null,
): (slot: number) => SlotOutcomes {
  const { params, truths, detections, groups } = prepared;
  const { areaRanges, iouThresholds } = params;
  const [A, T] = [areaRanges.length, iouThresholds.length];
  const maxDetections = params.maxDetections.at(-1)!;
  const lowestThreshold = Math.min(...iouThresholds);
  const ignoredByArea = areaRanges.map((range) => ignoredTruths(truths, range));

  const room = largestSizes(groups, maxDetections);
  const similarities = new Float64Array(room.groupPairs);
  const candidates = allocateCandidates(room.groupDetections, room.groupPairs);
  const matches = new Int32Array(room.groupDetections);
  const taken = new Uint8Array(truths.record.length);
  const placeOfRow = new Int32Array(detections.record.length);
  const slotOutcomes: SlotOutcomes = {
    count: 0,
    scores: new Float64Array(room.slotDetections),
    ranks: new Int32Array(room.slotDetections),
    thresholdCount: T,
    ofUnmatched: new Uint8Array(A * room.slotDetections),
    contestedRow: new Int32Array(room.slotDetections),
    ofContested: new Uint8Array(room.slotComparedDetections * A * T),
    truthCounts: new Int32Array(A),
  };
  const { scores, ranks, ofUnmatched, contestedRow, ofContested, truthCounts } = slotOutcomes;

  const countTruths = (slot: number) => {
    const first = groups.truthStart[groups.slotStart[slot]];
    const end = groups.truthStart[groups.slotStart[slot + 1]];
    for (let a = 0; a < A; a++) {
      let count = 0;
      for (let row = first; row < end; row++) count += 1 - ignoredByArea[a][row];
      truthCounts[a] = count;
    }
  };

  const listDetections = (slot: number) => {
    const { first, count } = slotDetectionRange(groups, slot);
    slotOutcomes.count = count;
    for (let place = 0; place < count; place++) {
      const row = detections.byScore[first + place];
      placeOfRow[row] = place;
      scores[place] = detections.score[row];
    }
    for (let group = groups.slotStart[slot]; group < groups.slotStart[slot + 1]; group++) {
      const start = groups.detectionStart[group];
      for (let row = start; row < groups.detectionStart[group + 1]; row++) {
        const place = placeOfRow[row];
        const rank = row - start;
        ranks[place] = rank;
        for (let a = 0; a < A; a++) {
          const isLeftOut = rank >= maxDetections || isOutside(detections.area[row], areaRanges[a]);
          ofUnmatched[a * count + place] = isLeftOut ? outcome.ignored : outcome.falsePositive;
        }
      }
    }
    contestedRow.fill(-1, 0, count);
  };

  const matchSlot = (slot: number, measure: Similarity) => {
    let contestedCount = 0;
    for (let group = groups.slotStart[slot]; group < groups.slotStart[slot + 1]; group++) {
      const detectionRows = detectionRange(groups, group, maxDetections);
      const truthRows = truthRange(groups, group);
      if (detectionRows.count === 0 || truthRows.count === 0) continue;
      measure(detectionRows, truthRows, similarities);
      const candidateCount = collectCandidates(
        candidates,
        similarities,
        detectionRows,
        truthRows,
        lowestThreshold,
      );
      if (candidateCount === 0) continue;
      const firstContested = contestedCount;
      for (let d = 0; d < detectionRows.count; d++) {
        if (candidates.start[d] === candidates.start[d + 1]) continue;
        contestedRow[placeOfRow[detectionRows.first + d]] = contestedCount++;
      }
      for (let a = 0; a < A; a++) {
        for (let t = 0; t < T; t++) {
          taken.fill(0, truthRows.first, truthRows.first + truthRows.count);
          matchGroup(
            candidates,
            detectionRows.count,
            ignoredByArea[a],
            truths.crowd,
            iouThresholds[t],
            taken,
            matches,
          );
          let row = firstContested;
          for (let d = 0; d < detectionRows.count; d++) {
            if (candidates.start[d] === candidates.start[d + 1]) continue;
            const place = placeOfRow[detectionRows.first + d];
            const truth = matches[d] === unmatched ? unmatched : candidates.truth[matches[d]];
            ofContested[(row++ * A + a) * T + t] =
              truth !== unmatched && ignoredByArea[a][truth] === 1
                ? outcome.ignored
                : // A match with annotation 0 counts as none: 0 is how pycocotools writes "no match".
                  truth !== unmatched && truths.idIsZero[truth] === 0
                  ? outcome.truePositive
                  : ofUnmatched[a * slotOutcomes.count + place];
          }
        }
      }
    }
  };

  return (slot) => {
    countTruths(slot);
    listDetections(slot);
    if (similarity !== null) matchSlot(slot, similarity);
    return slotOutcomes;
  };
}

/** The outcome of the detection at `place` in area range `a` at threshold `t`. */
export function outcomeAt(slot: SlotOutcomes, place: number, a: number, t: number): number {
  const row = slot.contestedRow[place];
  if (row === -1) return slot.ofUnmatched[a * slot.count + place];
  return slot.ofContested[(row * slot.truthCounts.length + a) * slot.thresholdCount + t];
}
