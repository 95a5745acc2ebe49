// What changed between two moments of a dataset, counted and listed.

import { sql } from 'kysely';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from '../annotations/live-annotation.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { type HistoricColumn, historicColumns } from '../images/change-images.ts';
import {
  type FieldChange,
  type FieldChangeRow,
  fieldChange,
  fieldChanges,
  fieldNamed,
  type ImageField,
} from '../images/field-changes.ts';
import { recentAnswers } from '../query/recent.ts';
import { stampOf } from '../query/stamp.ts';
import { changes, imageChanges, type Span } from './changes-sql.ts';
import { revisionOf } from './visibility.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface DiffSummary {
  fromRevision: number;
  toRevision: number;
  imagesAdded: number;
  imagesRemoved: number;
  annotationsAdded: number;
  annotationsRemoved: number;
  annotationsChanged: number;
  /** By category; null counts those without one. A changed object counts where it is afterwards. */
  categories: { categoryId: number | null; added: number; removed: number; changed: number }[];
  /** Images that are there both times, by what differs of them. */
  fields: { field: ImageField; imageCount: number }[];
  /** Images with any change, which `diffImages` lists. */
  changedImages: number;
}

export interface ImageDiff {
  imageId: number;
  fileName: string;
  sha256: string | null;
  width: number | null;
  height: number | null;
  /** Whether the image itself came or went; null where it was there all the time. */
  image: 'added' | 'removed' | null;
  fields: FieldChange[];
  annotations: { kind: ChangeKind; before: LiveAnnotation | null; after: LiveAnnotation | null }[];
}

/** All of a comparison but the objects themselves: made in one pass over what lies in between, which takes seconds. */
interface Difference extends DiffSummary {
  /** Of `changedImages`, by their names. */
  imageIds: Float64Array;
}

/** Eight bytes for each changed image. */
const MAX_REMEMBERED = 8;
const remembered = new WeakMap<Store, ReturnType<typeof recentAnswers<Difference>>>();

/** @param from, to versions' names or revisions, in either order; `to` is now by default */
export async function diffSummary(
  store: Store,
  datasetId: number,
  from: string | number,
  to?: string | number,
): Promise<DiffSummary> {
  const span = await spanOf(store, datasetId, from, to);
  const { imageIds: _, ...summary } = await differenceOf(store, span);
  return summary;
}

/** Revisions never change, so what lies between two of them is asked of the database once. */
async function differenceOf(store: Store, span: Span): Promise<Difference> {
  const { table } = await stampOf(databaseOf(store), span.datasetId);
  const answerOf = remembered.get(store) ?? recentAnswers<Difference>(MAX_REMEMBERED);
  remembered.set(store, answerOf);
  return answerOf(JSON.stringify([table, span]), () => readDifference(store, span));
}

async function readDifference(store: Store, span: Span): Promise<Difference> {
  const { rows } = await sql<{
    categories: DiffSummary['categories'];
    added: number;
    removed: number;
    fields: Record<HistoricColumn, number>;
    ids: string | null;
  }>`
    with ${changes(span)}, ${imageChanges(span)}, ${fieldChanges(span)}, counted as (
      select category_id as "categoryId",
        count(*) filter (where kind = 'added') as added,
        count(*) filter (where kind = 'removed') as removed,
        count(*) filter (where kind = 'changed') as changed
      from change group by category_id order by count(*) desc, category_id
    ), changed_image as (
      select image_id from change union select image_id from image_change
      union select image_id from field_change
    )
    select
      (select coalesce(jsonb_agg(counted), '[]') from counted) as categories,
      (select count(*) from image_change where kind = 'added') as added,
      (select count(*) from image_change where kind = 'removed') as removed,
      (select coalesce(jsonb_object_agg("column", count), '{}') from (
        select "column", count(*) as count from field_change group by "column") as of_field) as fields,
      (select string_agg(image_id::text, ' ' order by image.file_name, image.row_id)
        from changed_image join image using (image_id)
        where image.dataset_id = ${span.datasetId}) as ids`.execute(databaseOf(store));
  const [{ categories, added, removed, fields, ids }] = rows;
  const imageIds = Float64Array.from(ids?.split(' ') ?? [], Number);
  const total = (kind: ChangeKind) => categories.reduce((sum, category) => sum + category[kind], 0);
  return {
    fromRevision: span.from,
    toRevision: span.to,
    imagesAdded: added,
    imagesRemoved: removed,
    annotationsAdded: total('added'),
    annotationsRemoved: total('removed'),
    annotationsChanged: total('changed'),
    categories,
    fields: historicColumns.flatMap((column) => {
      const imageCount = fields[column] ?? 0;
      return imageCount === 0 ? [] : [{ field: fieldNamed(column), imageCount }];
    }),
    changedImages: imageIds.length,
    imageIds,
  };
}

