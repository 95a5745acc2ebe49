// Every detection of a slot as right, wrong or ignored, in each area range and at each threshold.

import { ignoredTruths, isOutside } from './area-range.ts';
import { detectionRange, largestSizes, slotDetectionRange, truthRange } from './groups.ts';
import {
  allocateCandidates,
  collectCandidates,
  countPassing,
  matchGroup,
  unmatched,
} from './match.ts';
import type { Prepared } from './prepare.ts';
import type { RowRange } from './rows.ts';
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
 * @param onReached told of the first detection row of each group before it is matched
 */
export function slotMatcher(
  prepared: Prepared,
  similarity: Similarity | null,
  onReached: (detection: number) => void = () => {},
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
  const found = new Int32Array(room.groupDetections);
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

  /** Writes the outcomes of the group's contested detections, whose first row is `firstRow`. */
  const matchAtEverySetting = (firstRow: number, truthRows: RowRange) => {
    let passedBefore = -1;
    for (let t = 0; t < T; t++) {
      const passing = countPassing(candidates, iouThresholds[t]);
      for (let a = 0; a < A; a++) {
        const first = (firstRow * A + a) * T + t;
        if (passing === passedBefore) {
          for (let i = 0; i < candidates.count; i++) {
            ofContested[first + i * A * T] = ofContested[first + i * A * T - 1];
          }
          continue;
        }
        const ignored = ignoredByArea[a];
        taken.fill(0, truthRows.first, truthRows.first + truthRows.count);
        matchGroup(candidates, ignored, truths.crowd, iouThresholds[t], taken, found);
        for (let i = 0; i < candidates.count; i++) {
          const isOnIgnored = found[i] !== unmatched && ignored[found[i]] === 1;
          // A match with annotation 0 counts as none: 0 is how pycocotools writes "no match".
          const isHit = found[i] !== unmatched && truths.idIsZero[found[i]] === 0;
          const place = placeOfRow[candidates.detection[i]];
          ofContested[first + i * A * T] = isOnIgnored
            ? outcome.ignored
            : isHit
              ? outcome.truePositive
              : ofUnmatched[a * slotOutcomes.count + place];
        }
      }
      passedBefore = passing;
    }
  };

  const matchSlot = (slot: number, measure: Similarity) => {
    let contestedCount = 0;
    for (let group = groups.slotStart[slot]; group < groups.slotStart[slot + 1]; group++) {
      onReached(groups.detectionStart[group]);
      const detectionRows = detectionRange(groups, group, maxDetections);
      const truthRows = truthRange(groups, group);
      if (detectionRows.count === 0 || truthRows.count === 0) continue;
      measure(detectionRows, truthRows, similarities);
      collectCandidates(candidates, similarities, detectionRows, truthRows, lowestThreshold);
      if (candidates.count === 0) continue;
      matchAtEverySetting(contestedCount, truthRows);
      for (let i = 0; i < candidates.count; i++) {
        contestedRow[placeOfRow[candidates.detection[i]]] = contestedCount++;
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
