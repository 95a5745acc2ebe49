// Which fields of images hold numbers: what a regression can learn.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { compileImages, stampBeside } from './compile.ts';
import { rememberedAnswer } from './remember.ts';

export interface NumberField {
  /** As a COCO file has it, dotted where an object holds it: `metadata.score`. */
  name: string;
  imageCount: number;
}

const MOST_USED = 100;

/** Numbers that name something rather than measure it. */
const names = ['license'];

/**
 * Fields that hold a number in some of the images that match a query, the most used first; counted again only when the dataset
 * has changed since.
 *
 * @throws StoreError `bad-query`
 * @example
 * await numberFields(store, 1); // [{ name: 'metadata.score', imageCount: 1200 }]
 */
export async function numberFields(
  store: Store,
  datasetId: number,
  { query = '' }: { query?: string } = {},
): Promise<NumberField[]> {
  const db = databaseOf(store);
  const beside = await stampBeside(db, datasetId, query);
  return rememberedAnswer(store, datasetId, ['number-fields', query.trim(), beside], async () => {
    const { rows } = await sql<NumberField>`
        with field as (
          select key, value from image, jsonb_each(image.extra)
          where ${await compileImages(db, datasetId, query)} and image.extra <> '{}'
        ), named as (
          select key as name, value from field
          union all
          select field.key || '.' || part.key, part.value
          from field, jsonb_each(case jsonb_typeof(field.value) when 'object' then field.value else '{}' end) as part
        )
        select name, count(*) as "imageCount" from named
        where jsonb_typeof(value) = 'number' and name <> all(${names}::text[])
        group by name order by count(*) desc, name limit ${MOST_USED}`.execute(db);
    return rows;
  });
}
