// Who changed what of an image and when: the image itself, its fields and its objects.

import { sql } from 'kysely';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from '../annotations/live-annotation.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
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
  /** Of these the first twelve. */
  changes: ObjectChange[];
  /** Objects that somebody marked as looked at, or not. */
  reviewedCount: number;
  comments: CommentChange[];
}

export interface ObjectChange {
  annotationId: number;
  change: 'added' | 'changed' | 'removed';
  /** Null where it was not there. */
  before: LiveAnnotation | null;
  after: LiveAnnotation | null;
}

export interface CommentChange {
  commentId: string;
  /** `changed`: edited, settled or opened again. */
  change: 'added' | 'changed' | 'removed';
  text: string;
  isResolved: boolean;
}

const MAX_CHANGES = 12;

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
  type Row = Omit<ImageHistoryEntry, 'fields' | 'changes'> & { fields: FieldChangeRow[] };
  const db = databaseOf(store);
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
    ), review as (
      select revision, count(*) as count from review_history
      where dataset_id = ${datasetId} and image_id = ${imageId} group by revision
    ), comment_change as (
      select revision, jsonb_agg(jsonb_build_object('commentId', comment_id, 'text', text,
        'isResolved', is_resolved, 'change', change) order by row_id) as comments
      from (
        select distinct on (revision, comment_id) revision, comment_id, row_id, text,
          resolved_at is not null as is_resolved,
          case when not has_come then 'removed' when has_gone then 'changed' else 'added' end as change
        from (
          select each.revision, c.*,
            bool_or(each.is_born) over of_comment as has_come,
            bool_or(not each.is_born) over of_comment as has_gone, each.is_born
          from comment c cross join lateral (
            values (c.born, true), (c.retired, false)) as each (revision, is_born)
          where c.dataset_id = ${datasetId} and c.image_id = ${imageId} and each.revision is not null
          window of_comment as (partition by each.revision, c.comment_id)
        ) as touched
        order by revision, comment_id, is_born desc, row_id desc
      ) as changed
      group by revision
    )
    select r.revision, r.author, r.at, r.kind, r.note, life.image,
      coalesce(review.count, 0) as "reviewedCount", coalesce(comments, '[]') as comments,
      coalesce(field_change.fields, '[]') as fields,
      jsonb_build_object('added', coalesce(added, 0), 'removed', coalesce(removed, 0),
        'changed', coalesce(changed, 0)) as objects
    from (
        select revision from field_change union select revision from life
        union select revision from object_change union select revision from review
        union select revision from comment_change
      ) as touched
      join revision r on r.dataset_id = ${datasetId} and r.revision = touched.revision
      left join field_change on field_change.revision = r.revision
      left join life on life.revision = r.revision
      left join object_change on object_change.revision = r.revision
      left join review on review.revision = r.revision
      left join comment_change on comment_change.revision = r.revision
    where ${before === undefined ? sql`true` : sql`r.revision < ${before}`}
    order by r.revision desc limit ${limit}`.execute(db);
  const revisions = rows.map(({ revision }) => revision);
  const changes = await objectChanges(db, datasetId, imageId, revisions);
  return rows.map((row) => ({
    ...row,
    fields: row.fields.map(fieldChange),
    changes: changes.get(row.revision) ?? [],
  }));
}

/** What some revisions did to the objects of an image, by revision. */
async function objectChanges(
  db: Database,
  datasetId: number,
  imageId: number,
  revisions: readonly number[],
): Promise<Map<number, ObjectChange[]>> {
  const rowsWhere = (column: string) => sql`
    select ${sql.ref(column)} as revision, annotation_id, row_id from annotation
    where dataset_id = ${datasetId} and image_id = ${imageId}
      and ${sql.ref(column)} = any(${[...revisions]}::bigint[])`;
  const { rows } = await sql<{
    revision: number;
    annotationId: number;
    before: number | null;
    after: number | null;
  }>`
    select revision, annotation_id as "annotationId", before, after
    from (
      select revision, annotation_id, gone.row_id as before, come.row_id as after,
        row_number() over (partition by revision order by annotation_id) as nth
      from (${rowsWhere('born')}) as come
        full join (${rowsWhere('retired')}) as gone using (revision, annotation_id)
    ) as numbered
    where nth <= ${MAX_CHANGES} order by revision, nth`.execute(db);
  const rowIds = rows.flatMap(({ before, after }) => [before, after]).filter((id) => id !== null);
  const { rows: annotations } = await sql<LiveRow & { row_id: number }>`
    select a.row_id, ${liveColumns} from annotation a
    where a.row_id = any(${rowIds}::bigint[])`.execute(db);
  const byRow = new Map(annotations.map((row) => [row.row_id, liveAnnotation(row)]));
  const changes = rows.map(({ revision, annotationId, ...row }) => {
    const [before, after] = [row.before, row.after].map((id) =>
      id === null ? null : (byRow.get(id) ?? null),
    );
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return { revision, annotationId, change, before, after } as const;
  });
  const byRevision = Map.groupBy(changes, ({ revision }) => revision);
  return new Map(
    [...byRevision].map(([revision, of]) => [
      revision,
      of.map(({ revision: _, ...change }) => change),
    ]),
  );
}