/**
 * The images with changes by their names, each with its changed fields and annotations before and after.
 *
 * @param after the id of the last one of the page before
 */
export async function diffImages(
  store: Store,
  datasetId: number,
  from: string | number,
  { to, after, limit = 50 }: { to?: string | number; after?: number; limit?: number } = {},
): Promise<ImageDiff[]> {
  const db = databaseOf(store);
  const span = await spanOf(store, datasetId, from, to);
  const { imageIds } = await differenceOf(store, span);
  const start = after === undefined ? 0 : imageIds.indexOf(after) + 1;
  const ids =
    start === 0 && after !== undefined ? [] : [...imageIds.subarray(start, start + limit)];
  const { rows: images } = await sql<{
    image_id: number;
    file_name: string;
    sha256: Buffer | null;
    width: number | null;
    height: number | null;
    kind: 'added' | 'removed' | null;
  }>`
    with ${imageChanges(span, ids)}
    select image_id, file_name, sha256, width, height, image_change.kind
    from image left join image_change using (image_id)
    where image.dataset_id = ${datasetId} and image_id = any(${ids}::bigint[])
    order by array_position(${ids}::bigint[], image_id)`.execute(db);
  const { rows: changed } = await sql<{ kind: ChangeKind; before_row: number; after_row: number }>`
    with ${changes(span, ids)} select kind, before_row, after_row from change
    order by coalesce(after_row, before_row)`.execute(db);
  const { rows: fields } = await sql<FieldChangeRow & { image_id: number }>`
    with ${fieldChanges(span, ids)}
    select image_id, "column", before, after from field_change order by "column"`.execute(db);
  const fieldsOf = Map.groupBy(fields, ({ image_id }) => image_id);
  const rowIds = changed.flatMap(({ before_row, after_row }) => [before_row, after_row]);
  const { rows: annotations } = await sql<LiveRow & { row_id: number }>`
    select a.row_id, ${liveColumns} from annotation a
    where row_id = any(${rowIds.filter((row) => row !== null)}::bigint[])`.execute(db);
  const byRow = new Map(annotations.map((row) => [row.row_id, liveAnnotation(row)]));
  const entries = changed.map(({ kind, before_row, after_row }) => ({
    kind,
    before: byRow.get(before_row) ?? null,
    after: byRow.get(after_row) ?? null,
  }));
  const byImage = Map.groupBy(entries, ({ before, after }) => (after ?? before)!.imageId);
  return images.map((image) => ({
    imageId: image.image_id,
    fileName: image.file_name,
    sha256: image.sha256?.toString('hex') ?? null,
    width: image.width,
    height: image.height,
    image: image.kind,
    fields: (fieldsOf.get(image.image_id) ?? []).map(fieldChange),
    annotations: byImage.get(image.image_id) ?? [],
  }));
}

async function spanOf(
  store: Store,
  datasetId: number,
  from: string | number,
  to: string | number | undefined,
): Promise<Span> {
  const db = databaseOf(store);
  const [start, end] = [
    await revisionOf(db, datasetId, from),
    to === undefined ? null : await revisionOf(db, datasetId, to),
  ];
  const now = end ?? (await currentRevision(store, datasetId));
  return { datasetId, from: start, to: now };
}

async function currentRevision(store: Store, datasetId: number): Promise<number> {
  const { revision } = await databaseOf(store)
    .selectFrom('dataset')
    .select('revision')
    .where('id', '=', datasetId)
    .executeTakeFirstOrThrow();
  return revision;
}
