// The table of runs: filtered, in the order of any column, a window at a time.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { type Run, runsWhere } from './run.ts';
import type { RunKind, RunState } from './run-record.ts';

export interface RunFilter {
  /** In names, notes, datasets and models. */
  text?: string;
  state?: RunState;
  task?: string;
  kind?: RunKind;
  /** Learned from it, or validated with it. */
  datasetId?: number;
  /** Made a version of it. */
  modelId?: number;
}

export interface RunPage {
  total: number;
  runs: Run[];
  /** What any run that matches has; of metrics also whether a training of the workbench does. */
  metrics: { name: string; ofTraining: boolean }[];
  settings: string[];
}

const columns: Record<string, ReturnType<typeof sql>> = {
  createdAt: sql`r.id`,
  name: sql`lower(r.name)`,
  state: sql`r.state`,
  task: sql`r.task`,
  score: sql`(r.metrics ->> r.primary_metric)::float8`,
  dataset: sql`lower(r.dataset ->> 'name')`,
  seconds: sql`r.elapsed_seconds`,
};

/** What was asked and what was settled, as one record. */
const allSettings = sql`(r.settled || r.settings)`;

/**
 * @param sort a column, `metric:NAME` or `setting:NAME`, with `-` before it for the greatest first; runs without come last
 */
export async function listRuns(
  store: Store,
  { text = '', state, task, kind, datasetId, modelId }: RunFilter,
  { sort, from, limit }: { sort: string; from: number; limit: number },
): Promise<RunPage> {
  const db = databaseOf(store);
  const conditions = [sql`true`];
  if (text.trim() !== '') {
    const pattern = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`concat_ws(' ', r.name, r.notes, r.dataset ->> 'name', r.model_name, r.task)
      ilike ${pattern}`);
  }
  if (state !== undefined) conditions.push(sql`r.state = ${state}`);
  if (task !== undefined) conditions.push(sql`r.task = ${task}`);
  if (kind !== undefined) conditions.push(sql`r.kind = ${kind}`);
  if (datasetId !== undefined) {
    conditions.push(sql`(r.dataset_id = ${datasetId} or r.validation_id = ${datasetId})`);
  }
  if (modelId !== undefined) {
    conditions.push(sql`exists (
      select from model_version v where v.run_id = r.id and v.model_id = ${modelId})`);
  }
  const condition = sql.join(conditions, sql` and `);
  const [counted, metrics, settings, runs] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from run r where ${condition}`.execute(db),
    sql<{ name: string; ofTraining: boolean }>`
      select of.name, bool_or(r.kind = 'training') as "ofTraining"
      from run r, jsonb_object_keys(r.metrics) as of (name)
      where ${condition} group by of.name order by of.name limit 500`.execute(db),
    sql<{ name: string }>`
      select distinct of.name from run r, jsonb_object_keys(${allSettings}) as of (name)
      where ${condition} order by of.name limit 500`.execute(db),
    runsWhere(
      db,
      condition,
      sql`order by ${orderBy(sort)}, r.id desc offset ${from} limit ${limit}`,
    ),
  ]);
  return {
    total: counted.rows[0].total,
    runs,
    metrics: metrics.rows,
    settings: settings.rows.map(({ name }) => name),
  };
}

function orderBy(sort: string): ReturnType<typeof sql> {
  const isDescending = sort.startsWith('-');
  const column = isDescending ? sort.slice(1) : sort;
  const direction = isDescending ? sql`desc nulls last` : sql`asc nulls last`;
  const name = column.slice(column.indexOf(':') + 1);
  if (column.startsWith('metric:')) return sql`(r.metrics ->> ${name})::float8 ${direction}`;
  if (column.startsWith('setting:')) {
    const value = sql`${allSettings} -> ${name}`;
    return sql`case when jsonb_typeof(${value}) = 'number' then (${value})::float8 end ${direction},
      (${value}) #>> '{}' ${direction}`;
  }
  return sql`${columns[column] ?? columns.createdAt} ${direction}`;
}
