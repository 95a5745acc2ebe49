// What the filter sidebar shows: how many of the matching images have each value.

import { type RawBuilder, sql } from 'kysely';
import { type ShapeName, shapeNames } from '../annotations/shapes.ts';
import { databaseOf, type Store } from '../database/store.ts';
import {
  type AnnotationState,
  annotationStates,
  type ImageStatus,
  imageStatuses,
} from '../database/tables.ts';
import { SCORE_BINS, shapeCount, stateCount } from '../images/tally.ts';
import { compileImages, stampBeside } from './compile.ts';
import { isReviewedImage } from './fields.ts';
import { rememberedAnswer } from './remember.ts';

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
  /** Those in use. */
  states: { state: AnnotationState; imageCount: number; objectCount: number }[];
  /** Those in use. */
  shapes: { shape: ShapeName; imageCount: number; objectCount: number }[];
  /** Images that somebody has looked at as they are, and objects that nobody has. */
  reviewed: { imageCount: number; unreviewedObjectCount: number };
  /** Images with threads of comments that are open, or settled; some have both. */
  comments: { open: number; resolved: number };
  /** How many images have how many objects: 0, 1, 2, 3–4, 5–8, … */
  objectsPerImage: { from: number; to: number; imageCount: number }[];
}

const MOST_USED = 50;

/**
 * Counts over the images that match a query; counted again only when the dataset has changed since.
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
  const beside = await stampBeside(databaseOf(store), datasetId, query);
  return rememberedAnswer(store, datasetId, ['facets', query.trim(), beside], () =>
    countFacets(store, datasetId, query),
  );
}

async function countFacets(store: Store, datasetId: number, query: string): Promise<Facets> {
  const db = databaseOf(store);
  const condition = await compileImages(db, datasetId, query);
  const [ofImages, ofObjects, categories] = await Promise.all([
    imageFacets(datasetId, condition).execute(db),
    (query.trim() === '' ? objectFacetsOfAll(datasetId) : objectFacetsOfMatches(condition)).execute(
      db,
    ),
    db
      .selectFrom('category')
      .select(['category_id', 'name'])
      .where('dataset_id', '=', datasetId)
      .where('retired', 'is', null)
      .execute(),
  ]);

  const rows = [...ofImages.rows, ...ofObjects.rows];
  const of = (facet: FacetRow['facet']) => rows.filter((row) => row.facet === facet);
  const imagesOf = (facet: FacetRow['facet'], value: string) =>
    of(facet).find((row) => row.value === value)?.images ?? 0;
  const objectsOfBin = new Map(of('score').map(({ value, objects }) => [Number(value), objects]));
  const nameOf = new Map(categories.map(({ category_id, name }) => [category_id, name]));
  const byBucket = Map.groupBy(of('objects'), ({ value }) => bucketOf(Number(value)));
  const inUse = <Value extends string>(facet: FacetRow['facet'], values: readonly Value[]) => {
    const found = new Map(of(facet).map((row) => [row.value, row]));
    return values.flatMap((value) => {
      const { images: imageCount = 0, objects: objectCount = 0 } = found.get(value) ?? {};
      return imageCount === 0 ? [] : [{ value, imageCount, objectCount }];
    });
  };
  const sum = (some: FacetRow[]) => some.reduce((total, { images }) => total + images, 0);
  return {
    imageCount: sum(of('status')),
    missingCount: imagesOf('missing', 'true'),
    categories: of('category')
      .map(({ value, images: imageCount, objects: objectCount }) => {
        const categoryId = Number(value);
        return { categoryId, name: nameOf.get(categoryId) ?? value, imageCount, objectCount };
      })
      .sort((a, b) => b.objectCount - a.objectCount || a.categoryId - b.categoryId),
    statuses: Object.fromEntries(
      imageStatuses.map((status) => [status, imagesOf('status', status)]),
    ) as Facets['statuses'],
    tags: of('tag').map(({ value: tag, images: imageCount }) => ({ tag, imageCount })),
    origins: of('origin')
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
    sizes: of('size').map(({ value, images: imageCount }) => {
      const [width, height] = value.split(' ').map(Number);
      return { width, height, imageCount };
    }),
    states: inUse('state', annotationStates).map(({ value: state, ...counts }) => ({
      state,
      ...counts,
    })),
    shapes: inUse('shape', shapeNames).map(({ value: shape, ...counts }) => ({ shape, ...counts })),
    reviewed: {
      imageCount: imagesOf('reviewed', 'true'),
      unreviewedObjectCount: of('unreviewed')[0].objects,
    },
    comments: {
      open: imagesOf('comment', 'open'),
      resolved: imagesOf('comment', 'resolved'),
    },
    objectsPerImage: [...byBucket.keys()]
      .sort((a, b) => a - b)
      .map((bucket) => ({ ...boundsOf(bucket), imageCount: sum(byBucket.get(bucket)!) })),
  };
}

interface FacetRow {
  facet:
    | 'status'
    | 'missing'
    | 'objects'
    | 'tag'
    | 'size'
    | 'reviewed'
    | 'comment'
    | 'category'
    | 'origin'
    | 'score'
    | 'state'
    | 'shape'
    | 'unreviewed';
  value: string;
  images: number;
  objects: number;
}

/** What stands in the images themselves, in one pass over them. */
function imageFacets(datasetId: number, condition: RawBuilder<boolean>): RawBuilder<FacetRow> {
  return sql`
    with matching as materialized (
      select image_id, status, object_count, sha256 is null as is_missing, width, height,
        nullif(tags, '{}') as tags, ${isReviewedImage} as is_reviewed
      from image where ${condition}
    )
    select 'status'::text as facet, status::text as value, count(*) as images, 0::bigint as objects
    from matching group by status
    union all select 'missing', is_missing::text, count(*), 0 from matching group by is_missing
    union all select 'reviewed', is_reviewed::text, count(*), 0 from matching group by is_reviewed
    union all
      select 'comment', case when resolved_at is null then 'open' else 'resolved' end,
        count(distinct image_id), 0
      from comment join matching using (image_id)
      where dataset_id = ${datasetId} and retired is null and reply_to is null
      group by 2
    union all select 'objects', object_count::text, count(*), 0 from matching group by object_count
    union all (
      select 'tag', tag, count(*), 0 from matching, unnest(tags) as tag where tags is not null
      group by tag order by count(*) desc, tag limit ${MOST_USED})
    union all (
      select 'size', width || ' ' || height, count(*), 0 from matching
      where width is not null and height is not null
      group by width, height order by count(*) desc, width, height limit ${MOST_USED})`;
}

