// The points of the map of a dataset, with what they can be coloured by.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import type { ImageStatus } from '../database/tables.ts';
import { compileImages } from '../query/compile.ts';

/** Column by column: a hundred thousand points are sent at once. */
export interface EmbeddingMap {
  imageIds: number[];
  /** Ten-thousandths of the map's side. */
  x: number[];
  y: number[];
  /** Whether the image matches the query. */
  isMatching: boolean[];
  /** Of most of its objects, the least id where there are several; null without objects. */
  categoryIds: (number | null)[];
  statuses: ImageStatus[];
  splits: (string | null)[];
}

interface PointRow {
  id: number;
  x: number;
  y: number;
  matches: boolean;
  category: number | null;
  status: ImageStatus;
  split: string | null;
}

/** @throws StoreError `bad-query` */
export async function embeddingMap(
  store: Store,
  datasetId: number,
  query = '',
): Promise<EmbeddingMap> {
  const db = databaseOf(store);
  const condition = await compileImages(db, datasetId, query);
  const { rows } = await sql<PointRow>`
    select image.image_id as id, round(e.x * 10000)::int as x, round(e.y * 10000)::int as y,
      coalesce(${condition}, false) as matches, image.status, image.extra ->> 'split' as split,
      (select t.category_ids[array_position(t.category_counts,
          (select max(count) from unnest(t.category_counts) as count))]
        from image_tally t
        where t.dataset_id = image.dataset_id and t.image_id = image.image_id) as category
    from image join image_embedding e using (dataset_id, image_id)
    where image.dataset_id = ${datasetId} and not image.is_deleted
    order by image.image_id`.execute(db);
  return {
    imageIds: rows.map(({ id }) => id),
    x: rows.map(({ x }) => x),
    y: rows.map(({ y }) => y),
    isMatching: rows.map(({ matches }) => matches),
    categoryIds: rows.map(({ category }) => category),
    statuses: rows.map(({ status }) => status),
    splits: rows.map(({ split }) => split),
  };
}
