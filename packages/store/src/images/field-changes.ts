// Fields of images as people see them change: between two revisions, and one change after the other.

import { type RawBuilder, sql } from 'kysely';
import { visibleAt } from '../datasets/visibility.ts';
import { type HistoricColumn, historicColumns } from './change-images.ts';

/** The field for each column; null for what says nothing beside another one. */
const fieldOf = {
  status: 'status',
  tags: 'tags',
  metadata: 'metadata',
  captured_at: 'capturedAt',
  width: 'width',
  height: 'height',
  extra: 'extra',
  sha256: 'picture',
  byte_size: null,
  media_type: null,
  source: 'source',
  reviewed_by: 'reviewed',
  reviewed_at: null,
  reviewed_revision: null,
} as const satisfies Record<HistoricColumn, string | null>;

/**
 * `extra`: fields of a COCO file that have no column of their own. `picture`: its hash, hexadecimal. `reviewed`: by whom.
 */
export type ImageField = NonNullable<(typeof fieldOf)[HistoricColumn]>;

/** Values are JSON: dates as ISO 8601 text, what is not known as null. */
export interface FieldChange {
  field: ImageField;
  before: unknown;
  after: unknown;
}

/** A row of `field_change`, or of any query with these columns. */
export interface FieldChangeRow {
  column: HistoricColumn;
  before: unknown;
  after: unknown;
}

export function fieldChange({ column, before, after }: FieldChangeRow): FieldChange {
  // A hash became `\x` and its hexadecimal in JSON.
  const shown = (value: unknown) =>
    column === 'sha256' && typeof value === 'string' ? value.slice(2) : value;
  return { field: fieldNamed(column), before: shown(before), after: shown(after) };
}

/** Of columns that `isShown` lets through. */
export const fieldNamed = (column: HistoricColumn): ImageField => fieldOf[column] as ImageField;

/** SQL: whether a key of `image_history.before` is a field that people see. */
export function isShown(key: RawBuilder<unknown>): RawBuilder<boolean> {
  const hidden = historicColumns.filter((column) => fieldOf[column] === null);
  return sql<boolean>`${key} <> all(${hidden})`;
}

/** SQL: what `image` has now in the column of this name, as JSON; null for what is not known. */
export function valueNow(key: RawBuilder<unknown>): RawBuilder<unknown> {
  const cases = historicColumns.map(
    (column) => sql`when ${sql.lit(column)} then to_jsonb(${sql.ref(`image.${column}`)})`,
  );
  return sql`coalesce(case ${key} ${sql.join(cases, sql` `)} end, 'null')`;
}

/**
 * SQL of the common table `field_change (image_id, "column", before, after)`: what differs, on images that are there at
 * both revisions. Only what changed in between can differ, and the first to change it found what it was.
 */
export function fieldChanges(
  { datasetId, from, to }: { datasetId: number; from: number; to: number },
  imageIds?: readonly number[],
): RawBuilder<unknown> {
  const [low, high] = from < to ? [from, to] : [to, from];
  const ofImages =
    imageIds === undefined ? sql`` : sql`and h.image_id = any(${[...imageIds]}::bigint[])`;
  const thereAt = (revision: number) => sql`
    select image_id from image_life l where dataset_id = ${datasetId} and ${visibleAt('l', revision)}`;
  const [before, after] = from < to ? ['low', 'high'] : ['high', 'low'];
  return sql`
    first_change as (
      select distinct on (h.image_id, entry.key) h.image_id, entry.key, entry.value as low
      from image_history h cross join lateral jsonb_each(h.before) as entry
      where h.dataset_id = ${datasetId} and h.revision > ${low} and h.revision <= ${high}
        and ${isShown(sql`entry.key`)} ${ofImages}
      order by h.image_id, entry.key, h.revision
    ), both_values as (
      select f.image_id, f.key, f.low, coalesce(next.value, ${valueNow(sql`f.key`)}) as high
      from first_change f
        join image on image.dataset_id = ${datasetId} and image.image_id = f.image_id
        left join lateral (
          select h.before -> f.key as value from image_history h
          where h.dataset_id = ${datasetId} and h.image_id = f.image_id and h.revision > ${high}
            and h.before ? f.key
          order by h.revision limit 1
        ) as next on true
    ), field_change as materialized (
      select image_id, key as "column", ${sql.ref(before)} as before, ${sql.ref(after)} as after
      from both_values
      where low <> high and image_id in (${thereAt(low)}) and image_id in (${thereAt(high)})
    )`;
}
