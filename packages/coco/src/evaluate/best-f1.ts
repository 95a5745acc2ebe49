// The score threshold at which a detector does best: where F1, the harmonic mean of precision and
// recall, is highest.

import { outcome, outcomeAt, type SlotOutcomes } from './outcomes.ts';
import type { Ranked } from './ranking.ts';

/**
 * The best F1 that a score threshold reaches, and that score; 0 and NaN where no detection is right.
 * F1 = 2 · TP / (truths + TP + FP). It can only rise at a hit, so only those are tried. A threshold keeps
 * all detections of equal score or none.
 * @param hits the true positives in area range `a` at threshold `t`, all limits aside
 */
export function bestF1(
  hits: Ranked,
  slot: SlotOutcomes,
  a: number,
  t: number,
): { f1: number; score: number } {
  const { count, scores } = slot;
  const truthCount = slot.truthCounts[a];
  const f1Of = (truePositives: number, falsePositives: number) =>
    (2 * truePositives) / (truthCount + truePositives + falsePositives);
  let best = { f1: 0, score: Number.NaN };
  for (let hit = 0; hit < hits.count; hit++) {
    const score = scores[hits.place[hit]];
    if (hit + 1 < hits.count && scores[hits.place[hit + 1]] === score) continue;
    let falsePositives = hits.falsePositives[hit];
    if (f1Of(hit + 1, falsePositives) <= best.f1) continue;
    for (let next = hits.place[hit] + 1; next < count && scores[next] === score; next++) {
      if (outcomeAt(slot, next, a, t) === outcome.falsePositive) falsePositives++;
    }
    const f1 = f1Of(hit + 1, falsePositives);
    if (f1 > best.f1) best = { f1, score };
  }
  return best;
}
