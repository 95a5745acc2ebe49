// Who changed what of an image and when: the image itself, its fields and its objects.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import {
  type FieldChange,
  type FieldChangeRow,
  fieldChange,
  isShown,
  valueNow,
} from './field-changes.ts';

export interface ImageHistoryEntry {
  revision: number;
  author: string;
  at: Date;
  kind: string;
  note: string;
  /** Whether the image itself came or went. */
  image: 'added' | 'removed' | null;
  fields: FieldChange[];
  /** How many of its objects came, went or became otherwise; `annotationHistory` tells of each. */
  objects: { added: number; removed: number; changed: number };
}

/**
 * The revisions that changed an image, the latest first.
 *
 * @param before only revisions below this one: the last one of the page before
 * @example
 * const [latest] = await imageHistory(store, 1, 7); // { revision: 12, author: 'ada', fields: [{ field: 'status', … }], … }
 */
export async function imageHistory(
  store: Store,
  datasetId: number,
  imageId: number,
  { before, limit = 50 }: { before?: number; limit?: number } = {},
): Promise<ImageHistoryEntry[]> {
  type Row = Omit<ImageHistoryEntry, 'fields'> & { fields: FieldChangeRow[] };
  const { rows } = await sql<Row>`
    with field as (
      select h.revision, entry.key, entry.value as before,
        coalesce(
          lead(entry.value) over (partition by entry.key order by h.revision),
          ${valueNow(sql`entry.key`)}) as after
      from image_history h
        join image on image.dataset_id = h.dataset_id and image.image_id = h.image_id
        cross join lateral jsonb_each(h.before) as entry
      where h.dataset_id = ${datasetId} and h.image_id = ${imageId} and ${isShown(sql`entry.key`)}
    ), field_change as (
      select revision,
        jsonb_agg(jsonb_build_object('column', key, 'before', before, 'after', after) order by key) as fields
      from field where before <> after group by revision
    ), life as (
      select born as revision, 'added' as image from image_life
      where dataset_id = ${datasetId} and image_id = ${imageId}
      union all
      select retired, 'removed' from image_life
      where dataset_id = ${datasetId} and image_id = ${imageId} and retired is not null
    ), object_change as (
      select revision,
        count(*) filter (where gone.annotation_id is null) as added,
        count(*) filter (where come.annotation_id is null) as removed,
        count(*) filter (where gone.annotation_id = come.annotation_id) as changed
      from (
        select born as revision, annotation_id from annotation
        where dataset_id = ${datasetId} and image_id = ${imageId}
      ) as come full join (
        select retired as revision, annotation_id from annotation
        where dataset_id = ${datasetId} and image_id = ${imageId} and retired is not null
      ) as gone using (revision, annotation_id)
      group by revision
    )
    select r.revision, r.author, r.at, r.kind, r.note, life.image,
      coalesce(field_change.fields, '[]') as fields,
      jsonb_build_object('added', coalesce(added, 0), 'removed', coalesce(removed, 0),
        'changed', coalesce(changed, 0)) as objects
    from (
        select revision from field_change union select revision from life
        union select revision from object_change
      ) as touched
      join revision r on r.dataset_id = ${datasetId} and r.revision = touched.revision
      left join field_change on field_change.revision = r.revision
      left join life on life.revision = r.revision
      left join object_change on object_change.revision = r.revision
    where ${before === undefined ? sql`true` : sql`r.revision < ${before}`}
    order by r.revision desc limit ${limit}`.execute(databaseOf(store));
  return rows.map((row) => ({ ...row, fields: row.fields.map(fieldChange) }));
}
