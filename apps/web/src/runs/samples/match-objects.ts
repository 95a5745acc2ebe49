// Which of a model's objects are right: each truth is found by the surest prediction of its category that covers it by half
// (as COCO counts AP50). Pure.

import type { SampleObject } from '@migaki/api';

export type Verdict = 'right' | 'wrong' | 'missed';

export interface Judged {
  object: SampleObject;
  /** Of a prediction `right` or `wrong`, of a truth `right` (found) or `missed`. */
  verdict: Verdict;
  isTruth: boolean;
}

type Box = readonly [number, number, number, number];

/** @param a left, top, width, height @returns from 0 to 1 */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

const leastOverlap = 0.5;

/**
 * @param leastScore predictions below it are as if they were not there
 * @returns what is true first, then what was predicted, the surest last, so that it is drawn on top
 */
export function judge(
  truth: readonly SampleObject[],
  predicted: readonly SampleObject[],
  leastScore: number,
): Judged[] {
  const found = new Set<SampleObject>();
  const shown = predicted
    .filter(({ score }) => (score ?? 1) >= leastScore)
    .toSorted((a, b) => (b.score ?? 1) - (a.score ?? 1));
  const judged = shown.map((object): Judged => {
    const best = truth
      .filter((other) => !found.has(other) && isSameClass(other, object))
      .map((other) => ({ other, share: shareOf(other, object) }))
      .reduce<{ other: SampleObject; share: number } | null>(
        (best, each) => (best === null || each.share > best.share ? each : best),
        null,
      );
    if (best === null || best.share < leastOverlap) {
      return { object, verdict: 'wrong', isTruth: false };
    }
    found.add(best.other);
    return { object, verdict: 'right', isTruth: false };
  });
  return [
    ...truth.map(
      (object): Judged => ({
        object,
        verdict: found.has(object) ? 'right' : 'missed',
        isTruth: true,
      }),
    ),
    ...judged.toReversed(),
  ];
}

/** Ids of another dataset say nothing here: names do. */
const isSameClass = (a: SampleObject, b: SampleObject): boolean =>
  a.categoryName === b.categoryName;

const shareOf = (a: SampleObject, b: SampleObject): number =>
  a.bbox === null || b.bbox === null ? 0 : overlap(a.bbox, b.bbox);

export const countVerdicts = (judged: readonly Judged[]): Record<Verdict, number> => ({
  right: judged.filter(({ verdict, isTruth }) => verdict === 'right' && !isTruth).length,
  wrong: judged.filter(({ verdict }) => verdict === 'wrong').length,
  missed: judged.filter(({ verdict }) => verdict === 'missed').length,
});
