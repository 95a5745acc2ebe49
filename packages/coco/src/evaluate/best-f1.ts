// The score threshold at which a detector does best: where F1, the harmonic mean of precision and
// recall, is highest.

/** The right detections of one ranking, best first. */
export interface Hits {
  count: number;
  /** Place of each in the ranking. */
  place: Int32Array;
  /** How many wrong detections stand before each. */
  falsePositives: Int32Array;
}

export interface OperatingPoint {
  f1: number;
  /** Keep the detections with this score and above. NaN where none is right. */
  score: number;
}

/**
 * The best F1 that a score threshold reaches. A threshold keeps all detections of equal score or none.
 * F1 = 2 · TP / (truths + TP + FP); it can only rise at a hit, so only those are tried.
 * @param scores by place in the ranking
 */
export function bestF1(
  hits: Hits,
  scores: Float64Array,
  truthCount: number,
  isFalsePositive: (place: number) => boolean,
): OperatingPoint {
  let best: OperatingPoint = { f1: 0, score: Number.NaN };
  for (let hit = 0; hit < hits.count; hit++) {
    const place = hits.place[hit];
    const score = scores[place];
    if (hit + 1 < hits.count && scores[hits.place[hit + 1]] === score) continue;
    const truePositives = hit + 1;
    let falsePositives = hits.falsePositives[hit];
    if ((2 * truePositives) / (truthCount + truePositives + falsePositives) <= best.f1) continue;
    for (let next = place + 1; next < scores.length && scores[next] === score; next++) {
      if (isFalsePositive(next)) falsePositives++;
    }
    const f1 = (2 * truePositives) / (truthCount + truePositives + falsePositives);
    if (f1 > best.f1) best = { f1, score };
  }
  return best;
}
