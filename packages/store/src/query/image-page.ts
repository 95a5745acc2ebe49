// Images of a query, page by page, from a place or a position; and what comes before and after one of them.

import { type RawBuilder, sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { type Image, type ImageRow, imageColumns, imageFromRow } from '../images/image.ts';
import { StoreError } from '../store-error.ts';
import { compileImages } from './compile.ts';
import { anchorBefore, type ImageQuery, matchesOf, positionOf } from './positions.ts';
import { beyond, orderBy, type Place, type Sort, sortOf } from './sort.ts';

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
  const db = databaseOf(store);
  const sort = sortOf(options.sort);
  const limit = Math.max(1, Math.min(MAX_LIMIT, Math.floor(options.limit ?? 100)));
  const condition = await compileImages(db, datasetId, options.query, options);
  const isBackwards = options.before !== undefined;
  let from: RawBuilder<unknown> = sql``;
  let offset = 0;
  if (options.after !== undefined) {
    from = sql`and ${beyond(sort, placeFromText(options.after), 'after')}`;
  } else if (options.before !== undefined) {
    from = sql`and ${beyond(sort, placeFromText(options.before), 'before')}`;
  } else if (options.position !== undefined && options.position > 0) {
    const found = anchorBefore(
      await matchesOf(store, datasetId, options),
      Math.floor(options.position),
    );
    if (found !== null) {
      from = sql`and ${beyond(sort, found.anchor, 'after', true)}`;
      offset = found.offset;
    }
  }
  // One more than asked for tells whether there is a page beyond.
  const { rows } = await sql<ImageRow & { key: string; row_id: number }>`
    select ${imageColumns}, ${sort.key}::text as key, image.row_id from image
    where ${condition} ${from}
    order by ${orderBy(sort, isBackwards)} limit ${limit + 1} offset ${offset}`.execute(db);
  const hasMore = rows.length > limit;
  if (hasMore) rows.pop();
  if (isBackwards) rows.reverse();
  const isFirst = options.after === undefined && !isBackwards && !(Number(options.position) > 0);
  const hasNext = isBackwards || hasMore;
  const hasPrevious = isBackwards ? hasMore : !isFirst;
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
  const { total } = await matchesOf(store, datasetId, options);
  return total;
}

export interface Neighbours {
  previousId: number | null;
  nextId: number | null;
}

/**
 * The images before and after one, in the matches of a query. The image itself need not match any more: someone who
 * filters by status and has just finished it goes on from where it stood.
 *
 * @throws StoreError `bad-query`, `image-not-found`
 */
export async function imageNeighbours(
  store: Store,
  datasetId: number,
  imageId: number,
  options: ImageQuery = {},
): Promise<Neighbours> {
  const db = databaseOf(store);
  const sort = sortOf(options.sort);
  const place = await placeOf(store, datasetId, imageId, sort);
  const condition = await compileImages(db, datasetId, options.query, options);
  const nearest = async (direction: 'after' | 'before') => {
    const { rows } = await sql<{ image_id: number }>`
      select image.image_id from image
      where ${condition} and ${beyond(sort, place, direction)}
      order by ${orderBy(sort, direction === 'before')} limit 1`.execute(db);
    return rows[0]?.image_id ?? null;
  };
  const [previousId, nextId] = await Promise.all([nearest('before'), nearest('after')]);
  return { previousId, nextId };
}

/** Which of the matches an image is, counted from 0, or would be where it does not match; and how many match. */
export async function imagePosition(
  store: Store,
  datasetId: number,
  imageId: number,
  options: ImageQuery = {},
): Promise<{ position: number; total: number }> {
  const matches = await matchesOf(store, datasetId, options);
  const place = await placeOf(store, datasetId, imageId, matches.sort);
  return { position: await positionOf(databaseOf(store), matches, place), total: matches.total };
}

async function placeOf(
  store: Store,
  datasetId: number,
  imageId: number,
  { key }: Sort,
): Promise<Place> {
  const { rows } = await sql<Place>`
    select ${key}::text as key, row_id as "rowId" from image
    where dataset_id = ${datasetId} and image_id = ${imageId}`.execute(databaseOf(store));
  if (rows.length > 0) return rows[0];
  throw new StoreError('image-not-found', {
    expected: 'the id of an image of the dataset',
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
    expected: 'the next or previous of another page',
    found: JSON.stringify(text.slice(0, 40)),
  });
}
