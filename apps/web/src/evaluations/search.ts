// What the address of an evaluation's page holds: which of its judgements are shown, and the other one beside it.

import { type Outcome, outcomes } from '@migaki/api';
import type { JudgementFilter } from '../server/evaluation-queries.ts';

export interface EvaluationSearch {
  outcome?: Outcome;
  /** Id of a category, or `none`. */
  truth?: string;
  predicted?: string;
  /** From which score on. */
  score?: string;
  /** Id of the evaluation that it is compared with. */
  other?: string;
}

type Raw = Record<string, unknown>;

const category = (value: unknown): string | undefined =>
  /^(\d{1,16}|none)$/.test(String(value)) ? String(value) : undefined;

export function readEvaluationSearch({ outcome, truth, predicted, score, other }: Raw) {
  const search: EvaluationSearch = {
    outcome: outcomes.find((each) => each === outcome),
    truth: category(truth),
    predicted: category(predicted),
    score: /^[01](\.\d{1,8})?$/.test(String(score)) ? String(score) : undefined,
    other: /^\d{1,9}$/.test(String(other)) ? String(other) : undefined,
  };
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as EvaluationSearch;
}

const categoryOf = (text: string): number | 'none' => (text === 'none' ? 'none' : Number(text));

export const filterOf = ({
  outcome,
  truth,
  predicted,
  score,
}: EvaluationSearch): JudgementFilter => ({
  ...(outcome !== undefined && { outcome }),
  ...(truth !== undefined && { trueCategory: categoryOf(truth) }),
  ...(predicted !== undefined && { predictedCategory: categoryOf(predicted) }),
  ...(score !== undefined && { leastScore: Number(score) }),
});

interface Named {
  categoryId: number;
  name: string;
}

/**
 * The query with which the grid shows the images of these judgements. Scores have no word there and are left out.
 *
 * @example
 * gridQuery(12, { outcome: 'badly placed' }, []); // 'judged(12):badly_placed'
 */
export function gridQuery(
  evaluationId: number,
  { outcome, truth, predicted }: EvaluationSearch,
  classes: readonly Named[],
): string {
  const nameOf = (side: string): string =>
    side === 'none'
      ? '-'
      : (classes.find(({ categoryId }) => String(categoryId) === side)?.name ?? side);
  const sides = (side: string | undefined): string[] =>
    side === undefined ? ['*', '-'] : [nameOf(side)];
  const pairs = sides(truth).flatMap((a) => sides(predicted).map((b) => quoted(`${a}/${b}`)));
  return [
    ...(outcome === undefined ? [] : [`judged(${evaluationId}):${outcome.replace(' ', '_')}`]),
    ...(truth === undefined && predicted === undefined
      ? []
      : [`confused(${evaluationId}):${pairs.join(',')}`]),
    ...(outcome === undefined && truth === undefined && predicted === undefined
      ? [`judged(${evaluationId}):mistake`]
      : []),
  ].join(' ');
}

const quoted = (value: string): string =>
  /^[\p{L}\p{N}_*][\p{L}\p{N}_*/-]*$/u.test(value) ? value : JSON.stringify(value);
