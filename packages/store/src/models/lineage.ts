// What came from what: datasets, runs and models, in both directions.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { type Run, runsWhere } from '../runs/run.ts';
import { getModelVersion, type ModelVersion, versionsWhere } from './model.ts';

export interface ModelLineage {
  /** The version itself, then what its run began from, and so on. */
  ancestors: { version: ModelVersion; run: Run | null }[];
  /** Runs that began from it, the first one first. */
  descendants: Run[];
}

/** @throws StoreError `model-not-found` */
export async function modelLineage(
  store: Store,
  modelId: number,
  version: number,
): Promise<ModelLineage> {
  const db = databaseOf(store);
  const { id } = await getModelVersion(store, modelId, version);
  const { rows } = await sql<{ id: number }>`
    with recursive chain as (
      select id, init_version_id, 0 as depth from model_version where id = ${id}
      union all
      select v.id, v.init_version_id, depth + 1
      from chain join model_version v on v.id = chain.init_version_id where depth < 1000)
    select id from chain order by depth`.execute(db);
  const order = rows.map((row) => row.id);
  const versions = await versionsWhere(db, sql`v.id = any(${order}::int[])`);
  const runs = await runsWhere(
    db,
    sql`r.id = any(${versions.flatMap(({ run }) => run?.id ?? [])}::int[])`,
  );
  return {
    ancestors: order.map((of) => {
      const found = versions.find((one) => one.id === of)!;
      return { version: found, run: runs.find((run) => run.id === found.run?.id) ?? null };
    }),
    descendants: await runsWhere(db, sql`r.init_version_id = ${id}`),
  };
}

export interface UsedVersion {
  version: string;
  revision: number;
  runs: (Run & { use: 'training' | 'validation' })[];
}

/** The versions of a dataset that runs used, the last revision first. @throws StoreError `dataset-not-found` */
export async function datasetLineage(store: Store, datasetId: number): Promise<UsedVersion[]> {
  await getDataset(store, datasetId);
  const runs = await runsWhere(
    databaseOf(store),
    sql`r.dataset_id = ${datasetId} or r.validation_id = ${datasetId}`,
    sql`order by r.id desc`,
  );
  const used = runs.flatMap((run) => [
    ...(run.dataset?.datasetId === datasetId
      ? [{ ...run.dataset, run: { ...run, use: 'training' as const } }]
      : []),
    ...(run.validation?.datasetId === datasetId
      ? [{ ...run.validation, run: { ...run, use: 'validation' as const } }]
      : []),
  ]);
  return [...Map.groupBy(used, ({ version }) => version).values()]
    .map((of) => ({
      version: of[0].version,
      revision: of[0].revision,
      runs: of.map(({ run }) => run),
    }))
    .sort((a, b) => b.revision - a.revision);
}
