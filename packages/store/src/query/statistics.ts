// Charts over the objects of a query: how large, what shape, how many of each category.

import { type RawBuilder, sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { compileObjects } from './compile.ts';

export interface Statistics {
  objectCount: number;
  /** Null counts objects without a category. Areas are square pixels, of objects that have one. */
  categories: {
    categoryId: number | null;
    imageCount: number;
    objectCount: number;
    meanArea: number | null;
  }[];
  /**
   * Boxes by width and height in pixels, in steps that double: [from, 2 × from), from a half upwards. COCO's small,
   * medium and large part at areas of 32² and 96².
   */
  boxSizes: { widthFrom: number; heightFrom: number; objectCount: number }[];
  /** Boxes by the part of the picture that they cover, in steps that halve: (to / 2, to]. */
  relativeAreas: { to: number; objectCount: number }[];
  /** Boxes by the square root of width × height in pixels, in steps of the square root of 2. */
  boxSides: { from: number; to: number; count: number }[];
  /** Boxes by width over height, in steps of the square root of 2. */
  boxAspects: { from: number; to: number; count: number }[];
  /** Boxes whose centre lies in each cell of a raster of 16 × 16 over the picture, row by row. */
  centres: number[];
}

/** Cells along a side of the raster of centres. */
const RASTER = 16;

/** @throws StoreError `bad-query` */
export async function statistics(
  store: Store,
  datasetId: number,
  { query }: { query?: string } = {},
): Promise<Statistics> {
  const db = databaseOf(store);
  const objects = sql`
    from annotation a join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where ${await compileObjects(db, datasetId, query)}`;
  /** Counts by the half step of a base 2 logarithm. */
  const halfSteps = (value: RawBuilder<unknown>) =>
    sql<{ step: number; count: number }>`
      select ${doublings(value, 2)} as step, count(*) as count
      ${objects} and bbox_width > 0 and bbox_height > 0 group by 1 order by 1`.execute(db);
  const clamped = (value: RawBuilder<unknown>) => sql`least(greatest(${value}, 1e-9), 1e9)`;
  const cell = (at: RawBuilder<unknown>, of: RawBuilder<unknown>) =>
    sql`least(${RASTER - 1}, greatest(0, floor(${RASTER} * least(greatest((${at}) / ${of}, 0), 1))))::int`;
  const [categories, boxSizes, relativeAreas, boxSides, boxAspects, centres] = await Promise.all([
    sql<Statistics['categories'][number]>`
      select a.category_id as "categoryId", count(distinct a.image_id) as "imageCount",
        count(*) as "objectCount", avg(a.area) filter (where a.area between 0 and 1e15) as "meanArea"
      ${objects} group by a.category_id order by count(*) desc, a.category_id`.execute(db),
    sql<{ width: number; height: number; objectCount: number }>`
      select ${doublings(sql`bbox_width`)} as width, ${doublings(sql`bbox_height`)} as height,
        count(*) as "objectCount"
      ${objects} and bbox_width >= 0.5 and bbox_height >= 0.5 group by 1, 2 order by 1, 2`.execute(
      db,
    ),
    sql<{ step: number; objectCount: number }>`
      select least(20, ${doublings(sql`1 / least(1, greatest(1e-9,
          least(bbox_width, 1e9) / image.width * (least(bbox_height, 1e9) / image.height)))`)}) as step,
        count(*) as "objectCount"
      ${objects} and bbox_width > 0 and bbox_height > 0 and image.width > 0 and image.height > 0
      group by 1 order by 1`.execute(db),
    halfSteps(clamped(sql`sqrt(least(bbox_width, 1e9) * least(bbox_height, 1e9))`)),
    halfSteps(clamped(sql`least(bbox_width, 1e9) / greatest(bbox_height, 1e-9)`)),
    sql<{ cell: number; count: number }>`
      select ${RASTER} * ${cell(sql`bbox_y + bbox_height / 2`, sql`image.height`)}
          + ${cell(sql`bbox_x + bbox_width / 2`, sql`image.width`)} as cell, count(*) as count
      ${objects} and bbox_width > 0 and image.width > 0 and image.height > 0 group by 1`.execute(
      db,
    ),
  ]);
  return {
    objectCount: categories.rows.reduce((sum, { objectCount }) => sum + objectCount, 0),
    categories: categories.rows,
    boxSizes: boxSizes.rows.map(({ width, height, objectCount }) => ({
      widthFrom: 2 ** width,
      heightFrom: 2 ** height,
      objectCount,
    })),
    relativeAreas: relativeAreas.rows.map(({ step, objectCount }) => ({
      to: 2 ** -step,
      objectCount,
    })),
    boxSides: boxSides.rows.map(halfStepBin),
    boxAspects: boxAspects.rows.map(halfStepBin),
    centres: rasterOf(centres.rows),
  };
}

function halfStepBin({ step, count }: { step: number; count: number }) {
  return { from: 2 ** (step / 2), to: 2 ** ((step + 1) / 2), count };
}

function rasterOf(rows: readonly { cell: number; count: number }[]): number[] {
  const raster = new Array<number>(RASTER * RASTER).fill(0);
  for (const { cell, count } of rows) raster[cell] = count;
  return raster;
}

/**
 * SQL: how often a positive number doubles from 1 on, in whole steps of which so many are one doubling. In floats, since
 * numeric logarithms take a hundred times as long; so a power of two may fall short by its last bit.
 */
function doublings(value: RawBuilder<unknown>, stepsEach = 1): RawBuilder<unknown> {
  return sql`floor(${sql.lit(stepsEach)} * ln(greatest(1e-9, least(1e9, ${value}))) / ln(2::float8) + 1e-9)::int`;
}
