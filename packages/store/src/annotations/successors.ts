// Annotations in bulk: retiring rows and adding those that follow, in the database alone.

import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { reviewColumns } from '../review/review.ts';
import { contentColumns } from './annotation-record.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;

const copiedColumns = [
  'dataset_id',
  'annotation_id',
  'image_id',
  ...contentColumns,
  'section',
  'origin',
  'state',
  ...reviewColumns,
] as const;

/** SQL for columns of the rows that follow, which may read `source`, where they differ from the rows before. */
export type Overrides = Partial<Record<(typeof copiedColumns)[number], RawBuilder<unknown>>>;

/** What `insert into annotation (…)` and its `select …` list, so that rows of `source` follow themselves. */
function copied({ revision, author }: Change, overrides: Overrides) {
  return {
    names: sql`${sql.join(copiedColumns.map((column) => sql.ref(column)))}, author, born`,
    values: sql`${sql.join(
      copiedColumns.map((column) => overrides[column] ?? sql.ref(`source.${column}`)),
    )}, ${author}::text, ${revision}::bigint`,
  };
}

/** Retires the live rows of `a` that match. Answers how many. */
export async function retireAnnotations(
  change: Change,
  condition: RawBuilder<boolean>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update annotation a set retired = ${change.revision}
    where a.dataset_id = ${change.datasetId} and a.retired is null and ${condition}`.execute(
    change.transaction,
  );
  return Number(numAffectedRows);
}

/** Replaces the live rows of `a` that match by ones that differ in some columns. Answers how many. */
export async function replaceAnnotations(
  change: Change,
  condition: RawBuilder<boolean>,
  overrides: Overrides,
): Promise<number> {
  const { names, values } = copied(change, overrides);
  const { numAffectedRows } = await sql`
    with source as (
      update annotation a set retired = ${change.revision}
      where a.dataset_id = ${change.datasetId} and a.retired is null and ${condition}
      returning a.*
    )
    insert into annotation (${names}) select ${values} from source order by row_id`.execute(
    change.transaction,
  );
  return Number(numAffectedRows);
}

/** Adds rows like retired ones of `source` that match, live again. Answers how many. */
export async function reviveAnnotations(
  change: Change,
  condition: RawBuilder<boolean>,
): Promise<number> {
  const { names, values } = copied(change, {});
  const { numAffectedRows } = await sql`
    insert into annotation (${names})
    select ${values} from annotation source
    where source.dataset_id = ${change.datasetId} and source.retired is not null and ${condition}
    order by source.row_id`.execute(change.transaction);
  return Number(numAffectedRows);
}

/** SQL: the images whose annotations this revision changed. */
export function touchedImages({ datasetId, revision }: Pick<Change, 'datasetId' | 'revision'>) {
  return sql`
    select image_id from annotation where dataset_id = ${datasetId} and born = ${revision}
    union select image_id from annotation where dataset_id = ${datasetId} and retired = ${revision}`;
}
