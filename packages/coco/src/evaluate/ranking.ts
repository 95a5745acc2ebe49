// The right and wrong detections of a slot in the order of their score, reduced to what precision and
// recall need: where the right ones stand, and how many wrong ones stand before each.

import { outcome, type SlotOutcomes } from './outcomes.ts';

/** Some detections of a ranking, in its order. */
export interface Ranked {
  count: number;
  /** Place of each in the slot. */
  readonly place: Int32Array;
  /** How many false positives stand before each. */
  readonly falsePositives: Int32Array;
}

export function allocateRanked(count: number): Ranked {
  return { count: 0, place: new Int32Array(count), falsePositives: new Int32Array(count) };
}

/** How many detections stand among the first `limit` of their group. */
export function countWithin({ count, ranks }: SlotOutcomes, limit: number): number {
  let within = 0;
  for (let place = 0; place < count; place++) if (ranks[place] < limit) within++;
  return within;
}

/**
 * Overwrites `contested` with the detections whose outcome depends on the threshold, and counts the false
 * positives among the others before each: that part is the same at every threshold.
 * @param limit only the first so many detections of a group are looked at
 */
export function listContested(
  contested: Ranked,
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

/** Overwrites the hits at each threshold with the true positives in area range `a`. */
export function listHits(
  hitsByThreshold: readonly Ranked[],
  contested: Ranked,
  { contestedRow, ofContested, truthCounts }: SlotOutcomes,
  a: number,
): void {
  const T = hitsByThreshold.length;
  const contestedFalsePositives = new Int32Array(T);
  for (const hits of hitsByThreshold) hits.count = 0;
  for (let i = 0; i < contested.count; i++) {
    const place = contested.place[i];
    const first = (contestedRow[place] * truthCounts.length + a) * T;
    for (let t = 0; t < T; t++) {
      const of = ofContested[first + t];
      if (of === outcome.falsePositive) contestedFalsePositives[t]++;
      else if (of === outcome.truePositive) {
        const hits = hitsByThreshold[t];
        hits.place[hits.count] = place;
        hits.falsePositives[hits.count] = contested.falsePositives[i] + contestedFalsePositives[t];
        hits.count++;
      }
    }
  }
}
