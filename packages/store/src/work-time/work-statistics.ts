// How long people worked: on pictures, objects and categories, by whom and on which day.

import { type RawBuilder, sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { compileImages, compileObjects } from '../query/compile.ts';

export interface WorkStatistics {
  /** Of all stretches on images that match. */
  millis: number;
  /** Images on which somebody worked. */
  imageCount: number;
  /** Of objects that match: the rest went into looking, or into what is gone. */
  objectMillis: number;
  objectCount: number;
  /** Who worked most first. */
  users: { user: string; millis: number; imageCount: number }[];
  /** In order; days are those of UTC, as `2024-05-31`. */
  days: { day: string; millis: number; imageCount: number }[];
  /** What took longest first; null for objects without a category. */
  categories: { categoryId: number | null; millis: number; objectCount: number }[];
  /** How many images took how long, in seconds: from `from` on, up to `to` and without it. */
  perImage: { from: number; to: number; count: number }[];
  /** The same of objects. */
  perObject: { from: number; to: number; count: number }[];
}

/** Seconds; the last step has no end but a day's. */
const steps = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 86_400];

/**
 * @param query of images and objects, as everywhere
 * @throws StoreError `bad-query`
 */
export async function workStatistics(
  store: Store,
  datasetId: number,
  { query = '' }: { query?: string } = {},
): Promise<WorkStatistics> {
  const db = databaseOf(store);
  const stretches = sql`
    from work_time w join image on image.dataset_id = w.dataset_id and image.image_id = w.image_id
    where ${await compileImages(db, datasetId, query)}`;
  const objects = sql`
    select a.annotation_id, a.category_id, sum(w.millis)::bigint as millis
    from work_time_object w
      join annotation a on a.dataset_id = w.dataset_id and a.annotation_id = w.annotation_id
      join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where not image.is_deleted and ${await compileObjects(db, datasetId, query)}
    group by a.annotation_id, a.category_id`;
  const [users, days, images, categories, perObject] = await Promise.all([
    sql<WorkStatistics['users'][number]>`
      select w.author as user, sum(millis)::bigint as millis,
        count(distinct w.image_id) as "imageCount" ${stretches}
      group by w.author order by sum(millis) desc, w.author`.execute(db),
    sql<WorkStatistics['days'][number]>`
      select to_char(w.at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(millis)::bigint as millis,
        count(distinct w.image_id) as "imageCount" ${stretches}
      group by 1 order by 1`.execute(db),
    binned(
      sql`select w.image_id, sum(millis)::bigint as millis ${stretches} group by w.image_id`,
    ).execute(db),
    sql<WorkStatistics['categories'][number]>`
      select category_id as "categoryId", sum(millis)::bigint as millis, count(*) as "objectCount"
      from (${objects}) as timed group by category_id order by sum(millis) desc, category_id`.execute(
      db,
    ),
    binned(objects).execute(db),
  ]);
  const total = (of: readonly { millis: number }[]) =>
    of.reduce((sum, { millis }) => sum + millis, 0);
  const count = (of: readonly Binned[]) => of.reduce((sum, each) => sum + each.count, 0);
  return {
    millis: total(users.rows),
    imageCount: count(images.rows),
    objectMillis: total(categories.rows),
    objectCount: count(perObject.rows),
    users: users.rows,
    days: days.rows,
    categories: categories.rows,
    perImage: binsOf(images.rows),
    perObject: binsOf(perObject.rows),
  };
}

interface Binned {
  step: number;
  count: number;
}

/** @param timed SQL of a query with a column `millis` */
function binned(timed: RawBuilder<unknown>): RawBuilder<Binned> {
  return sql<Binned>`
    select width_bucket(millis / 1000.0, ${steps.slice(0, -1)}::numeric[]) - 1 as step, count(*) as count
    from (${timed}) as timed where millis >= 0 group by 1`;
}

/** From the first step in use to the last. */
function binsOf(rows: readonly Binned[]): { from: number; to: number; count: number }[] {
  if (rows.length === 0) return [];
  const counts = new Map(rows.map(({ step, count }) => [step, count]));
  const used = [...counts.keys()];
  const first = Math.min(...used);
  return Array.from({ length: Math.max(...used) - first + 1 }, (_, index) => ({
    from: steps[first + index],
    to: steps[first + index + 1],
    count: counts.get(first + index) ?? 0,
  }));
}
