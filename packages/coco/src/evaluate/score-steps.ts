// How much is right of what a model is so sure of, and from which score on enough of it is. Unlike the curve whose mean is AP this
// is not interpolated: each step says what was really counted from its score on.

/** All that was found from one score on. */
export interface ScoreStep {
  /** The lowest of these. */
  score: number;
  /** How many were found. */
  count: number;
  /** How many of them are right. */
  hitCount: number;
}

/** Two steps in a row differ by so much of what was found, so that millions of results come to some hundred steps. */
const growth = 1.02;

/**
 * @param found of one class; in any order
 * @returns by falling score; equal scores share a step, and near ones do where there are many; the last counts everything
 * @example
 * scoreSteps([{ score: 0.9, isRight: true }, { score: 0.4, isRight: false }]);
 * // [{ score: 0.9, count: 1, hitCount: 1 }, { score: 0.4, count: 2, hitCount: 1 }]
 */
export function scoreSteps(
  found: readonly { readonly score: number; readonly isRight: boolean }[],
): ScoreStep[] {
  const ranked = found.toSorted((a, b) => b.score - a.score);
  const steps: ScoreStep[] = [];
  let hitCount = 0;
  let next = 1;
  for (const [i, { score, isRight }] of ranked.entries()) {
    hitCount += Number(isRight);
    const count = i + 1;
    const isLast = count === ranked.length;
    if (ranked[count]?.score === score || (count < next && !isLast)) continue;
    steps.push({ score, count, hitCount });
    next = count * growth;
  }
  return steps;
}

/** Of fewer nobody can say how many are right. */
const leastCount = 10;

/** The step from which on the most is found of which enough is right; null where there is none. */
export const stepOfPrecision = (steps: readonly ScoreStep[], precision: number): ScoreStep | null =>
  // A share such as 0.95 of 20 is typed where 19 / 20 is computed.
  steps.findLast(
    ({ count, hitCount }) => count >= leastCount && hitCount / count >= precision - 1e-9,
  ) ?? null;

/** The step at which the greatest share is right, of those that can say so; null where too little was found. */
export const mostPreciseStep = (steps: readonly ScoreStep[]): ScoreStep | null =>
  steps
    .filter(({ count }) => count >= leastCount)
    .reduce<ScoreStep | null>(
      (best, step) =>
        best === null || step.hitCount / step.count >= best.hitCount / best.count ? step : best,
      null,
    );
