// What the pages of evaluations read. Everything lies under `['evaluations']`.

import type { Outcome } from '@migaki/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export interface EvaluationsOf {
  datasetId?: number;
  modelId?: number;
}

/** More than anybody looks through. */
const mostListed = 200;

export const evaluationsQuery = (of: EvaluationsOf) =>
  queryOptions({
    queryKey: ['evaluations', 'list', of],
    queryFn: ({ signal }) =>
      client.listEvaluations({ query: { ...of, limit: mostListed } }, { signal }),
    select: ({ items }) => items,
  });

/** Under `evaluations`, since each of them can change how good a model is said to be. */
export const roundsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['evaluations', 'rounds', datasetId],
    queryFn: ({ signal }) => client.listRounds({ params: { datasetId } }, { signal }),
    select: ({ rounds }) => rounds,
  });

/** What only the page Rounds asks for: it takes long where there is much. */
export const savingsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'savings'],
    queryFn: ({ signal }) => client.getSavings({ params: { datasetId } }, { signal }),
    staleTime: 0,
  });

export const controlFindingsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['savings', datasetId],
    queryFn: ({ signal }) => client.getControlFindings({ params: { datasetId } }, { signal }),
    staleTime: 60_000,
  });

export const slippedMistakesQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'slipped'],
    queryFn: ({ signal }) => client.listSlippedMistakes({ params: { datasetId } }, { signal }),
    staleTime: 0,
    select: ({ items }) => items,
  });

export const evaluationQuery = (evaluationId: number) =>
  queryOptions({
    queryKey: ['evaluations', 'one', evaluationId],
    queryFn: ({ signal }) => client.getEvaluation({ params: { evaluationId } }, { signal }),
    // It never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Under `evaluations`, of which the last decides. */
export const precisionScoresQuery = ({
  datasetId,
  ...query
}: {
  datasetId: number;
  model: string;
  precision: number;
}) =>
  queryOptions({
    queryKey: ['evaluations', 'precision', datasetId, query],
    queryFn: ({ signal }) =>
      client.getPrecisionScores({ params: { datasetId }, query }, { signal }),
    placeholderData: keepPreviousData,
  });

export interface JudgementFilter {
  outcome?: Outcome;
  trueCategory?: number | 'none';
  predictedCategory?: number | 'none';
  leastScore?: number;
}

const cardsAtOnce = 60;

/** Pages of a list of which each has its `total`. */
const nextPage = (pages: readonly { items: unknown[] }[], total: number): number | undefined => {
  const seen = pages.reduce((sum, { items }) => sum + items.length, 0);
  return seen < total ? seen : undefined;
};

export const judgementsQuery = (evaluationId: number, filter: JudgementFilter) =>
  infiniteQueryOptions({
    queryKey: ['evaluations', 'judgements', evaluationId, filter],
    queryFn: ({ signal, pageParam: from }) =>
      client.listJudgements(
        { params: { evaluationId }, query: { ...filter, from, limit: cardsAtOnce } },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => nextPage(pages, total),
    placeholderData: keepPreviousData,
  });

/** Of one picture all that was judged. */
export const judgementsOfImageQuery = (evaluationId: number, imageId: number) =>
  queryOptions({
    queryKey: ['evaluations', 'image', evaluationId, imageId],
    queryFn: ({ signal }) =>
      client.listJudgements(
        { params: { evaluationId }, query: { imageId, limit: 500 } },
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const differencesQuery = (evaluationId: number, other: number) =>
  infiniteQueryOptions({
    queryKey: ['evaluations', 'differences', evaluationId, other],
    queryFn: ({ signal, pageParam: from }) =>
      client.compareEvaluations(
        { params: { evaluationId }, query: { other, from, limit: cardsAtOnce } },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ better, worse }, pages) => nextPage(pages, better + worse),
  });
