// Runs as lists and pages show them.

import { phrase, type Words } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import type {
  ClassMetrics,
  ModelReference,
  PinnedDataset,
  PinnedVersion,
  RunFailure,
  RunKind,
  RunOrigin,
  RunState,
} from './run-record.ts';

export interface Run {
  id: number;
  name: string;
  kind: RunKind;
  task: string | null;
  state: RunState;
  /** From 0 to 1. */
  progress: number;
  message: Words;
  step: number | null;
  epoch: number | null;
  elapsedSeconds: number | null;
  settings: Record<string, unknown>;
  settled: Record<string, unknown>;
  metrics: Record<string, number>;
  perClass: ClassMetrics[];
  primaryMetric: string | null;
  dataset: PinnedDataset | null;
  validation: PinnedDataset | null;
  init: (RunOrigin & { model: ModelReference | null }) | null;
  modelName: string | null;
  /** What came of it, the first one first. */
  models: ModelReference[];
  jobId: string | null;
  error: RunFailure | null;
  notes: string;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** A model's version as `ModelReference`, of the alias `v`. */
export const referenceSql = sql`json_build_object('modelId', v.model_id,
  'name', (select name from model m where m.id = v.model_id), 'version', v.version,
  'aliases', array(select alias from model_alias a
    where a.model_id = v.model_id and a.version = v.version order by alias))`;

export const runColumns = sql`r.id, r.name, r.kind, r.task, r.state, r.progress, r.message, r.step, r.epoch,
  r.elapsed_seconds as "elapsedSeconds", r.settings, r.settled, r.metrics, r.per_class as "perClass",
  r.primary_metric as "primaryMetric", r.dataset_id, r.dataset, r.validation_id, r.validation, r.init,
  (select ${referenceSql} from model_version v where v.id = r.init_version_id) as init_model,
  r.model_name as "modelName",
  (select coalesce(json_agg(${referenceSql} order by v.id), '[]') from model_version v where v.run_id = r.id)
    as models,
  r.job_id as "jobId", r.error, r.notes, r.created_by as "createdBy", r.created_at as "createdAt",
  r.started_at as "startedAt", r.finished_at as "finishedAt"`;

interface PinColumns {
  dataset_id: number | null;
  dataset: PinnedVersion | null;
  validation_id: number | null;
  validation: PinnedVersion | null;
  init: RunOrigin | null;
  init_model: ModelReference | null;
}

export type RunRow = Omit<Run, keyof PinColumns> & PinColumns;

/** What runs and versions of models both say of where they come from. */
export function originFrom<Row extends PinColumns>({
  dataset_id,
  dataset,
  validation_id,
  validation,
  init,
  init_model,
  ...rest
}: Row) {
  return {
    ...rest,
    dataset: dataset && { datasetId: dataset_id, ...dataset },
    validation: validation && { datasetId: validation_id, ...validation },
    init: init && { ...init, model: init_model },
  };
}

export async function runsWhere(
  db: Database,
  condition: RawBuilder<unknown>,
  page: RawBuilder<unknown> = sql`order by r.id`,
): Promise<Run[]> {
  const { rows } = await sql<RunRow>`
    select ${runColumns} from run r where ${condition} ${page}`.execute(db);
  return rows.map(originFrom) as Run[];
}

/** @throws StoreError `run-not-found` */
export async function getRun(store: Store, runId: number): Promise<Run> {
  const [run] = await runsWhere(databaseOf(store), sql`r.id = ${runId}`);
  if (run === undefined) throw runNotFound(runId);
  return run;
}

/** Those of the runs that there are, in the order of the ids. */
export async function getRuns(store: Store, runIds: readonly number[]): Promise<Run[]> {
  const runs = await runsWhere(databaseOf(store), sql`r.id = any(${[...runIds]}::int[])`);
  return runs.sort((a, b) => runIds.indexOf(a.id) - runIds.indexOf(b.id));
}

export const runNotFound = (runId: number) =>
  new StoreError('run-not-found', {
    expected: phrase`the id of a run`,
    found: String(runId),
    advice: phrase`It may have been deleted.`,
  });
