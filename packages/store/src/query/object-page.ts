// Objects of a query, one by one: the grid that shows one crop per annotation.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
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

/** An object and the image that it is on. */
export interface PlacedObject extends LiveAnnotation {
  image: Image;
}

export interface ObjectPage {
  objects: PlacedObject[];
  /** For `after` of the next page; null on the last one. */
  next: string | null;
}

interface ObjectKey {
  key: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
}

/** Ascending, or descending with a `-`. Objects without the value come last. */
const keys: Readonly<Record<string, ObjectKey>> = {
  // By identity: an object that is changed keeps its place.
  added: { key: sql`a.annotation_id`, type: sql`bigint` },
  score: { key: sql`a.score`, type: sql`float8` },
  area: { key: sql`a.area`, type: sql`float8` },
};

export interface ObjectQuery {
  query?: string;
  /** `added` (default), `score`, `area`, with `-` for descending. */
  sort?: string;
  after?: string;
  /** From this match on, counted from 0; costs the more, the further it is. */
  position?: number;
  limit?: number;
}

/** @throws StoreError `bad-query` */
export async function objectPage(
  store: Store,
  datasetId: number,
  { query, sort = 'added', after, position = 0, limit = 100 }: ObjectQuery = {},
): Promise<ObjectPage> {
  const db = databaseOf(store);
  const isDescending = sort.startsWith('-');
  const name = isDescending ? sort.slice(1) : sort;
  if (!Object.hasOwn(keys, name)) {
    throw new StoreError('bad-query', {
      expected: phrase`one of the orders ${Object.keys(keys).join(', ')}, with - for descending`,
      found: JSON.stringify(sort),
    });
  }
  const { key, type } = keys[name];
  const last =
    name === 'added' ? key : sql`coalesce(${key}, ${isDescending ? '-infinity' : 'infinity'})`;
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
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
      : sql`and (${last}, a.annotation_id) ${sql.raw(isDescending ? '<' : '>')}
          (${keyText}::${type}, ${idText}::bigint)`;
  const size = Math.max(1, Math.min(1000, Math.floor(limit)));
  const { rows } = await sql<LiveRow & { key: string }>`
    select ${liveColumns}, (${last})::text as key
    from annotation a
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where ${await compileObjects(db, datasetId, query)} ${beyond}
    order by ${last} ${direction}, a.annotation_id ${direction} limit ${size + 1} offset ${position}`.execute(
    db,
  );
  const hasMore = rows.length > size;
  if (hasMore) rows.pop();
  const imageIds = [...new Set(rows.map(({ image_id }) => image_id))];
  const images = new Map(
    (await getImages(store, datasetId, imageIds)).map((image) => [image.imageId, image]),
  );
  return {
    objects: rows.map((row) => ({ ...liveAnnotation(row), image: images.get(row.image_id)! })),
    next: hasMore ? `${rows.at(-1)!.key}_${rows.at(-1)!.annotation_id}` : null,
  };
}

/** How many objects match. @throws StoreError `bad-query` */
export async function countObjectsOf(store: Store, datasetId: number, query = ''): Promise<number> {
  const db = databaseOf(store);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from annotation a
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where ${await compileObjects(db, datasetId, query)}`.execute(db);
  return rows[0].count;
}
