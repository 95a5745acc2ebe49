import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { datasetQuery } from '../server/queries.ts';
import { modelQuery, runQuery } from '../server/run-queries.ts';

/** Name of the dataset, the run or the model that is open; null where none is, undefined until it is known. */
export function useOpenName(): string | null | undefined {
  const { datasetId, runId, modelId } = useParams({ strict: false });
  const dataset = useQuery({
    ...datasetQuery(Number(datasetId)),
    enabled: datasetId !== undefined,
  });
  const run = useQuery({ ...runQuery(Number(runId)), enabled: runId !== undefined });
  const model = useQuery({ ...modelQuery(Number(modelId)), enabled: modelId !== undefined });
  if (datasetId !== undefined) return dataset.data?.name;
  if (runId !== undefined) return run.data?.name;
  return modelId === undefined ? null : model.data?.name;
}
