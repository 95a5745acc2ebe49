// Evaluations as lists and pages show them.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { referenceSql } from '../runs/run.ts';
import type { ModelReference, PinnedDataset, PinnedVersion } from '../runs/run-record.ts';
import { StoreError } from '../store-error.ts';
import type {
  CalibrationBin,
  EvaluatedClass,
  EvaluationCurve,
  LeftOut,
  MeasuredAgainst,
} from './evaluation-record.ts';

export interface EvaluationSummary {
  id: number;
  task: string;
  /** `cells@3`; of a model that may be gone by now. */
  modelName: string;
  model: ModelReference | null;
  dataset: PinnedDataset;
  isTrainedOn: boolean;
  metrics: Record<string, number>;
  primaryMetric: string;
  imageCount: number;
  /** Null where it was measured before that was kept, or is no matter of labels. */
  measuredAgainst: MeasuredAgainst | null;
  createdBy: string;
  createdAt: Date;
}

export interface Evaluation extends EvaluationSummary {
  classes: EvaluatedClass[];
  perClass: Record<string, number>[];
  scoreThreshold: number | null;
  /** Rows are true classes, columns predicted ones; the last of each is what is none. */
  confusion: number[][];
  curves: EvaluationCurve[];
  calibration: CalibrationBin[];
  leftOut: LeftOut;
  /** How often each outcome came. */
  outcomes: Record<string, number>;
}

const summaryColumns = sql`e.id, e.task, e.model_name as "modelName",
  (select ${referenceSql} from model_version v where v.id = e.model_version_id) as model,
  e.dataset_id, e.dataset, e.is_trained_on as "isTrainedOn", e.metrics, e.primary_metric as "primaryMetric",
  e.image_count as "imageCount", e.measured_against as "measuredAgainst", e.created_by as "createdBy", e.created_at as "createdAt"`;

const allColumns = sql`${summaryColumns}, e.classes, e.per_class as "perClass",
  e.score_threshold as "scoreThreshold", e.confusion, e.curves, e.calibration, e.left_out as "leftOut",
  (select coalesce(jsonb_object_agg(outcome, count), '{}') from (
    select outcome, count(*) from evaluation_judgement j where j.evaluation_id = e.id group by outcome) as counted
  ) as outcomes`;

interface PinRow {
  dataset_id: number | null;
  dataset: PinnedVersion;
}

async function evaluationsWhere<Record extends EvaluationSummary>(
  db: Database,
  columns: RawBuilder<unknown>,
  rest: RawBuilder<unknown>,
): Promise<Record[]> {
  const { rows } = await sql<Omit<Record, 'dataset'> & PinRow>`
    select ${columns} from evaluation e where ${rest}`.execute(db);
  return rows.map(
    ({ dataset_id, dataset, ...row }) =>
      ({ ...row, dataset: { datasetId: dataset_id, ...dataset } }) as unknown as Record,
  );
}

/** Of a dataset, of a model, of all; the last one first. */
export async function listEvaluations(
  store: Store,
  { datasetId, modelId }: { datasetId?: number; modelId?: number },
  { from, limit }: { from: number; limit: number },
): Promise<{ total: number; evaluations: EvaluationSummary[] }> {
  const db = databaseOf(store);
  const condition = sql`(${datasetId ?? null}::int is null or e.dataset_id = ${datasetId ?? null})
    and (${modelId ?? null}::int is null or exists (
      select from model_version v where v.id = e.model_version_id and v.model_id = ${modelId ?? null}))`;
  const [counted, evaluations] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from evaluation e where ${condition}`.execute(
      db,
    ),
    evaluationsWhere<EvaluationSummary>(
      db,
      summaryColumns,
      sql`${condition} order by e.id desc offset ${from} limit ${limit}`,
    ),
  ]);
  return { total: counted.rows[0].total, evaluations };
}

/** @throws StoreError `evaluation-not-found` */
export async function getEvaluation(store: Store, evaluationId: number): Promise<Evaluation> {
  const [found] = await evaluationsWhere<Evaluation>(
    databaseOf(store),
    allColumns,
    sql`e.id = ${evaluationId}`,
  );
  if (found !== undefined) return found;
  throw evaluationNotFound(evaluationId);
}

/** @throws StoreError `evaluation-not-found` */
export async function deleteEvaluation(store: Store, evaluationId: number): Promise<void> {
  const { numDeletedRows } = await databaseOf(store)
    .deleteFrom('evaluation')
    .where('id', '=', evaluationId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw evaluationNotFound(evaluationId);
}

export const evaluationNotFound = (evaluationId: number) =>
  new StoreError('evaluation-not-found', {
    expected: phrase`the id of an evaluation`,
    found: String(evaluationId),
    advice: phrase`It may have been deleted.`,
  });
