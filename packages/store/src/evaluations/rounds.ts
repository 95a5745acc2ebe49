// The rounds of a dataset: each model that was made from it, with what there was to learn from, the work that went into that,
// and how good it became.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { referenceSql } from '../runs/run.ts';
import type { ModelReference } from '../runs/run-record.ts';
import type { MeasuredAgainst } from './evaluation-record.ts';

export interface Round {
  model: ModelReference;
  /** The model, or this version of it, is no more. */
  isDeleted: boolean;
  task: string;
  runId: number | null;
  madeAt: Date;
  version: string;
  revision: number;
  /** That it learned from; where its run is gone, all that the version had. */
  imageCount: number | null;
  /** That the version had; null where that is gone. */
  annotationCount: number | null;
  /** How long people had worked on the dataset by then; null where nobody has told of any. */
  workMillis: number | null;
  /** Of training. */
  trainingSeconds: number | null;
  metric: string | null;
  /** By the last evaluation on this dataset, on the version on which most were measured where it was; else by the validation of its run; null where there was neither. */
  score: number | null;
  evaluationId: number | null;
  /** The version of the evaluation: only what was measured on one version can be compared. */
  measuredOn: string | null;
  measuredAgainst: MeasuredAgainst | null;
}

/** The first one first. @throws StoreError `dataset-not-found` */
export async function datasetRounds(store: Store, datasetId: number): Promise<Round[]> {
  await getDataset(store, datasetId);
  const { rows } = await sql<Round>`
    with usual as (
      select e.dataset ->> 'version' as version from evaluation e
      where e.dataset_id = ${datasetId} and not e.is_trained_on
      group by 1 order by count(distinct coalesce(e.model_version_id, e.deleted_version_id)) desc, max(e.id) desc limit 1),
    made as (
      select id, ${referenceSql} as model, false as is_deleted, task, run_id, created_at, dataset, metrics, primary_metric
      from model_version v where dataset_id = ${datasetId}
      union all
      select id, json_build_object('modelId', model_id, 'name', name, 'version', version, 'aliases', '{}'::text[]),
        true, task, run_id, created_at, dataset, metrics, primary_metric
      from deleted_model_version where dataset_id = ${datasetId})
    select v.model, v.is_deleted as "isDeleted", v.task, v.run_id as "runId", v.created_at as "madeAt",
      v.dataset ->> 'version' as version, (v.dataset ->> 'revision')::int as revision,
      coalesce((r.settled ->> 'trainingImages')::int, learned.image_count) as "imageCount", learned.annotation_count as "annotationCount",
      nullif((select sum(w.millis) from work_time w where w.dataset_id = ${datasetId}
        and w.at <= coalesce(learned.created_at, v.created_at)), 0)::bigint as "workMillis",
      r.elapsed_seconds as "trainingSeconds",
      coalesce(measured.primary_metric, v.primary_metric) as metric,
      coalesce((measured.metrics ->> measured.primary_metric)::float8,
        (v.metrics ->> v.primary_metric)::float8) as score,
      measured.id as "evaluationId", measured.version as "measuredOn",
      measured.measured_against as "measuredAgainst"
    from made v
      left join run r on r.id = v.run_id
      left join version learned
        on learned.dataset_id = ${datasetId} and learned.name = v.dataset ->> 'version'
      left join lateral (
        select e.id, e.metrics, e.primary_metric, e.measured_against, e.dataset ->> 'version' as version from evaluation e
        where v.id in (e.model_version_id, e.deleted_version_id) and e.dataset_id = ${datasetId} and not e.is_trained_on
        order by e.dataset ->> 'version' = (select version from usual) desc, e.id desc limit 1) as measured on true
    order by v.id`.execute(databaseOf(store));
  return rows;
}
