// What the pages of runs and models read. Everything of runs lies under `['runs']`, of models under `['models']`.

import type { RunState, TrainTask } from '@migaki/api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export interface RunList {
  q?: string;
  state?: RunState;
  task?: TrainTask;
  datasetId?: number;
  modelId?: number;
  sort?: string;
  from?: number;
  limit?: number;
}

export const runsQuery = (list: RunList) =>
  queryOptions({
    queryKey: ['runs', 'list', list],
    queryFn: ({ signal }) => client.listRuns({ query: list }, { signal }),
    placeholderData: keepPreviousData,
  });

export const runQuery = (runId: number) =>
  queryOptions({
    queryKey: ['runs', 'one', runId],
    queryFn: ({ signal }) => client.getRun({ params: { runId } }, { signal }),
  });

export const curvesQuery = (runIds: readonly number[]) =>
  queryOptions({
    queryKey: ['runs', 'curves', runIds.join(',')],
    queryFn: ({ signal }) =>
      client.getCurves({ query: { runs: runIds.join(','), points: 600 } }, { signal }),
    select: ({ curves }) => curves,
    enabled: runIds.length > 0,
    placeholderData: keepPreviousData,
  });

export const comparisonQuery = (runIds: readonly number[]) =>
  queryOptions({
    queryKey: ['runs', 'comparison', runIds.join(',')],
    queryFn: ({ signal }) => client.compareRuns({ query: { runs: runIds.join(',') } }, { signal }),
    enabled: runIds.length > 0,
    placeholderData: keepPreviousData,
  });

/** @param step of a validation; null for the last one */
export const samplesQuery = (runId: number, step: number | null) =>
  queryOptions({
    queryKey: ['runs', 'samples', runId, step],
    queryFn: ({ signal }) =>
      client.listSamples({ params: { runId }, query: step === null ? {} : { step } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const modelsQuery = (list: {
  q?: string;
  task?: TrainTask;
  from?: number;
  limit?: number;
}) =>
  queryOptions({
    queryKey: ['models', 'list', list],
    queryFn: ({ signal }) => client.listModels({ query: list }, { signal }),
    placeholderData: keepPreviousData,
  });

export const modelQuery = (modelId: number) =>
  queryOptions({
    queryKey: ['models', 'one', modelId],
    queryFn: ({ signal }) => client.getModel({ params: { modelId } }, { signal }),
  });

export const lineageQuery = (modelId: number, version: number) =>
  queryOptions({
    queryKey: ['models', 'lineage', modelId, version],
    queryFn: ({ signal }) => client.getModelLineage({ params: { modelId, version } }, { signal }),
  });

export const datasetLineageQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['runs', 'lineage', datasetId],
    queryFn: ({ signal }) => client.getDatasetLineage({ params: { datasetId } }, { signal }),
    select: ({ versions }) => versions,
  });
