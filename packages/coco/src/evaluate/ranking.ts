// The right and wrong detections of a slot in the order of their score, reduced to what precision and
// recall need: where the right ones stand, and how many wrong ones stand before each.

import { outcome, outcomeAt, type SlotOutcomes } from './outcomes.ts';

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

/** Overwrites `hits` with the true positives in area range `a` at threshold `t`. */
export function listHits(
  hits: Ranked,
  contested: Ranked,
  slot: SlotOutcomes,
  a: number,
  t: number,
): void {
  let falsePositives = 0;
  hits.count = 0;
  for (let i = 0; i < contested.count; i++) {
    const place = contested.place[i];
    const of = outcomeAt(slot, place, a, t);
    if (of === outcome.falsePositive) falsePositives++;
    else if (of === outcome.truePositive) {
      hits.place[hits.count] = place;
      hits.falsePositives[hits.count] = contested.falsePositives[i] + falsePositives;
      hits.count++;
    }
  }
}
