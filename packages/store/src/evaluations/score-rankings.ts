import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import type { ScoreRanking } from './evaluation-record.ts';

export interface MeasuredRankings {
  evaluationId: number;
  /** On which it was measured, as it was called. */
  datasetName: string;
  rankings: ScoreRanking[];
}

/**
 * Of the last evaluation of a model's version on pictures that it has not learned from; one on the dataset goes before others. Null
 * where there is none.
 */
export async function scoreRankings(
  store: Store,
  { modelVersionId, datasetId }: { modelVersionId: number; datasetId: number },
): Promise<MeasuredRankings | null> {
  const { rows } = await sql<MeasuredRankings>`
    select id as "evaluationId", dataset->>'name' as "datasetName", rankings
    from evaluation
    where model_version_id = ${modelVersionId} and not is_trained_on and rankings <> '[]'
    order by dataset_id is not distinct from ${datasetId} desc, id desc limit 1`.execute(
    databaseOf(store),
  );
  return rows[0] ?? null;
}
