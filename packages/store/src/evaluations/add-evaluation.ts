// An evaluation is written whole, by the job that has made it.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { type DatabaseTransaction, databaseOf, type Store } from '../database/store.ts';
import { finiteOnly, type PinnedDataset } from '../runs/run-record.ts';
import {
  type CalibrationBin,
  type EvaluatedClass,
  type EvaluationCurve,
  type JudgementRecord,
  type LeftOut,
  rightOutcomes,
  type ScoreRanking,
} from './evaluation-record.ts';
import { measuredAgainst } from './measured-against.ts';

export interface NewEvaluation {
  task: string;
  /** `cells@3` */
  modelName: string;
  modelVersionId: number;
  dataset: PinnedDataset;
  isTrainedOn: boolean;
  classes: readonly EvaluatedClass[];
  metrics: Readonly<Record<string, number>>;
  /** By class. */
  perClass: readonly Readonly<Record<string, number>>[];
  primaryMetric: string;
  scoreThreshold: number | null;
  confusion: readonly (readonly number[])[];
  curves: readonly (readonly EvaluationCurve[number][])[];
  /** By class, where what is found has scores. */
  rankings: readonly ScoreRanking[];
  calibration: readonly CalibrationBin[];
  /** All that were looked at, also those with nothing to judge. */
  imageIds: readonly number[];
  leftOut: LeftOut;
  judgements: readonly JudgementRecord[];
  jobId: string;
  createdBy: string;
}

const rowsAtOnce = 5_000;

/** Of one job there is one evaluation: written again, it stays as it is. @returns its id */
export async function addEvaluation(store: Store, made: NewEvaluation): Promise<number> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const { datasetId, ...dataset } = made.dataset;
      const against = await measuredAgainst(transaction, made);
      const row = await transaction
        .insertInto('evaluation')
        .values({
          task: made.task,
          model_name: made.modelName,
          model_version_id: made.modelVersionId,
          dataset_id: datasetId,
          dataset: encodeJson(dataset),
          is_trained_on: made.isTrainedOn,
          classes: encodeJson(made.classes),
          metrics: encodeJson(finiteOnly(made.metrics)),
          per_class: encodeJson(made.perClass.map(finiteOnly)),
          primary_metric: made.primaryMetric,
          score_threshold: made.scoreThreshold,
          confusion: encodeJson(made.confusion),
          curves: encodeJson(made.curves),
          rankings: encodeJson(made.rankings),
          calibration: encodeJson(made.calibration),
          image_count: made.imageIds.length,
          left_out: encodeJson(made.leftOut),
          measured_against: against && encodeJson(against),
          job_id: made.jobId,
          created_by: made.createdBy,
        })
        .onConflict((conflict) => conflict.column('job_id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) {
        const { id } = await transaction
          .selectFrom('evaluation')
          .select('id')
          .where('job_id', '=', made.jobId)
          .executeTakeFirstOrThrow();
        return id;
      }
      await addJudgements(transaction, row.id, made.judgements);
      await addImages(transaction, row.id, made);
      return row.id;
    });
}

async function addJudgements(
  transaction: DatabaseTransaction,
  evaluationId: number,
  judgements: readonly JudgementRecord[],
): Promise<void> {
  for (let from = 0; from < judgements.length; from += rowsAtOnce) {
    const rows = judgements
      .slice(from, from + rowsAtOnce)
      .map((judgement, i) => ({ position: from + i, ...judgement }));
    await sql`
      insert into evaluation_judgement
      select ${evaluationId}, position, "imageId", outcome, "annotationId", "trueCategoryId",
        "predictedCategoryId", score, iou, "trueBox", "predictedBox", "trueValue", "predictedValue", wrongness
      from jsonb_to_recordset(${encodeJson(rows)}::jsonb) as said (
        position int, "imageId" bigint, outcome text, "annotationId" bigint, "trueCategoryId" bigint,
        "predictedCategoryId" bigint, score float8, iou float8, "trueBox" float8[],
        "predictedBox" float8[], "trueValue" float8, "predictedValue" float8, wrongness float8)`.execute(
      transaction,
    );
  }
}

const addImages = (
  transaction: DatabaseTransaction,
  evaluationId: number,
  { imageIds }: NewEvaluation,
) =>
  sql`
    insert into evaluation_image (evaluation_id, image_id, wrongness, right_count, mistake_count)
    select ${evaluationId}, seen.image_id,
      -- Of values there are no mistakes, and each is off by something.
      coalesce(sum(j.wrongness) filter (where j.outcome <> 'matched'), 0),
      count(*) filter (where j.outcome = any(${[...rightOutcomes]})),
      count(*) filter (where j.outcome <> all(${[...rightOutcomes]}))
    from unnest(${[...imageIds]}::bigint[]) as seen (image_id)
    left join evaluation_judgement j
      on j.evaluation_id = ${evaluationId} and j.image_id = seen.image_id
    group by seen.image_id`.execute(transaction);
