// Which of a model's objects are right: each truth is found by the surest prediction of its category that is alike enough (as
// COCO counts AP50). Pure.

import type { SampleObject } from '@migaki/api';
import type { Likeness } from './likeness.ts';

export type Verdict = 'right' | 'wrong' | 'missed';

export interface Judged {
  object: SampleObject;
  /** Of a prediction `right` or `wrong`, of a truth `right` (found) or `missed`. */
  verdict: Verdict;
  isTruth: boolean;
}

const leastLikeness = 0.5;

/**
 * @param likeness of a prediction and a truth of one category, from 0 to 1
 * @param leastScore predictions below it are as if they were not there
 * @returns what is true first, then what was predicted, the surest last, so that it is drawn on top
 */
export function judge(
  truth: readonly SampleObject[],
  predicted: readonly SampleObject[],
  leastScore: number,
  likeness: Likeness,
): Judged[] {
  const found = new Set<SampleObject>();
  const shown = predicted
    .filter(({ score }) => (score ?? 1) >= leastScore)
    .toSorted((a, b) => (b.score ?? 1) - (a.score ?? 1));
  const judged = shown.map((object): Judged => {
    const best = truth
      .filter((other) => !found.has(other) && isSameClass(other, object))
      .map((other) => ({ other, share: likeness(object, other) }))
      .reduce<{ other: SampleObject; share: number } | null>(
        (best, each) => (best === null || each.share > best.share ? each : best),
        null,
      );
    if (best === null || best.share < leastLikeness) {
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

export const countVerdicts = (judged: readonly Judged[]): Record<Verdict, number> => ({
  right: judged.filter(({ verdict, isTruth }) => verdict === 'right' && !isTruth).length,
  wrong: judged.filter(({ verdict }) => verdict === 'wrong').length,
  missed: judged.filter(({ verdict }) => verdict === 'missed').length,
});
