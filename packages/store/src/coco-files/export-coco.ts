// A dataset as the sections of a COCO file, streamed from the database in bounded memory.

import { type CocoAnnotation, type CocoCategory, type CocoImage, phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import {
  type AnnotationContent,
  cocoFromContent,
  readableFromContent,
} from '../annotations/annotation-record.ts';
import { contentOf } from '../annotations/content-sql.ts';
import {
  type Database,
  type DatabaseTransaction,
  databaseOf,
  type Store,
} from '../database/store.ts';
import type { AnnotationSection, AnnotationState } from '../database/tables.ts';
import { type CategoryContent, cocoFromCategory } from '../datasets/category-record.ts';
import { datasetNotFound } from '../datasets/revise.ts';
import { revisionOf, visibleAt } from '../datasets/visibility.ts';
import { joinedPast } from '../images/change-images.ts';
import { cocoFromImage, type ImageContent } from '../images/image-record.ts';
import { compileImages } from '../query/compile.ts';
import { matchesAt } from '../query/matches-at.ts';
import { StoreError } from '../store-error.ts';
import {
  type AnnotationReviewRow,
  annotationReviewColumns,
  hasReview,
  type ImageReviewRow,
  imageReviewColumns,
  withAnnotationReview,
  withImageReview,
} from './review-record.ts';

export interface ExportOptions {
  /** The name of a version, or a revision. Default: now. */
  at?: string | number;
  /** Only the images that match, or matched then, with all their annotations. */
  query?: string;
  /** Only these of the images, with all their annotations. */
  imageIds?: readonly number[];
  /** Names of categories: these alone, and the annotations of them. Images without any stay. */
  categories?: readonly string[];
  /** Default: accepted alone. */
  states?: readonly AnnotationState[];
  /** With a field `migaki` for what COCO has no fields for; see `review-record.ts`. */
  withReview?: boolean;
  /** Without fields that nobody can draw or measure, for who reads them as COCO says they are. */
  onlyReadable?: boolean;
}

/** What an export leaves out. */
export interface LeftBehind {
  /** Images of which, or of whose objects, more is known than COCO has fields for; 0 where it is written. */
  reviewCount: number;
  /** A file name of one of them; empty for none. */
  reviewSample: string;
  /** Objects that models propose and nobody has decided on, unless such were asked for. */
  proposalCount: number;
}

/**
 * The root of a COCO file, fit for `writeCoco`. The streams can be read once, in any order but one after the other. Records come in
 * the order of their ids, so that what changed shows where the files of two exports are compared line by line.
 */
export interface CocoRoot {
  images: AsyncIterable<CocoImage>;
  annotations: AsyncIterable<CocoAnnotation>;
  categories?: CocoCategory[];
  [section: string]: unknown;
}

const ROWS_PER_FETCH = 2_000;

/**
 * Hands the sections of a dataset to `use`, all of one moment whatever changes meanwhile. The connection is held
 * until `use` is done.
 *
 * @param use also hears what is left out
 * @throws StoreError `dataset-not-found`, `version-not-found`, `revision-not-found`, `category-not-found`, `bad-query`
 * @example
 * await exportCoco(store, 1, { at: 'v1' }, (root) => pipeline(Readable.from(writeCoco(root)), file));
 */
export async function exportCoco<Result>(
  store: Store,
  datasetId: number,
  options: ExportOptions,
  use: (root: CocoRoot, left: LeftBehind) => Promise<Result>,
): Promise<Result> {
  return databaseOf(store)
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const { root, left } = await rootOf(transaction, datasetId, options);
      return use(root, left);
    });
}

