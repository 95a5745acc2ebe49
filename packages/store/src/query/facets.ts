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
  // The tables of counts hold no image that is deleted, so without a filter they need not be joined with images.
  const ofMatches = isEverything(query)
    ? sql`dataset_id = ${datasetId}`
    : sql`dataset_id = ${datasetId} and image_id in (select image_id from image where ${condition})`;

  // Several statements, on as many connections as there are: one alone would count on one core.
  const [images, tags, sizes, categories, origins, scores] = await Promise.all([
    rowsOf<{ status: ImageStatus; bucket: number; images: number; missing: number }>(sql`
      select status, ${bucketOf(sql`object_count`)} as bucket, count(*) as images,
        count(*) filter (where sha256 is null) as missing
      from image where ${condition} group by status, bucket`),
    rowsOf<{ tag: string; imageCount: number }>(sql`
      select tag, count(*) as "imageCount" from image, unnest(tags) as tag
      where ${condition} and tags <> '{}' group by tag order by count(*) desc, tag limit ${MOST_USED}`),
    rowsOf<{ width: number; height: number; imageCount: number }>(sql`
      select width, height, count(*) as "imageCount" from image
      where ${condition} and width is not null and height is not null
      group by width, height order by count(*) desc, width, height limit ${MOST_USED}`),
    rowsOf<Facets['categories'][number]>(sql`
      select category_id as "categoryId", name, images as "imageCount", objects as "objectCount"
      from (
        select category_id, count(*) as images, sum(count)::bigint as objects
        from image_category where ${ofMatches} group by category_id
      ) as counted join category using (category_id)
      where category.dataset_id = ${datasetId} and category.retired is null
      order by objects desc, category_id`),
    rowsOf<Facets['origins'][number]>(sql`
      select origin, count(*) as "imageCount", sum(count)::bigint as "objectCount"
      from image_origin where ${ofMatches} group by origin order by origin`),
    rowsOf<{ bin: number; objects: number }>(sql`
      select bin, sum(count)::bigint as objects from image_score where ${ofMatches} group by bin`),
  ]);

  const sumOver = (rows: typeof images, count: 'images' | 'missing') =>
    rows.reduce((sum, row) => sum + row[count], 0);
  const byBucket = Map.groupBy(images, ({ bucket }) => bucket);
  const objectsOfBin = new Map(scores.map(({ bin, objects }) => [bin, objects]));
  return {
    imageCount: sumOver(images, 'images'),
    missingCount: sumOver(images, 'missing'),
    categories,
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
    origins,
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

/** Buckets that double: 0 for none, 1 for 1, 2 for 2, 3 for 3–4, 4 for 5–8, … */
function bucketOf(count: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${count} = 0 then 0 else ceil(log(2, ${count}))::int + 1 end`;
}

function boundsOf(bucket: number): { from: number; to: number } {
  if (bucket < 2) return { from: bucket, to: bucket };
  return { from: 2 ** (bucket - 2) + 1, to: 2 ** (bucket - 1) };
}
