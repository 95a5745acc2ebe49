import { useQuery } from '@tanstack/react-query';
import { queryErrorOf } from '../../dataset/query-error.ts';
import { facetsQuery, numberFieldsQuery } from '../../server/queries.ts';
import { taskOptions } from './task-options.ts';

/** What the labels of the pictures that match allow; undefined until it is known, or where the query is not understood. */
export function useTrainingOptions(datasetId: number | null, query: string) {
  const { data, error } = useQuery({
    ...facetsQuery(datasetId ?? 0, query),
    enabled: datasetId !== null,
  });
  const { data: numbers } = useQuery({
    ...numberFieldsQuery(datasetId ?? 0, query),
    enabled: datasetId !== null,
  });
  return {
    facets: data,
    numberFields: numbers?.fields ?? [],
    options:
      data === undefined || numbers === undefined ? undefined : taskOptions(data, numbers.fields),
    queryError: queryErrorOf(error),
  };
}
