// Precision at given recalls, the recall reached, and the best operating point, over the detections of
// a slot in the order of their score: `accumulate` of pycocotools 2.0.11.

import { bestF1, type Hits } from './best-f1.ts';
import { outcome, outcomeAt, type SlotOutcomes } from './outcomes.ts';
import type { EvaluationParams } from './params.ts';

/**
 * One number for each IoU threshold, (recall threshold,) category, area range and limit of detections;
 * the last index runs fastest. −1 where a category has no truth that counts.
 */
export interface ScoreTables {
  /** [T, R, K, A, M]: the best precision at this recall or a higher one; 0 past the recall reached. */
  readonly precision: Float64Array;
  /** [T, R, K, A, M]: the score from which on detections reach the recall; 0 where none do. */
  readonly scores: Float64Array;
  /** [T, K, A, M]: the recall of all detections together. */
  readonly recall: Float64Array;
  /** [T, K, A], under the largest limit of detections: the best F1 of any score threshold. */
  readonly bestF1: Float64Array;
  /** [T, K, A]: keep detections from this score on for the best F1; NaN where F1 is 0 or −1. */
  readonly bestF1Score: Float64Array;
  /** [K, A]: how many truths count. */
  readonly truthCounts: Int32Array;
  /** [K]: how many detections were looked at. */
  readonly detectionCounts: Int32Array;
}

export function allocateTables(params: EvaluationParams, slotCount: number): ScoreTables {
  const settings = slotCount * params.areaRanges.length;
  const perThreshold = settings * params.iouThresholds.length;
  const limits = params.maxDetections.length;
  const samples = params.recallThresholds.length;
  return {
    precision: new Float64Array(perThreshold * limits * samples).fill(-1),
    scores: new Float64Array(perThreshold * limits * samples).fill(-1),
    recall: new Float64Array(perThreshold * limits).fill(-1),
    bestF1: new Float64Array(perThreshold).fill(-1),
    bestF1Score: new Float64Array(perThreshold).fill(Number.NaN),
    truthCounts: new Int32Array(settings),
    detectionCounts: new Int32Array(slotCount),
  };
}

/** Returns a function that fills the tables for one slot. */
export function accumulator(
  params: EvaluationParams,
  slotCount: number,
  tables: ScoreTables,
): (slot: number, slotOutcomes: SlotOutcomes) => void {
  const { iouThresholds, recallThresholds, areaRanges, maxDetections } = params;
  const [T, R] = [iouThresholds.length, recallThresholds.length];
  const [K, A, M] = [slotCount, areaRanges.length, maxDetections.length];

  return (slot, slotOutcomes) => {
    const { count, scores, ranks, truthCounts } = slotOutcomes;
    const hits = { count: 0, place: new Int32Array(count), falsePositives: new Int32Array(count) };
    const envelope = new Float64Array(count);
    const contested: Contested = {
      count: 0,
      place: new Int32Array(count),
      falsePositives: new Int32Array(count),
    };
    tables.truthCounts.set(truthCounts, slot * A);

    for (let m = 0; m < M; m++) {
      const evaluatedCount = countBelow(ranks, count, maxDetections[m]);
      const firstPlace = ranks.subarray(0, count).findIndex((rank) => rank < maxDetections[m]);
      if (m === M - 1) tables.detectionCounts[slot] = evaluatedCount;
      for (let a = 0; a < A; a++) {
        const truthCount = truthCounts[a];
        if (truthCount === 0) continue;
        const hitsNeeded = recallThresholds.map((recall) => hitsForRecall(recall, truthCount));
        listContested(contested, slotOutcomes, a, maxDetections[m]);
        for (let t = 0; t < T; t++) {
          collectHits(hits, contested, slotOutcomes, a, t, T);
          raiseEnvelope(envelope, hits);
          tables.recall[((t * K + slot) * A + a) * M + m] = hits.count / truthCount;
          let isReached = evaluatedCount > 0;
          for (let r = 0; r < R; r++) {
            const needed = hitsNeeded[r];
            // From the first recall that is not reached, pycocotools leaves all the others at 0 too.
            isReached &&= needed <= hits.count;
            const index = (((t * R + r) * K + slot) * A + a) * M + m;
            const hit = Math.max(0, needed - 1);
            tables.precision[index] = isReached && hits.count > 0 ? envelope[hit] : 0;
            tables.scores[index] = isReached
              ? scores[needed === 0 ? firstPlace : hits.place[hit]]
              : 0;
          }
          if (m < M - 1) continue;
          const best = bestF1(
            hits,
            scores.subarray(0, count),
            truthCount,
            (place) =>
              ranks[place] < maxDetections[m] &&
              outcomeAt(slotOutcomes, place, a, t, T) === outcome.falsePositive,
          );
          tables.bestF1[(t * K + slot) * A + a] = best.f1;
          tables.bestF1Score[(t * K + slot) * A + a] = best.score;
        }
      }
    }
  };
}

/** The smallest number of hits h with h / truthCount ≥ recall as doubles divide; Infinity for a recall above 1. */
function hitsForRecall(recall: number, truthCount: number): number {
  if (!(recall <= 1)) return Number.POSITIVE_INFINITY;
  let hits = Math.max(0, Math.ceil(recall * truthCount));
  while (hits > 0 && (hits - 1) / truthCount >= recall) hits--;
  while (hits / truthCount < recall) hits++;
  return hits;
}

function countBelow(ranks: Int32Array, count: number, limit: number): number {
  let below = 0;
  for (let place = 0; place < count; place++) if (ranks[place] < limit) below++;
  return below;
}

/** The contested detections of a ranking, and how many uncontested wrong ones stand before each. */
type Contested = Hits;

function listContested(
  contested: Contested,
  { count, ranks, ofUnmatched, contestedRow }: SlotOutcomes,
  a: number,
  limit: number,
): void {
  let falsePositives = 0;
  contested.count = 0;
  for (let place = 0; place < count; place++) {
    if (ranks[place] >= limit) continue;
    if (contestedRow[place] !== -1) {
      contested.place[contested.count] = place;
      contested.falsePositives[contested.count] = falsePositives;
      contested.count++;
    } else if (ofUnmatched[a * count + place] === outcome.falsePositive) falsePositives++;
  }
}

function collectHits(
  hits: Hits,
  contested: Contested,
  { contestedRow, ofContested, truthCounts }: SlotOutcomes,
  a: number,
  t: number,
  thresholdCount: number,
): void {
  let falsePositives = 0;
  hits.count = 0;
  for (let i = 0; i < contested.count; i++) {
    const place = contested.place[i];
    const row = contestedRow[place] * truthCounts.length + a;
    const of = ofContested[row * thresholdCount + t];
    if (of === outcome.falsePositive) falsePositives++;
    else if (of === outcome.truePositive) {
      hits.place[hits.count] = place;
      hits.falsePositives[hits.count] = contested.falsePositives[i] + falsePositives;
      hits.count++;
    }
  }
}

/** Precision at each hit, raised to the best of any later one: between two hits precision only falls. */
function raiseEnvelope(envelope: Float64Array, hits: Hits): void {
  let best = 0;
  for (let hit = hits.count - 1; hit >= 0; hit--) {
    const precision = (hit + 1) / (hits.falsePositives[hit] + (hit + 1) + Number.EPSILON);
    if (precision > best) best = precision;
    envelope[hit] = best;
  }
}
