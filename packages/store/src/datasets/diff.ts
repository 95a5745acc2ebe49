// What changed between two moments of a dataset, counted and listed.

import { type RawBuilder, sql } from 'kysely';
import { contentDigest } from '../annotations/content-sql.ts';
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
import { revisionOf, visibleAt } from './visibility.ts';

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

const touchedImages = sql`
  select image_id from change union select image_id from image_change
  union select image_id from field_change`;

interface Span {
  datasetId: number;
  from: number;
  to: number;
}

/** @param from, to versions' names or revisions, in either order; `to` is now by default */
export async function diffSummary(
  store: Store,
  datasetId: number,
  from: string | number,
  to?: string | number,
): Promise<DiffSummary> {
  const db = databaseOf(store);
  const span = await spanOf(store, datasetId, from, to);
  const { rows: categories } = await sql<DiffSummary['categories'][number]>`
    with ${changes(span)}
    select category_id as "categoryId",
      count(*) filter (where kind = 'added') as added,
      count(*) filter (where kind = 'removed') as removed,
      count(*) filter (where kind = 'changed') as changed
    from change group by category_id order by count(*) desc, category_id`.execute(db);
  const { rows } = await sql<
    Record<'added' | 'removed' | 'images', number> & { fields: Record<HistoricColumn, number> }
  >`
    with ${changes(span)}, ${imageChanges(span)}, ${fieldChanges(span)}
    select
      (select count(*) from image_change where kind = 'added') as added,
      (select count(*) from image_change where kind = 'removed') as removed,
      (select count(*) from (${touchedImages}) as touched) as images,
      (select coalesce(jsonb_object_agg("column", count), '{}') from (
        select "column", count(*) as count from field_change group by "column") as counted) as fields`.execute(
    db,
  );
  const total = (kind: ChangeKind) => categories.reduce((sum, category) => sum + category[kind], 0);
  return {
    fromRevision: span.from,
    toRevision: span.to,
    imagesAdded: rows[0].added,
    imagesRemoved: rows[0].removed,
    annotationsAdded: total('added'),
    annotationsRemoved: total('removed'),
    annotationsChanged: total('changed'),
    categories,
    fields: historicColumns.flatMap((column) => {
      const imageCount = rows[0].fields[column] ?? 0;
      return imageCount === 0 ? [] : [{ field: fieldNamed(column), imageCount }];
    }),
    changedImages: rows[0].images,
  };
}

/**
 * The images with changes by their ids, each with its changed fields and annotations before and after.
 *
 * @param after only images with a greater id: the last one of the page before
 */
export async function diffImages(
  store: Store,
  datasetId: number,
  from: string | number,
  { to, after, limit = 50 }: { to?: string | number; after?: number; limit?: number } = {},
): Promise<ImageDiff[]> {
  const db = databaseOf(store);
  const span = await spanOf(store, datasetId, from, to);
  const { rows: images } = await sql<{
    image_id: number;
    file_name: string;
    sha256: Buffer | null;
    width: number | null;
    height: number | null;
    kind: 'added' | 'removed' | null;
  }>`
    with ${changes(span)}, ${imageChanges(span)}, ${fieldChanges(span)}
    select image_id, file_name, sha256, width, height, image_change.kind
    from (${touchedImages}) as touched
      join image using (image_id) left join image_change using (image_id)
    where image.dataset_id = ${datasetId} ${after === undefined ? sql`` : sql`and image_id > ${after}`}
    order by image_id limit ${limit}`.execute(db);
  const ids = images.map(({ image_id }) => image_id);
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

/**
 * `change (image_id, annotation_id, category_id, kind, before_row, after_row)`. Only rows that were born or retired in
 * between can differ, and those are found by index; rejected ones are as good as absent.
 */
function changes({ datasetId, from, to }: Span, imageIds?: readonly number[]): RawBuilder<unknown> {
  const [low, high] = from < to ? [from, to] : [to, from];
  const ofImages =
    imageIds === undefined ? sql`` : sql`and image_id = any(${[...imageIds]}::bigint[])`;
  const side = (revision: number) => sql`
    select a.* from touched a where ${visibleAt('a', revision)}`;
  return sql`
    touched as materialized (
      select a.*, ${contentDigest('a')} as digest from annotation a
      where a.dataset_id = ${datasetId} and a.born > ${low} and a.born <= ${high}
        and a.state <> 'rejected' ${ofImages}
      union all
      select a.*, ${contentDigest('a')} as digest from annotation a
      where a.dataset_id = ${datasetId} and a.retired > ${low} and a.retired <= ${high}
        and a.born <= ${low} and a.state <> 'rejected' ${ofImages}
    ), change as (
      select coalesce(b.image_id, a.image_id) as image_id,
        coalesce(b.annotation_id, a.annotation_id) as annotation_id,
        coalesce(b.category_id, a.category_id) as category_id,
        case when a.row_id is null then 'added' when b.row_id is null then 'removed'
          else 'changed' end as kind,
        a.row_id as before_row, b.row_id as after_row
      from (${side(from)}) a full join (${side(to)}) b on a.annotation_id = b.annotation_id
      where (a.digest, a.state, a.image_id) is distinct from (b.digest, b.state, b.image_id)
    )`;
}

/** `image_change (image_id, kind)`. */
function imageChanges({ datasetId, from, to }: Span): RawBuilder<unknown> {
  const [low, high] = from < to ? [from, to] : [to, from];
  return sql`
    image_change as (
      select image_id,
        case when bool_or(${visibleAt('l', to)}) then 'added' else 'removed' end as kind
      from image_life l
      where dataset_id = ${datasetId}
        and ((born > ${low} and born <= ${high}) or (retired > ${low} and retired <= ${high}))
      group by image_id
      having bool_or(${visibleAt('l', from)}) <> bool_or(${visibleAt('l', to)})
    )`;
}
