// Which rows a revision sees, and which revision someone means.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { datasetNotFound } from './revise.ts';

/**
 * SQL: whether a revision sees a row of `alias`, which has `born` and `retired`.
 *
 * @param revision null for now
 */
export function visibleAt(
  alias: string,
  revision: number | RawBuilder<number> | null,
): RawBuilder<boolean> {
  const retired = sql.ref(`${alias}.retired`);
  return revision === null
    ? sql<boolean>`${retired} is null`
    : sql<boolean>`(${sql.ref(`${alias}.born`)} <= ${revision}
        and (${retired} is null or ${retired} > ${revision}))`;
}

/**
 * The revision that a version's name or a number stands for.
 *
 * @throws StoreError `version-not-found`, `revision-not-found`, `dataset-not-found`
 */
export async function revisionOf(
  database: Database,
  datasetId: number,
  at: string | number,
): Promise<number> {
  if (typeof at === 'string') {
    const version = await database
      .selectFrom('version')
      .select('revision')
      .where('dataset_id', '=', datasetId)
      .where('name', '=', at)
      .executeTakeFirst();
    if (version !== undefined) return version.revision;
    throw new StoreError('version-not-found', {
      expected: phrase`the name of a version`,
      found: JSON.stringify(at),
      advice: phrase`The list of versions shows the names.`,
    });
  }
  const dataset = await database
    .selectFrom('dataset')
    .select('revision')
    .where('id', '=', datasetId)
    .executeTakeFirst();
  if (dataset === undefined) throw await datasetNotFound(database, datasetId);
  if (Number.isInteger(at) && at >= 0 && at <= dataset.revision) return at;
  throw new StoreError('revision-not-found', {
    expected: phrase`a revision from 0 to ${String(dataset.revision)}`,
    found: String(at),
  });
}
