// Charts over the objects of a query: how large, what shape, how many of each category.

import { type RawBuilder, sql } from 'kysely';
import { hasShape, type ShapeName, shapeNames } from '../annotations/shapes.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { type AnnotationState, annotationStates } from '../database/tables.ts';
import { boxAspect, boxCentre, boxSide } from './box-measures.ts';
import { compileImages, compileObjects, stampBeside } from './compile.ts';
import { rememberedAnswer } from './remember.ts';

export interface Statistics {
  objectCount: number;
  /** Null counts objects without a category. */
  categories: { categoryId: number | null; imageCount: number; objectCount: number }[];
  /** Boxes by the square root of width × height in pixels, in steps of [1, 1.5) and [1.5, 2) of each power of 2. */
  boxSides: { from: number; to: number; count: number }[];
  /** Boxes by width over height, in the same steps. */
  boxAspects: { from: number; to: number; count: number }[];
  /** Boxes whose centre lies in each cell of a raster of 16 × 16 over the picture, row by row. */
  centres: number[];
  /** Objects of each state, and with each shape; those in use. An object may have several shapes. */
  states: { state: AnnotationState; count: number }[];
  shapes: { shape: ShapeName; count: number }[];
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
  const beside = await stampBeside(databaseOf(store), datasetId, query);
  return rememberedAnswer(store, datasetId, ['statistics', query.trim(), beside], () =>
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
  const cell = (part: RawBuilder<unknown>) =>
    sql`least(${sql.lit(RASTER - 1)}, floor(${sql.lit(RASTER)} * ${part}))::int`;
  const kinds = [
    ...annotationStates.map((state) => sql`a.state = ${sql.lit(state)}`),
    ...shapeNames.map((name) => hasShape('a', name)),
  ];
  const [categories, boxes, pairs, kindCounts] = await Promise.all([
    sql<Statistics['categories'][number]>`
      select category_id as "categoryId", count(*) as "imageCount", sum(objects)::bigint as "objectCount"
      from (
        select a.category_id, count(*) as objects ${objects} group by a.category_id, a.image_id
      ) as of_image
      group by category_id order by sum(objects) desc, category_id`.execute(db),
    // One pass for all charts of boxes; each row is of the chart whose column is not null.
    sql<Record<'side' | 'aspect' | 'cell', number | null> & { count: number }>`
      select side, aspect, cell, count(*) as count
      from (
        select ${halfSteps(boxSide)} as side, ${halfSteps(boxAspect)} as aspect,
          ${sql.lit(RASTER)} * ${cell(boxCentre.y)} + ${cell(boxCentre.x)} as cell
        ${objects} and a.bbox_width > 0 and a.bbox_height > 0
      ) as measured
      group by grouping sets ((side), (aspect), (cell)) order by side, aspect`.execute(db),
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
    sql<{ counts: number[] }>`
      select array[${sql.join(kinds.map((kind) => sql`count(*) filter (where ${kind})`))}]::int[] as counts
      ${objects}`.execute(db),
  ]);
  const [{ counts }] = kindCounts.rows;
  const inUse = <Kind>(all: readonly Kind[], first: number) =>
    all.flatMap((kind, index) => {
      const count = counts[first + index];
      return count === 0 ? [] : [{ kind, count }];
    });
  const chart = (column: 'side' | 'aspect' | 'cell') =>
    boxes.rows.flatMap(({ [column]: value, count }) => (value === null ? [] : [{ value, count }]));
  return {
    objectCount: categories.rows.reduce((sum, { objectCount }) => sum + objectCount, 0),
    categories: categories.rows,
    boxSides: chart('side').map(halfStepBin),
    boxAspects: chart('aspect').map(halfStepBin),
    centres: rasterOf(chart('cell')),
    states: inUse(annotationStates, 0).map(({ kind: state, count }) => ({ state, count })),
    shapes: inUse(shapeNames, annotationStates.length).map(({ kind: shape, count }) => ({
      shape,
      count,
    })),
    pairs: pairs.rows,
  };
}

function halfStepBin({ value, count }: { value: number; count: number }) {
  return { from: edgeOf(value), to: edgeOf(value + 1), count };
}

/** 1, 1.5, 2, 3, 4, 6, 8, …: round numbers, among them COCO's 32 and 96. */
function edgeOf(step: number): number {
  return 2 ** Math.floor(step / 2) * (step % 2 === 0 ? 1 : 1.5);
}

function rasterOf(rows: readonly { value: number; count: number }[]): number[] {
  const raster = new Array<number>(RASTER * RASTER).fill(0);
  for (const { value, count } of rows) raster[value] = count;
  return raster;
}

/**
 * SQL: the step of a positive number among those that `edgeOf` bounds. In floats, since numeric logarithms take a hundred
 * times as long; so a power of two may fall short by its last bit.
 */
function halfSteps(value: RawBuilder<unknown>): RawBuilder<unknown> {
  const octave = sql`floor(ln(greatest(1e-9, least(1e9, ${value}))) / ln(2::float8) + 1e-9)`;
  return sql`(2 * ${octave} + (${value} >= 1.5 * 2 ^ ${octave})::int)::int`;
}