async function rootOf(
  database: DatabaseTransaction,
  datasetId: number,
  {
    at,
    query,
    imageIds,
    categories: chosenNames,
    states = ['accepted'],
    withReview = false,
    onlyReadable = false,
  }: ExportOptions,
): Promise<{ root: CocoRoot; left: LeftBehind }> {
  const dataset = await database
    .selectFrom('dataset')
    .select(['sections', 'record_sections'])
    .where('id', '=', datasetId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (dataset === undefined) throw await datasetNotFound(database, datasetId);
  const revision = at === undefined ? null : await revisionOf(database, datasetId, at);

  // Either a subquery of image ids or no condition at all: most exports are of everything.
  const matches =
    imageIds !== undefined
      ? sql`select unnest(${[...imageIds]}::bigint[])`
      : query === undefined || query.trim() === ''
        ? null
        : revision === null
          ? sql`select image.image_id from image
              where ${await compileImages(database, datasetId, query)}`
          : await matchesAt(database, datasetId, query, revision);
  const isMatch = (column: string) =>
    matches === null ? sql`` : sql`and ${sql.ref(column)} in (${matches})`;
  const images =
    revision === null
      ? sql`image.dataset_id = ${datasetId} and not image.is_deleted
          ${isMatch('image.image_id')}`
      : sql`image.dataset_id = ${datasetId} and exists (
          select 1 from image_life life
          where life.dataset_id = image.dataset_id and life.image_id = image.image_id
            and ${visibleAt('life', revision)}) ${isMatch('image.image_id')}`;
  const known = await database
    .selectFrom('category')
    .select(['category_id', 'name', 'supercategory', 'color', 'keypoints', 'skeleton', 'extra'])
    .where('dataset_id', '=', datasetId)
    .where(visibleAt('category', revision))
    .orderBy('position')
    .orderBy('row_id')
    .execute();
  const categories = chosenOf(known, chosenNames);
  const isChosen =
    chosenNames === undefined
      ? sql``
      : sql`and a.category_id = any(${categories.map((each) => each.category_id)}::bigint[])`;
  const annotations = (section: AnnotationSection) => sql`
    a.dataset_id = ${datasetId} and ${visibleAt('a', revision)}
      and a.state = any(${[...states]}) and a.section = ${section}
      ${isMatch('a.image_id')} ${isChosen}`;

  const hasCaptions = await sql`
    select 1 from annotation a where ${annotations('captions')} limit 1`.execute(database);

  const listed = new Set(dataset.record_sections);
  const isListed = (section: string) => listed.size === 0 || listed.has(section);
  const left: LeftBehind = {
    ...(withReview
      ? { reviewCount: 0, reviewSample: '' }
      : await countReviewed(database, datasetId, revision, images)),
    proposalCount: states.includes('proposed')
      ? 0
      : await countProposals(database, datasetId, revision, matches),
  };
  const ofImages = withReview
    ? imageReviewColumns(revision === null ? 'image' : 'past', revision)
    : sql``;
  const recordsOf = (section: AnnotationSection, order: RawBuilder<unknown>) =>
    annotationStream(database, {
      cursor: `exported_${section}`,
      condition: annotations(section),
      order,
      reviewColumns: withReview ? annotationReviewColumns(revision) : sql``,
      fromContent: onlyReadable ? readableFromContent : cocoFromContent,
    });
  const root = {
    ...dataset.sections,
    images: streamed<ImageContent & { image_id: number } & ImageReviewRow, CocoImage>(
      database,
      'exported_image',
      revision === null
        ? sql`select image_id, file_name, width, height, extra ${ofImages} from image
            where ${images} order by image_id`
        : sql`select past.image_id, past.file_name, past.width, past.height, past.extra ${ofImages}
            from image ${joinedPast(datasetId, revision)} where ${images} order by image.image_id`,
      (row) => {
        const image = cocoFromImage(row.image_id, row);
        return withReview ? withImageReview(image, row) : image;
      },
    ),
    annotations: recordsOf('annotations', sql`annotation_id`),
    ...(isListed('categories') || categories.length > 0
      ? {
          categories: categories.map((row) =>
            cocoFromCategory(row.category_id, row as CategoryContent),
          ),
        }
      : {}),
    ...(listed.has('captions') || hasCaptions.rows.length > 0
      ? {
          captions: recordsOf('captions', captionId),
        }
      : {}),
  };
  return { root, left };
}

async function countReviewed(
  database: Database,
  datasetId: number,
  revision: number | null,
  images: RawBuilder<unknown>,
): Promise<Pick<LeftBehind, 'reviewCount' | 'reviewSample'>> {
  const [alias, joined] =
    revision === null ? ['image', sql``] : ['past', joinedPast(datasetId, revision)];
  const { rows } = await sql<{ count: number; sample: string | null }>`
    select count(*) as count, min(${sql.ref(`${alias}.file_name`)}) as sample
    from image ${joined} where ${images} and ${hasReview(alias, revision)}`.execute(database);
  const [{ count, sample }] = rows;
  return { reviewCount: count, reviewSample: sample ?? '' };
}

async function countProposals(
  database: Database,
  datasetId: number,
  revision: number | null,
  matches: RawBuilder<unknown> | null,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from annotation a
    where a.dataset_id = ${datasetId} and ${visibleAt('a', revision)} and a.state = 'proposed'
      ${matches === null ? sql`` : sql`and a.image_id in (${matches})`}`.execute(database);
  return rows[0].count;
}

/** SQL: the id with which a caption is written. In their files they are counted anew, so that annotations may have theirs. */
const captionId = sql`case when jsonb_typeof(extra -> 'id') = 'number'
  then (extra ->> 'id')::numeric else annotation_id end`;

/** @throws StoreError `category-not-found` */
function chosenOf<Row extends { name: string }>(
  rows: readonly Row[],
  names: readonly string[] | undefined,
): readonly Row[] {
  if (names === undefined) return rows;
  for (const name of names) {
    if (rows.some((row) => row.name === name)) continue;
    throw new StoreError('category-not-found', {
      expected: phrase`a category of the dataset: ${rows.map((row) => row.name).join(', ')}`,
      found: name,
    });
  }
  return rows.filter(({ name }) => names.includes(name));
}

interface StreamedAnnotations {
  cursor: string;
  condition: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  reviewColumns: RawBuilder<unknown>;
  fromContent: typeof cocoFromContent;
}

function annotationStream(
  database: Database,
  { cursor, condition, order, reviewColumns, fromContent }: StreamedAnnotations,
): AsyncIterable<CocoAnnotation> {
  type Row = AnnotationContent & {
    annotation_id: number;
    image_id: number;
  } & Partial<AnnotationReviewRow>;
  return streamed<Row, CocoAnnotation>(
    database,
    cursor,
    sql`select annotation_id, image_id, ${contentOf('a')} ${reviewColumns} from annotation a
      where ${condition} order by ${order}, row_id`,
    (row) => {
      const annotation = fromContent(row, row);
      return row.origin === undefined
        ? annotation
        : withAnnotationReview(annotation, row as AnnotationReviewRow);
    },
  );
}

/** Reads a query through a cursor, which lives in the transaction. */
async function* streamed<Row, Element>(
  database: Database,
  cursor: string,
  query: RawBuilder<unknown>,
  element: (row: Row) => Element,
): AsyncGenerator<Element> {
  await sql`declare ${sql.ref(cursor)} no scroll cursor for ${query}`.execute(database);
  try {
    for (;;) {
      const { rows } =
        await sql<Row>`fetch ${sql.lit(ROWS_PER_FETCH)} from ${sql.ref(cursor)}`.execute(database);
      for (const row of rows) yield element(row);
      if (rows.length < ROWS_PER_FETCH) break;
    }
  } finally {
    await sql`close ${sql.ref(cursor)}`.execute(database);
  }
}
