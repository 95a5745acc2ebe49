// Objects of a query, one by one: the grid that shows one crop per annotation.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import {
  type LiveAnnotation,
  type LiveRow,
  liveAnnotation,
  liveColumns,
} from '../annotations/live-annotation.ts';
import { databaseOf, type Store } from '../database/store.ts';
import { getImages, type Image } from '../images/image.ts';
import { StoreError } from '../store-error.ts';
import { compileObjects } from './compile.ts';
import { objectMatchesOf } from './object-matches.ts';
import { objectOrderBy } from './object-sort.ts';
import { objectSortOfView } from './similar-to.ts';

/** An object and the image that it is on. */
export interface PlacedObject extends LiveAnnotation {
  image: Image;
}

export interface ObjectPage {
  objects: PlacedObject[];
  /** For `after` of the next page; null on the last one. */
  next: string | null;
}

export interface ObjectQuery {
  query?: string;
  /** `added` (default), `score`, `area`, `similar`, `outlier`, with `-` for descending. */
  sort?: string;
  after?: string;
  /** From this match on, counted from 0. */
  position?: number;
  limit?: number;
}

/** @throws StoreError `bad-query` */
export async function objectPage(
  store: Store,
  datasetId: number,
  { query, sort, after, position, limit = 100 }: ObjectQuery = {},
): Promise<ObjectPage> {
  const size = Math.max(1, Math.min(1000, Math.floor(limit)));
  const { rows, next } =
    position === undefined
      ? await rowsAfter(store, datasetId, { query, sort, after, size })
      : await rowsAt(store, datasetId, { query, sort, position, size });
  const imageIds = [...new Set(rows.map(({ image_id }) => image_id))];
  const images = new Map(
    (await getImages(store, datasetId, imageIds)).map((image) => [image.imageId, image]),
  );
  return {
    objects: rows.map((row) => ({ ...liveAnnotation(row), image: images.get(row.image_id)! })),
    next,
  };
}

interface PageRows {
  rows: PlacedRow[];
  next: string | null;
}

type PlacedRow = LiveRow & { key: string };

const textOfPlace = ({ key, annotation_id }: PlacedRow): string => `${key}_${annotation_id}`;

async function rowsAfter(
  store: Store,
  datasetId: number,
  {
    query,
    sort: asked,
    after,
    size,
  }: { query?: string; sort?: string; after: string | undefined; size: number },
): Promise<PageRows> {
  const db = databaseOf(store);
  const sort = await objectSortOfView(db, datasetId, { query, sort: asked });
  const [keyText, idText] = after?.split('_') ?? [];
  if (after !== undefined && !/^(-?[\d.e+-]+|-?Infinity)_\d+$/i.test(after)) {
    throw new StoreError('bad-query', {
      expected: phrase`the next of another page`,
      found: JSON.stringify(after.slice(0, 40)),
    });
  }
  const beyond =
    after === undefined
      ? sql``
      : sql`and (${sort.key}, a.annotation_id) ${sql.raw(sort.isDescending ? '<' : '>')}
          (${keyText}::${sort.type}, ${idText}::bigint)`;
  const { rows } = await sql<PlacedRow>`
    select ${liveColumns}, (${sort.key})::text as key
    from annotation a
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where ${await compileObjects(db, datasetId, query)} ${beyond}
    order by ${objectOrderBy(sort)} limit ${size + 1}`.execute(db);
  const hasMore = rows.length > size;
  if (hasMore) rows.pop();
  return { rows, next: hasMore ? textOfPlace(rows.at(-1)!) : null };
}

async function rowsAt(
  store: Store,
  datasetId: number,
  {
    query,
    sort,
    position,
    size,
  }: { query?: string; sort?: string; position: number; size: number },
): Promise<PageRows> {
  const ids = await objectMatchesOf(store, datasetId, { query, sort });
  const db = databaseOf(store);
  const { key } = await objectSortOfView(db, datasetId, { query, sort });
  const { rows } = await sql<PlacedRow>`
    select ${liveColumns}, (${key})::text as key
    from unnest(${[...ids.subarray(position, position + size)]}::bigint[])
        with ordinality as wanted (id, nth)
      join annotation a
        on a.dataset_id = ${datasetId} and a.annotation_id = wanted.id and a.retired is null
    order by nth`.execute(db);
  const hasMore = rows.length > 0 && position + size < ids.length;
  return { rows, next: hasMore ? textOfPlace(rows.at(-1)!) : null };
}

/** How many objects match. @throws StoreError `bad-query` */
export async function countObjects(
  store: Store,
  datasetId: number,
  options: Pick<ObjectQuery, 'query' | 'sort'> = {},
): Promise<number> {
  return (await objectMatchesOf(store, datasetId, options)).length;
}
