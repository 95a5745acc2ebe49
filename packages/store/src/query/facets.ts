// What the filter sidebar shows: how many of the matching images have each value.

import { type ShapeName, shapeNames } from '../annotations/shapes.ts';
import { databaseOf, type Store } from '../database/store.ts';
import {
  type AnnotationState,
  annotationStates,
  type ImageStatus,
  imageStatuses,
} from '../database/tables.ts';
import { SCORE_BINS } from '../images/tally.ts';
import { stampBeside } from './compile.ts';
import type { FacetName } from './facet-rows.ts';
import { facetRowsOf } from './facet-rows-of.ts';
import { matchesOf } from './matches.ts';
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
  /** Widths of pictures in pixels, `to` not included, in steps of which two double. */
  widths: { from: number; to: number; imageCount: number }[];
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

const MOST_TAGS = 50;

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
  const isAll = query.trim() === '';
  const [rows, imageIds, categories] = await Promise.all([
    facetRowsOf(store, datasetId),
    isAll ? null : matchesOf(store, datasetId, { query }),
    databaseOf(store)
      .selectFrom('category')
      .select(['category_id', 'name'])
      .where('dataset_id', '=', datasetId)
      .where('retired', 'is', null)
      .execute(),
  ]);
  const counts = Map.groupBy(
    imageIds === null ? rows.sumOfAll() : rows.sumOf(imageIds),
    ({ facet }) => facet,
  );
  const of = (facet: FacetName) => counts.get(facet) ?? [];
  const countOf = (facet: FacetName, value: string) =>
    of(facet).find((count) => count.value === value) ?? { images: 0, objects: 0 };
  const nameOf = new Map(categories.map(({ category_id, name }) => [category_id, name]));
  const inUse = <Value extends string>(facet: FacetName, values: readonly Value[]) =>
    values.flatMap((value) => {
      const { images: imageCount, objects: objectCount } = countOf(facet, value);
      return imageCount === 0 ? [] : [{ value, imageCount, objectCount }];
    });
  return {
    imageCount: of('status').reduce((total, { images }) => total + images, 0),
    missingCount: countOf('missing', 'true').images,
    categories: of('category')
      .map(({ value, images: imageCount, objects: objectCount }) => {
        const categoryId = Number(value);
        return { categoryId, name: nameOf.get(categoryId) ?? value, imageCount, objectCount };
      })
      .sort((a, b) => b.objectCount - a.objectCount || a.categoryId - b.categoryId),
    statuses: Object.fromEntries(
      imageStatuses.map((status) => [status, countOf('status', status).images]),
    ) as Facets['statuses'],
    tags: of('tag')
      .sort((a, b) => b.images - a.images || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_TAGS)
      .map(({ value: tag, images: imageCount }) => ({ tag, imageCount })),
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
      objectCount: countOf('score', String(bin)).objects,
    })),
    widths: of('width')
      .map(({ value, images: imageCount }) => ({ ...widthsOf(Number(value)), imageCount }))
      .sort((a, b) => a.from - b.from),
    states: inUse('state', annotationStates).map(({ value: state, ...counts }) => ({
      state,
      ...counts,
    })),
    shapes: inUse('shape', shapeNames).map(({ value: shape, ...counts }) => ({ shape, ...counts })),
    reviewed: {
      imageCount: countOf('reviewed', 'true').images,
      unreviewedObjectCount: countOf('unreviewed', 'true').objects,
    },
    comments: {
      open: countOf('comment', 'open').images,
      resolved: countOf('comment', 'resolved').images,
    },
    objectsPerImage: of('objects')
      .map(({ value, images: imageCount }) => ({ ...objectsOf(Number(value)), imageCount }))
      .sort((a, b) => a.from - b.from),
  };
}

/** The numbers of objects in a bucket: 0, 1, 2, 3–4, 5–8, … */
function objectsOf(bucket: number): { from: number; to: number } {
  if (bucket < 2) return { from: bucket, to: bucket };
  return { from: 2 ** (bucket - 2) + 1, to: 2 ** (bucket - 1) };
}

const widthsOf = (bucket: number) => ({
  from: Math.ceil(2 ** (bucket / 2)),
  to: Math.ceil(2 ** ((bucket + 1) / 2)),
});
