// Columns of images change in place, so that lists and filters read one row per image; what they were before is kept
// beside it, by the revision that changed them. A column at revision v is what the first change after v found, else
// what it is now. New images write nothing there.

import { type RawBuilder, sql } from 'kysely';
import type { ImageTable } from '../database/tables.ts';
import type { Work } from '../datasets/revise.ts';

/** Everything of an image that can change, but whether it is there (`image_life`) and what is counted of it. */
export const historicColumns = [
  'status',
  'tags',
  'metadata',
  'captured_at',
  'width',
  'height',
  'extra',
  'sha256',
  'byte_size',
  'media_type',
  'source',
  'reviewed_by',
  'reviewed_at',
  'reviewed_revision',
] as const satisfies readonly (keyof ImageTable)[];
export type HistoricColumn = (typeof historicColumns)[number];

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>;

/**
 * Gives columns of images other values and keeps what they were. Answers how many images it changed: those that have
 * the values already are none of them.
 *
 * @param values SQL of the new values, which may read `image` and what is joined
 * @param joined SQL that follows `from image`; at most one row for each image
 * @example
 * await changeImages(work, { status: sql`'done'` }, { where: sql`image.image_id = 7` });
 */
export async function changeImages(
  { transaction, datasetId, revision }: Change,
  values: Partial<Record<HistoricColumn, RawBuilder<unknown>>>,
  { joined = sql``, where = sql<boolean>`true` }: ChangeImagesOptions = {},
): Promise<number> {
  const columns = Object.keys(values) as HistoricColumn[];
  const all = (sqlOf: (column: HistoricColumn) => RawBuilder<unknown>, separator = sql`, `) =>
    sql.join(columns.map(sqlOf), separator);
  const now = (column: HistoricColumn) => sql.ref(`wanted.now_${column}`);
  const next = (column: HistoricColumn) => sql.ref(`wanted.next_${column}`);
  const { numAffectedRows } = await sql`
    with wanted as materialized (
      select image.image_id, ${all(
        (column) => sql`${sql.ref(`image.${column}`)} as ${sql.ref(`now_${column}`)},
          ${values[column]} as ${sql.ref(`next_${column}`)}`,
      )}
      from image ${joined}
      where image.dataset_id = ${datasetId} and ${where}
    ), different as materialized (
      select * from wanted where (${all(now)}) is distinct from (${all(next)})
    ), changed as (
      update image set ${all((column) => sql`${sql.ref(column)} = wanted.${sql.ref(`next_${column}`)}`)}
      from different as wanted
      where image.dataset_id = ${datasetId} and image.image_id = wanted.image_id
    )
    insert into image_history (dataset_id, revision, image_id, before)
    select ${datasetId}, ${revision}, image_id, ${all(
      (column) => sql`case when ${now(column)} is distinct from ${next(column)}
        then jsonb_build_object(${sql.lit(column)}, ${now(column)}) else '{}' end`,
      sql` || `,
    )}
    from different as wanted
    -- Of several changes under one revision, the first found what was there before it.
    on conflict (dataset_id, revision, image_id)
      do update set before = excluded.before || image_history.before`.execute(transaction);
  return Number(numAffectedRows);
}

interface ChangeImagesOptions {
  joined?: RawBuilder<unknown>;
  where?: RawBuilder<boolean>;
}

/**
 * SQL of a query `(image_id, before)`: what the changes that match were the first to find in each column.
 *
 * @param changes a condition on `image_history` and, for each column, its name `key`
 */
export function imagesBefore(
  datasetId: number,
  changes: RawBuilder<boolean>,
): RawBuilder<{ image_id: number; before: unknown }> {
  return sql`
    select image_id, jsonb_object_agg(key, value order by revision desc) as before
    from image_history cross join lateral jsonb_each(before)
    where dataset_id = ${datasetId} and ${changes}
    group by image_id`;
}

/**
 * SQL to follow `from image`: joins `past`, a row like `image` as a revision left it.
 *
 * @param of a condition on `image_id`, where only some images matter
 */
export function joinedPast(
  datasetId: number,
  revision: number,
  of = sql<boolean>`true`,
): RawBuilder<unknown> {
  const isLater = sql<boolean>`revision > ${revision} and ${of}`;
  return sql`
    left join (${imagesBefore(datasetId, isLater)}) as later
      on later.image_id = image.image_id
    cross join lateral jsonb_populate_record(image, coalesce(later.before, '{}')) as past`;
}

/** Makes images again what the changes that match found. Answers how many were not so any more. */
export async function takeImagesBack(
  change: Change,
  changes: RawBuilder<boolean>,
  where?: RawBuilder<boolean>,
): Promise<number> {
  const { transaction, datasetId } = change;
  const { rows } = await sql<{ column: HistoricColumn }>`
    select distinct key as "column" from image_history cross join lateral jsonb_each(before)
    where dataset_id = ${datasetId} and ${changes}`.execute(transaction);
  if (rows.length === 0) return 0;
  const past = rows.map(({ column }) => [column, sql.ref(`past.${column}`)]);
  return changeImages(change, Object.fromEntries(past), {
    joined: sql`
      join (${imagesBefore(datasetId, changes)}) as former on former.image_id = image.image_id
      cross join lateral jsonb_populate_record(image, former.before) as past`,
    where,
  });
}
