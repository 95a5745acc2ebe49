// What the filter sidebar shows: how many of the matching images, or objects, have each value.

import { type ShapeName, shapeNames } from '../annotations/shapes.ts';
import { databaseOf, type Store } from '../database/store.ts';
import {
  type AnnotationState,
  annotationStates,
  type ImageStatus,
  imageStatuses,
} from '../database/tables.ts';
import { SCORE_BINS } from '../images/tally.ts';
import { isOfImagesAlone, stampBeside } from './compile.ts';
import type { FacetCount, FacetName } from './facet-rows.ts';
import { facetRowsOf } from './facet-rows-of.ts';
import { matchesOf } from './matches.ts';
import { objectFacetCounts } from './object-facet-counts.ts';
import { rememberedAnswer } from './remember.ts';

/** Of the images that match, or of the objects: then the images are those that they are on. */
export type FacetsOf = 'images' | 'objects';

/** Images, and what objects they have: those that match where objects are asked for, else of what a facet of objects says. */
export interface FacetCounts {
  imageCount: number;
  objectCount: number;
}

export interface Facets {
  imageCount: number;
  /** Of images: those with a category. */
  objectCount: number;
  /** Images whose picture is missing. */
  missingCount: number;
  /** The most used first, among those in use. */
  categories: ({ categoryId: number; name: string } & FacetCounts)[];
  statuses: Record<ImageStatus, FacetCounts>;
  /** The most used fifty. */
  tags: ({ tag: string } & FacetCounts)[];
  origins: ({ origin: string } & FacetCounts)[];
  /** Twenty bins of 0.05 each; objects without a score are in none. */
  scores: { from: number; to: number; objectCount: number }[];
  /** Widths of pictures in pixels, `to` not included, in steps of which two double. */
  widths: ({ from: number; to: number } & FacetCounts)[];
  /** Those in use. */
  states: ({ state: AnnotationState } & FacetCounts)[];
  /** Those in use. */
  shapes: ({ shape: ShapeName } & FacetCounts)[];
  /** Images that somebody has looked at as they are, and objects that nobody has. */
  reviewed: { imageCount: number; unreviewedObjectCount: number };
  /** Images with threads of comments that are open, or settled; some have both. */
  comments: { open: FacetCounts; resolved: FacetCounts };
  /** How many images have how many objects: 0, 1, 2, 3–4, 5–8, … */
  objectsPerImage: ({ from: number; to: number } & FacetCounts)[];
}

const MOST_TAGS = 50;

/**
 * Counts over what matches a query; counted again only when the dataset has changed since.
 *
 * @throws StoreError `bad-query`
 * @example
 * const { statuses } = await facets(store, 1, { query: 'category:RBC', of: 'objects' });
 */
export async function facets(
  store: Store,
  datasetId: number,
  { query = '', of = 'images' }: { query?: string; of?: FacetsOf } = {},
): Promise<Facets> {
  const beside = await stampBeside(databaseOf(store), datasetId, query);
  return rememberedAnswer(store, datasetId, ['facets', of, query.trim(), beside], () =>
    countFacets(store, datasetId, query, of),
  );
}

async function countFacets(
  store: Store,
  datasetId: number,
  query: string,
  countedOf: FacetsOf,
): Promise<Facets> {
  const [all, categories] = await Promise.all([
    countedOf === 'objects' && !isOfImagesAlone(query)
      ? objectFacetCounts(databaseOf(store), datasetId, query)
      : imageFacetCounts(store, datasetId, query),
    databaseOf(store)
      .selectFrom('category')
      .select(['category_id', 'name'])
      .where('dataset_id', '=', datasetId)
      .where('retired', 'is', null)
      .execute(),
  ]);
  const counts = Map.groupBy(all, ({ facet }) => facet);
  const of = (facet: FacetName) => counts.get(facet) ?? [];
  const countOf = (facet: FacetName, value: string): FacetCounts => {
    const found = of(facet).find((count) => count.value === value);
    return { imageCount: found?.images ?? 0, objectCount: found?.objects ?? 0 };
  };
  const nameOf = new Map(categories.map(({ category_id, name }) => [category_id, name]));
  const inUse = <Value extends string>(facet: FacetName, values: readonly Value[]) =>
    values.flatMap((value) => {
      const found = countOf(facet, value);
      return found.imageCount === 0 ? [] : [{ value, ...found }];
    });
  const total = (facet: FacetName, what: 'images' | 'objects') =>
    of(facet).reduce((sum, count) => sum + count[what], 0);
  return {
    imageCount: total('status', 'images'),
    objectCount: total(countedOf === 'objects' ? 'status' : 'category', 'objects'),
    missingCount: countOf('missing', 'true').imageCount,
    categories: of('category')
      .map(({ value, images: imageCount, objects: objectCount }) => {
        const categoryId = Number(value);
        return { categoryId, name: nameOf.get(categoryId) ?? value, imageCount, objectCount };
      })
      .sort((a, b) => b.objectCount - a.objectCount || a.categoryId - b.categoryId),
    statuses: Object.fromEntries(
      imageStatuses.map((status) => [status, countOf('status', status)]),
    ) as Facets['statuses'],
    tags: of('tag')
      .sort((a, b) => b[countedOf] - a[countedOf] || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_TAGS)
      .map(({ value: tag, images: imageCount, objects: objectCount }) => ({
        tag,
        imageCount,
        objectCount,
      })),
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
      objectCount: countOf('score', String(bin)).objectCount,
    })),
    widths: of('width').map(binOf(widthsOf)).sort(fromLeast),
    states: inUse('state', annotationStates).map(({ value: state, ...counts }) => ({
      state,
      ...counts,
    })),
    shapes: inUse('shape', shapeNames).map(({ value: shape, ...counts }) => ({ shape, ...counts })),
    reviewed: {
      imageCount: countOf('reviewed', 'true').imageCount,
      unreviewedObjectCount: countOf('unreviewed', 'true').objectCount,
    },
    comments: {
      open: countOf('comment', 'open'),
      resolved: countOf('comment', 'resolved'),
    },
    objectsPerImage: of('objects').map(binOf(objectsOf)).sort(fromLeast),
  };
}

async function imageFacetCounts(
  store: Store,
  datasetId: number,
  query: string,
): Promise<FacetCount[]> {
  const [rows, imageIds] = await Promise.all([
    facetRowsOf(store, datasetId),
    query.trim() === '' ? null : matchesOf(store, datasetId, { query }),
  ]);
  return imageIds === null ? rows.sumOfAll() : rows.sumOf(imageIds);
}

const binOf =
  (boundsOf: (bucket: number) => { from: number; to: number }) =>
  ({ value, images: imageCount, objects: objectCount }: FacetCount) => ({
    ...boundsOf(Number(value)),
    imageCount,
    objectCount,
  });

const fromLeast = (a: { from: number }, b: { from: number }) => a.from - b.from;

/** The numbers of objects in a bucket: 0, 1, 2, 3–4, 5–8, … */
function objectsOf(bucket: number): { from: number; to: number } {
  if (bucket < 2) return { from: bucket, to: bucket };
  return { from: 2 ** (bucket - 2) + 1, to: 2 ** (bucket - 1) };
}

const widthsOf = (bucket: number) => ({
  from: Math.ceil(2 ** (bucket / 2)),
  to: Math.ceil(2 ** ((bucket + 1) / 2)),
});