/** What their objects add up to, from the counts that every image has in one row. */
function objectFacets(tallies: RawBuilder<unknown>): RawBuilder<FacetRow> {
  const summed = (facet: FacetRow['facet'], values: string, counts: string) => sql`
    select ${facet}::text as facet, value::text as value, count(*) as images,
      sum(count)::bigint as objects
    from (
      select unnest(${sql.ref(values)}) as value, unnest(${sql.ref(counts)}) as count ${tallies}
    ) as counted group by value`;
  const totals = [
    ...annotationStates.map((state) => ['state', state, stateCount('tally', state)] as const),
    ...shapeNames.map((shape) => ['shape', shape, shapeCount('tally', shape)] as const),
    ['unreviewed', 'true', sql<number>`tally.unreviewed_count`] as const,
  ];
  // All of them in one pass.
  const total = sql`
    select named.* from (
      select ${sql.join(
        totals.map(
          (
            [, , count],
            nth,
          ) => sql`count(*) filter (where ${count} > 0) as ${sql.ref(`images_${nth}`)},
            coalesce(sum(${count}), 0)::bigint as ${sql.ref(`objects_${nth}`)}`,
        ),
      )}
      ${tallies}
    ) as counted cross join lateral (values ${sql.join(
      totals.map(
        ([facet, value], nth) => sql`(${facet}::text, ${value}::text,
          ${sql.ref(`images_${nth}`)}, ${sql.ref(`objects_${nth}`)})`,
      ),
    )}) as named (facet, value, images, objects)`;
  return sql`
    ${summed('category', 'category_ids', 'category_counts')}
    union all ${summed('origin', 'origins', 'origin_counts')}
    union all ${summed('score', 'score_bins', 'score_counts')}
    union all ${total}`;
}

function objectFacetsOfMatches(condition: RawBuilder<boolean>): RawBuilder<FacetRow> {
  return sql`
    with matching as materialized (
      select tally.* from image join image_tally tally using (dataset_id, image_id)
      where ${condition}
    )
    ${objectFacets(sql`from matching tally`)}`;
}

/** No image that is deleted has a row there, so without a filter the images need not be looked at. */
const objectFacetsOfAll = (datasetId: number): RawBuilder<FacetRow> =>
  objectFacets(sql`from image_tally tally where dataset_id = ${datasetId}`);

/** Buckets that double: 0 for none, 1 for 1, 2 for 2, 3 for 3–4, 4 for 5–8, … */
function bucketOf(objects: number): number {
  return objects === 0 ? 0 : Math.ceil(Math.log2(objects)) + 1;
}

function boundsOf(bucket: number): { from: number; to: number } {
  if (bucket < 2) return { from: bucket, to: bucket };
  return { from: 2 ** (bucket - 2) + 1, to: 2 ** (bucket - 1) };
}
