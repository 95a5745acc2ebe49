// Images of a query, page by page, from a place or a position; and what comes before and after one of them.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { type Image, type ImageRow, imageColumns, imageFromRow } from '../images/image.ts';
import { StoreError } from '../store-error.ts';
import { compileImages } from './compile.ts';
import { type ImageQuery, matchesOf, placeIn } from './matches.ts';
import { sortOfView } from './similar-to.ts';
import { beyond, orderBy, type Place } from './sort.ts';

export interface ImagePage {
  images: Image[];
  /** For `after` and `before` of the neighbouring pages; null where there is none. */
  next: string | null;
  previous: string | null;
}

export interface PageOptions extends ImageQuery {
  /** 1 to 1,000; default 100. */
  limit?: number;
  /** A `next` of another page. */
  after?: string;
  /** A `previous` of another page. */
  before?: string;
  /** From this match on, counted from 0. */
  position?: number;
}

const MAX_LIMIT = 1000;

/**
 * A page of images. Pages hang together by places, not by offsets, so nothing is shown twice or left out when the
 * dataset changes meanwhile.
 *
 * @throws StoreError `bad-query`
 * @example
 * const page = await imagePage(store, 1, { query: 'tag:night', sort: '-captured', limit: 50 });
 * const second = await imagePage(store, 1, { query: 'tag:night', sort: '-captured', limit: 50, after: page.next! });
 */
export async function imagePage(
  store: Store,
  datasetId: number,
  options: PageOptions = {},
): Promise<ImagePage> {
  const limit = Math.max(1, Math.min(MAX_LIMIT, Math.floor(options.limit ?? 100)));
  if (options.position !== undefined) {
    return pageAt(store, datasetId, options, Math.max(0, Math.floor(options.position)), limit);
  }
  const db = databaseOf(store);
  const sort = await sortOfView(db, datasetId, options);
  const condition = await compileImages(db, datasetId, options.query, options);
  const isBackwards = options.before !== undefined;
  const from =
    options.after !== undefined
      ? sql`and ${beyond(sort, placeFromText(options.after), 'after')}`
      : options.before !== undefined
        ? sql`and ${beyond(sort, placeFromText(options.before), 'before')}`
        : sql``;
  // One more than asked for tells whether there is a page beyond.
  const { rows } = await sql<PlacedRow>`
    select ${imageColumns}, ${sort.key}::text as key, image.row_id from image
    where ${condition} ${from}
    order by ${orderBy(sort, isBackwards)} limit ${limit + 1}`.execute(db);
  const hasMore = rows.length > limit;
  if (hasMore) rows.pop();
  if (isBackwards) rows.reverse();
  const isFirst = options.after === undefined && !isBackwards;
  return pageOf(rows, {
    hasNext: isBackwards || hasMore,
    hasPrevious: isBackwards ? hasMore : !isFirst,
  });
}

type PlacedRow = ImageRow & { key: string; row_id: number };

async function pageAt(
  store: Store,
  datasetId: number,
  query: ImageQuery,
  position: number,
  limit: number,
): Promise<ImagePage> {
  const imageIds = await matchesOf(store, datasetId, query);
  const db = databaseOf(store);
  const { key } = await sortOfView(db, datasetId, query);
  const { rows } = await sql<PlacedRow>`
    select ${imageColumns}, ${key}::text as key, image.row_id
    from unnest(${[...imageIds.subarray(position, position + limit)]}::bigint[])
        with ordinality as wanted (image_id, nth)
      join image on image.dataset_id = ${datasetId} and image.image_id = wanted.image_id
    order by nth`.execute(db);
  return pageOf(rows, {
    hasNext: position + limit < imageIds.length,
    hasPrevious: position > 0,
  });
}

function pageOf(
  rows: PlacedRow[],
  { hasNext, hasPrevious }: { hasNext: boolean; hasPrevious: boolean },
): ImagePage {
  return {
    images: rows.map(imageFromRow),
    next: hasNext && rows.length > 0 ? textOfPlace(rows.at(-1)!) : null,
    previous: hasPrevious && rows.length > 0 ? textOfPlace(rows[0]) : null,
  };
}

/** How many images match. @throws StoreError `bad-query` */
export async function countImages(
  store: Store,
  datasetId: number,
  options: ImageQuery = {},
): Promise<number> {
  return (await matchesOf(store, datasetId, options)).length;
}

export interface Neighbours {
  previousId: number | null;
  nextId: number | null;
  /** Which of the matches the image is, counted from 0, or would be where it does not match. */
  position: number;
  total: number;
}

/**
 * The images before and after one, in the matches of a query. The image itself need not match any more: someone who
 * filters by status and has just finished it goes on from where it stood.
 *
 * @throws StoreError `bad-query`, `image-not-found`
 * @example
 * const { nextId, position, total } = await imageNeighbours(store, 1, 7, { query: 'status:review' });
 */
export async function imageNeighbours(
  store: Store,
  datasetId: number,
  imageId: number,
  options: ImageQuery = {},
): Promise<Neighbours> {
  const imageIds = await matchesOf(store, datasetId, options);
  const found = imageIds.indexOf(imageId);
  const position =
    found === -1 ? await placeBeside(store, datasetId, imageIds, imageId, options) : found;
  return {
    previousId: imageIds[position - 1] ?? null,
    nextId: imageIds[found === -1 ? position : position + 1] ?? null,
    position,
    total: imageIds.length,
  };
}

/** Where an image would stand among those of a query that it does not match. */
async function placeBeside(
  store: Store,
  datasetId: number,
  imageIds: Float64Array,
  imageId: number,
  options: ImageQuery,
): Promise<number> {
  const db = databaseOf(store);
  const sort = await sortOfView(db, datasetId, options);
  const [place] = await Promise.all([
    placeIn(db, { datasetId, sort }, imageIds, imageId),
    requireImage(db, datasetId, imageId),
  ]);
  return place;
}

async function requireImage(db: Database, datasetId: number, imageId: number): Promise<void> {
  const image = await db
    .selectFrom('image')
    .select('image_id')
    .where('dataset_id', '=', datasetId)
    .where('image_id', '=', imageId)
    .executeTakeFirst();
  if (image !== undefined) return;
  throw new StoreError('image-not-found', {
    expected: phrase`the id of an image of the dataset`,
    found: String(imageId),
  });
}

function textOfPlace({ key, row_id }: { key: string; row_id: number }): string {
  return Buffer.from(JSON.stringify([key, row_id])).toString('base64url');
}

/** @throws StoreError `bad-query` for what is no place of ours */
function placeFromText(text: string): Place {
  try {
    const [key, rowId] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof key === 'string' && Number.isSafeInteger(rowId)) {
      return { key, rowId: rowId as number };
    }
  } catch {
    // Reported below, with everything else that is no place.
  }
  throw new StoreError('bad-query', {
    expected: phrase`the next or previous of another page`,
    found: JSON.stringify(text.slice(0, 40)),
  });
}
