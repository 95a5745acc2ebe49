import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { evaluationQuery } from '../server/evaluation-queries.ts';
import { datasetQuery } from '../server/queries.ts';
import { modelQuery, runQuery } from '../server/run-queries.ts';

/** Name of the dataset, the run, the model or the evaluation that is open; null where none is, undefined until it is known. */
export function useOpenName(): string | null | undefined {
  const { datasetId, runId, modelId, evaluationId } = useParams({ strict: false });
  const dataset = useQuery({
    ...datasetQuery(Number(datasetId)),
    enabled: datasetId !== undefined,
  });
  const run = useQuery({ ...runQuery(Number(runId)), enabled: runId !== undefined });
  const model = useQuery({ ...modelQuery(Number(modelId)), enabled: modelId !== undefined });
  const evaluation = useQuery({
    ...evaluationQuery(Number(evaluationId)),
    enabled: evaluationId !== undefined,
  });
  if (datasetId !== undefined) return dataset.data?.name;
  if (runId !== undefined) return run.data?.name;
  if (modelId !== undefined) return model.data?.name;
  if (evaluationId === undefined) return null;
  return evaluation.data && `${evaluation.data.modelName} · ${evaluation.data.dataset.name}`;
}
