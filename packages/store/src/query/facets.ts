// What the filter sidebar shows: how many of the matching images have each value.

import { type RawBuilder, sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { type ImageStatus, imageStatuses } from '../database/tables.ts';
import { SCORE_BINS } from '../images/tally.ts';
import { compileImages, isEverything } from './compile.ts';

export interface Facets {
  imageCount: number;
  /** Images whose picture is missing. */
  missingCount: number;
  /** The most used first, among those in use. */
  categories: { categoryId: number; name: string; imageCount: number; objectCount: number }[];
  statuses: Record<ImageStatus, number>;
  /** The most used fifty. */
  tags: { tag: string; imageCount: number }[];
  origins: { origin: string; imageCount: number; objectCount: number }[];
  /** Twenty bins of 0.05 each; objects without a score are in none. */
  scores: { from: number; to: number; objectCount: number }[];
  /** The most used fifty sizes of pictures in pixels. */
  sizes: { width: number; height: number; imageCount: number }[];
  /** How many images have how many objects: 0, 1, 2, 3–4, 5–8, … */
  objectsPerImage: { from: number; to: number; imageCount: number }[];
}

const MOST_USED = 50;

/**
 * Counts over the images that match a query.
 *
 * @throws StoreError `bad-query`
 * @example
 * const { statuses } = await facets(store, 1, { query: 'category:RBC' });
 */
export async function facets(
  store: Store,
  datasetId: number,
  { query = '' }: { query?: string } = {},
): Promise<Facets> {
  const db = databaseOf(store);
  const condition = await compileImages(db, datasetId, query);
  const [images, tags, sizes, tallied, categories] = await Promise.all([
    rowsOf<{ status: ImageStatus; objects: number; images: number; missing: number }>(sql`
      select status, object_count as objects, count(*) as images,
        count(*) filter (where sha256 is null) as missing
      from image where ${condition} group by status, object_count`),
    rowsOf<{ tag: string; imageCount: number }>(sql`
      select tag, count(*) as "imageCount" from image, unnest(tags) as tag
      where ${condition} and tags <> '{}' group by tag order by count(*) desc, tag limit ${MOST_USED}`),
    rowsOf<{ width: number; height: number; imageCount: number }>(sql`
      select width, height, count(*) as "imageCount" from image
      where ${condition} and width is not null and height is not null
      group by width, height order by count(*) desc, width, height limit ${MOST_USED}`),
    rowsOf<TallyRow>(
      isEverything(query) ? tallyOfAll(datasetId) : tallyOfMatches(datasetId, condition),
    ),
    db
      .selectFrom('category')
      .select(['category_id', 'name'])
      .where('dataset_id', '=', datasetId)
      .where('retired', 'is', null)
      .execute(),
  ]);

  const sumOver = (rows: typeof images, count: 'images' | 'missing') =>
    rows.reduce((sum, row) => sum + row[count], 0);
  const byBucket = Map.groupBy(images, ({ objects }) => bucketOf(objects));
  const tallyOf = (facet: TallyRow['facet']) => tallied.filter((row) => row.facet === facet);
  const objectsOfBin = new Map(
    tallyOf('score').map(({ value, objects }) => [Number(value), objects]),
  );
  const nameOf = new Map(categories.map(({ category_id, name }) => [category_id, name]));
  return {
    imageCount: sumOver(images, 'images'),
    missingCount: sumOver(images, 'missing'),
    categories: tallyOf('category')
      .map(({ value, images: imageCount, objects: objectCount }) => {
        const categoryId = Number(value);
        return { categoryId, name: nameOf.get(categoryId) ?? value, imageCount, objectCount };
      })
      .sort((a, b) => b.objectCount - a.objectCount || a.categoryId - b.categoryId),
    statuses: Object.fromEntries(
      imageStatuses.map((status) => [
        status,
        sumOver(
          images.filter((row) => row.status === status),
          'images',
        ),
      ]),
    ) as Facets['statuses'],
    tags,
    origins: tallyOf('origin')
      .map(({ value: origin, images: imageCount, objects: objectCount }) => ({
        origin,
        imageCount,
        objectCount,
      }))
      .sort((a, b) => (a.origin < b.origin ? -1 : 1)),
    scores: Array.from({ length: SCORE_BINS }, (_, bin) => ({
      from: bin / SCORE_BINS,
      to: (bin + 1) / SCORE_BINS,
      objectCount: objectsOfBin.get(bin) ?? 0,
    })),
    sizes,
    objectsPerImage: [...byBucket.keys()]
      .sort((a, b) => a - b)
      .map((bucket) => ({
        ...boundsOf(bucket),
        imageCount: sumOver(byBucket.get(bucket)!, 'images'),
      })),
  };

  async function rowsOf<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    const { rows } = await (statement as RawBuilder<Row>).execute(db);
    return rows;
  }
}

interface TallyRow {
  facet: 'category' | 'origin' | 'score';
  value: string;
  images: number;
  objects: number;
}

const tallyTables = [
  ['category', 'image_category', 'category_id'],
  ['origin', 'image_origin', 'origin'],
  ['score', 'image_score', 'bin'],
] as const;

/** The tables hold no image that is deleted, so without a filter they need not be joined with images. */
function tallyOfAll(datasetId: number): RawBuilder<unknown> {
  const parts = tallyTables.map(
    ([facet, table, column]) => sql`
      select ${facet}::text as facet, ${sql.ref(column)}::text as value, count(*) as images,
        sum(count)::bigint as objects
      from ${sql.table(table)} where dataset_id = ${datasetId} group by ${sql.ref(column)}`,
  );
  return sql.join(parts, sql` union all `);
}

/** One statement, so that the images are looked for once. */
function tallyOfMatches(datasetId: number, condition: RawBuilder<boolean>): RawBuilder<unknown> {
  const parts = tallyTables.map(
    ([facet, table, column]) => sql`
      select ${facet}::text as facet, ${sql.ref(column)}::text as value, count(*) as images,
        sum(count)::bigint as objects
      from matching join ${sql.table(table)} using (image_id)
      where dataset_id = ${datasetId} group by ${sql.ref(column)}`,
  );
  return sql`
    with matching as materialized (select image.image_id from image where ${condition})
    ${sql.join(parts, sql` union all `)}`;
}

/** Buckets that double: 0 for none, 1 for 1, 2 for 2, 3 for 3–4, 4 for 5–8, … */
function bucketOf(objects: number): number {
  return objects === 0 ? 0 : Math.ceil(Math.log2(objects)) + 1;
}

function boundsOf(bucket: number): { from: number; to: number } {
  if (bucket < 2) return { from: bucket, to: bucket };
  return { from: 2 ** (bucket - 2) + 1, to: 2 ** (bucket - 1) };
}
