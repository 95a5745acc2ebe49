// Charts over the objects of a query: how large, what shape, how many of each category.

import { type RawBuilder, sql } from 'kysely';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { boxAspect, boxCentre, boxSide } from './box-measures.ts';
import { compileImages, compileObjects } from './compile.ts';
import { rememberedAnswer } from './remember.ts';

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
  /** Boxes by the square root of width × height in pixels, in steps of [1, 1.5) and [1.5, 2) of each power of 2. */
  boxSides: { from: number; to: number; count: number }[];
  /** Boxes by width over height, in the same steps. */
  boxAspects: { from: number; to: number; count: number }[];
  /** Boxes whose centre lies in each cell of a raster of 16 × 16 over the picture, row by row. */
  centres: number[];
  /** How many images have both of two categories, among the most used; `a < b`. Pairs that never meet are left out. */
  pairs: { a: number; b: number; imageCount: number }[];
}

/** Cells along a side of the raster of centres. */
const RASTER = 16;

/** Categories among which pairs are counted: more than a chart can show. */
const PAIRED = 40;

/**
 * Counts over the objects that match a query; counted again only when the dataset has changed since.
 *
 * @throws StoreError `bad-query`
 */
export async function statistics(
  store: Store,
  datasetId: number,
  { query = '' }: { query?: string } = {},
): Promise<Statistics> {
  return rememberedAnswer(store, datasetId, ['statistics', query.trim()], () =>
    countStatistics(databaseOf(store), datasetId, query),
  );
}

async function countStatistics(
  db: Database,
  datasetId: number,
  query: string,
): Promise<Statistics> {
  const objects = sql`
    from annotation a join image on image.dataset_id = a.dataset_id and image.image_id = a.image_id
    where ${await compileObjects(db, datasetId, query)}`;
  const halfSteps = (value: RawBuilder<unknown>) =>
    sql<{ step: number; count: number }>`
      select (2 * octave + (value >= 1.5 * 2 ^ octave)::int)::int as step, count(*) as count
      from (
        select ${value} as value, ${doublings(value)} as octave
        ${objects} and bbox_width > 0 and bbox_height > 0
      ) as measured group by 1 order by 1`.execute(db);
  const cell = (part: RawBuilder<unknown>) =>
    sql`least(${RASTER - 1}, floor(${RASTER} * ${part}))::int`;
  const [categories, boxSizes, relativeAreas, boxSides, boxAspects, centres, pairs] =
    await Promise.all([
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
      halfSteps(boxSide),
      halfSteps(boxAspect),
      sql<{ cell: number; count: number }>`
      select ${RASTER} * ${cell(boxCentre.y)} + ${cell(boxCentre.x)} as cell, count(*) as count
      ${objects} and ${boxCentre.x} is not null and ${boxCentre.y} is not null group by 1`.execute(
        db,
      ),
      sql<Statistics['pairs'][number]>`
      with counted as materialized (
        select c.image_id, c.category_id
        from image_category c join image using (dataset_id, image_id)
        where c.dataset_id = ${datasetId} and ${await compileImages(db, datasetId, query)}
      ), used as (
        select category_id from counted group by category_id
        order by count(*) desc, category_id limit ${PAIRED}
      ), kept as materialized (select counted.* from counted join used using (category_id))
      select x.category_id as a, y.category_id as b, count(*) as "imageCount"
      from kept x join kept y on y.image_id = x.image_id and y.category_id > x.category_id
      group by 1, 2 order by 1, 2`.execute(db),
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
    pairs: pairs.rows,
  };
}

function halfStepBin({ step, count }: { step: number; count: number }) {
  return { from: edgeOf(step), to: edgeOf(step + 1), count };
}

/** 1, 1.5, 2, 3, 4, 6, 8, …: round numbers, among them COCO's 32 and 96. */
function edgeOf(step: number): number {
  return 2 ** Math.floor(step / 2) * (step % 2 === 0 ? 1 : 1.5);
}

function rasterOf(rows: readonly { cell: number; count: number }[]): number[] {
  const raster = new Array<number>(RASTER * RASTER).fill(0);
  for (const { cell, count } of rows) raster[cell] = count;
  return raster;
}

/**
 * SQL: how often a positive number doubles from 1 on, in whole steps. In floats, since numeric logarithms take a hundred
 * times as long; so a power of two may fall short by its last bit.
 */
function doublings(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`floor(ln(greatest(1e-9, least(1e9, ${value}))) / ln(2::float8) + 1e-9)::int`;
}
