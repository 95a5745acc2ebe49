// Precision at given recalls, the recall reached, and the best operating point of one slot:
// `accumulate` of pycocotools 2.0.11. Only the hits of a ranking are looked at: recall rises at a hit
// alone, and between two hits precision only falls.

import { bestF1 } from './best-f1.ts';
import type { SlotOutcomes } from './outcomes.ts';
import { allocateRanked, countWithin, listContested, listHits, type Ranked } from './ranking.ts';
import type { ScoreTables } from './score-tables.ts';

/** Fills the part of the tables that belongs to category `k`. */
export function accumulate(tables: ScoreTables, k: number, slot: SlotOutcomes): void {
  const { T, K, A, M } = tables.shape;
  const { maxDetections, recallThresholds } = tables.params;
  const contested = allocateRanked(slot.count);
  const hitsByThreshold = Array.from({ length: T }, () => allocateRanked(slot.count));
  const envelope = new Float64Array(slot.count);
  const within = maxDetections.map((limit) => countWithin(slot, limit));
  tables.truthCounts.set(slot.truthCounts, k * A);
  tables.detectionCounts[k] = within[M - 1];

  for (let a = 0; a < A; a++) {
    const truthCount = slot.truthCounts[a];
    if (truthCount === 0) continue;
    const hitsNeeded = recallThresholds.map((recall) => hitsForRecall(recall, truthCount));
    for (let m = M - 1; m >= 0; m--) {
      if (within[m] === within[m + 1]) {
        copyLimit(tables, k, a, m + 1, m);
        continue;
      }
      listContested(contested, slot, a, maxDetections[m]);
      listHits(hitsByThreshold, contested, slot, a);
      for (const [t, hits] of hitsByThreshold.entries()) {
        raiseEnvelope(envelope, hits);
        tables.recall[((t * K + k) * A + a) * M + m] = hits.count / truthCount;
        sampleCurve(tables, { t, k, a, m }, hitsNeeded, hits, envelope, slot.scores, within[m]);
        if (m < M - 1) continue;
        const best = bestF1(hits, slot, a, t);
        tables.bestF1[(t * K + k) * A + a] = best.f1;
        tables.bestF1Score[(t * K + k) * A + a] = best.score;
      }
    }
  }
}

/** Where no picture has more detections than the lower limit, both limits have the same curves. */
function copyLimit(tables: ScoreTables, k: number, a: number, from: number, to: number): void {
  const { T, R, K, A, M } = tables.shape;
  for (let t = 0; t < T; t++) {
    const recall = ((t * K + k) * A + a) * M;
    tables.recall[recall + to] = tables.recall[recall + from];
    for (let r = 0; r < R; r++) {
      const cell = (((t * R + r) * K + k) * A + a) * M;
      tables.precision[cell + to] = tables.precision[cell + from];
      tables.scores[cell + to] = tables.scores[cell + from];
    }
  }
}

/**
 * Writes precision and score at each recall threshold. The first detection of a ranking is within every
 * limit but 0, and reaches a recall of 0.
 */
function sampleCurve(
  tables: ScoreTables,
  { t, k, a, m }: { t: number; k: number; a: number; m: number },
  hitsNeeded: readonly number[],
  hits: Ranked,
  envelope: Float64Array,
  scores: Float64Array,
  detectionCount: number,
): void {
  const { R, K, A, M } = tables.shape;
  let isReached = detectionCount > 0;
  for (let r = 0; r < R; r++) {
    const needed = hitsNeeded[r];
    // From the first recall that is not reached, pycocotools leaves all the others at 0 too.
    isReached &&= needed <= hits.count;
    const hit = needed === 0 ? 0 : needed - 1;
    const place = needed === 0 ? 0 : hits.place[hit];
    const cell = (((t * R + r) * K + k) * A + a) * M + m;
    tables.precision[cell] = isReached && hits.count > 0 ? envelope[hit] : 0;
    tables.scores[cell] = isReached ? scores[place] : 0;
  }
}

/** The smallest number of hits h with h / truthCount ≥ recall as doubles divide; Infinity for a recall above 1. */
function hitsForRecall(recall: number, truthCount: number): number {
  if (recall > 1) return Number.POSITIVE_INFINITY;
  let hits = Math.max(0, Math.ceil(recall * truthCount));
  while (hits > 0 && (hits - 1) / truthCount >= recall) hits--;
  while (hits / truthCount < recall) hits++;
  return hits;
}

/** Precision at each hit, raised to the best of any later one. */
function raiseEnvelope(envelope: Float64Array, hits: Ranked): void {
  let best = 0;
  for (let hit = hits.count - 1; hit >= 0; hit--) {
    const precision = (hit + 1) / (hits.falsePositives[hit] + (hit + 1) + Number.EPSILON);
    if (precision > best) best = precision;
    envelope[hit] = best;
  }
}
