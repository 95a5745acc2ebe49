import { useQuery } from '@tanstack/react-query';
import { facetsQuery } from '../../server/queries.ts';
import { taskOptions } from './task-options.ts';

/** What the labels of a dataset allow; undefined until it is known. */
export function useTrainingOptions(datasetId: number | null) {
  const { data } = useQuery({
    ...facetsQuery(datasetId ?? 0, ''),
    enabled: datasetId !== null,
  });
  return { facets: data, options: data === undefined ? undefined : taskOptions(data) };
}
