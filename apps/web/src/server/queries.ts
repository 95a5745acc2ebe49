// What pages read, by key. Everything of a dataset lies under `['dataset', id]`, so that one event refreshes all of it.

import {
  type Annotation,
  type GridTile,
  type ImageSummary,
  type Job,
  type ListedRevision,
  objectOrders,
  type sortOrders,
} from '@migaki/api';
import type { MistakeKind } from '@migaki/coco';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { addPart } from '../dataset/query/query-text.ts';
import { client, queryClient } from './client.ts';

export interface View {
  q: string;
  sort: SortOrder;
}
export type SortOrder = (typeof sortOrders)[number] | WrongOrder;
/** How wrong a model was on each image in an evaluation. */
export type WrongOrder = `${'' | '-'}wrong(${number})`;

/** Positions that one call fetches. */
export const windowSize = 100;

export const datasetsQuery = (trash: 'no' | 'only' = 'no') =>
  queryOptions({
    queryKey: ['datasets', trash],
    queryFn: ({ signal }) => client.listDatasets({ query: { trash } }, { signal }),
    select: ({ datasets }) => datasets,
  });

export const datasetQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId],
    queryFn: ({ signal }) => client.getDataset({ params: { datasetId } }, { signal }),
  });

export interface ObjectItem {
  annotation: Annotation;
  image: ImageSummary;
  /** It was deleted while it was in the grid. */
  isDeleted?: boolean;
}

/** One window of a long list; all windows of a list are queries of this form. */
export interface WindowQuery<Item> {
  queryKey: readonly unknown[];
  queryFn: (context: { signal: AbortSignal }) => Promise<{ total: number; items: Item[] }>;
  gcTime: number;
}

/** What was scrolled past is kept for a while. */
const windowMillis = 120_000;

/**
 * Without what is drawn over images, which is much more than all else that is known of them: see `tileQuery`.
 *
 * @param page counted in windows of {@link windowSize}
 */
export const imageWindowQuery = (
  datasetId: number,
  { q, sort }: View,
  page: number,
  trash: 'no' | 'only' = 'no',
): WindowQuery<GridTile> => ({
  queryKey: ['dataset', datasetId, 'images', { q, sort, trash }, page],
  queryFn: ({ signal }) =>
    client.listImages(
      {
        params: { datasetId },
        query: { q, sort, trash, overlays: 'no', from: page * windowSize, limit: windowSize },
      },
      { signal },
    ),
  gcTime: windowMillis,
});

/** How many pictures lie in the trash. */
export const trashCountQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'images', 'trash count'],
    queryFn: ({ signal }) =>
      client.listImages(
        { params: { datasetId }, query: { trash: 'only', overlays: 'no', limit: 1 } },
        { signal },
      ),
    select: ({ total }) => total,
  });

export const objectWindowQuery = (
  datasetId: number,
  { q, sort }: View,
  page: number,
): WindowQuery<ObjectItem> => ({
  queryKey: ['dataset', datasetId, 'objects', { q, sort }, page],
  queryFn: ({ signal }) =>
    client.listObjects(
      {
        params: { datasetId },
        query: {
          q,
          sort: objectOrders.find((order) => order === sort),
          from: page * windowSize,
          limit: windowSize,
        },
      },
      { signal },
    ),
  gcTime: windowMillis,
});

/** Mistakes that one look lists; those that are decided on make room for more. */
const mistakesShown = 60;

export const mistakesQuery = (datasetId: number, { q, kind }: { q: string; kind?: MistakeKind }) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'mistakes', { q, kind }],
    queryFn: ({ signal }) =>
      client.listMistakes(
        { params: { datasetId }, query: { q, kind, limit: mistakesShown } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export const imageQuery = (datasetId: number, imageId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'image', imageId],
    queryFn: ({ signal }) => client.getImage({ params: { datasetId, imageId } }, { signal }),
  });

export const commentsQuery = (datasetId: number, imageId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'comments', imageId],
    queryFn: ({ signal }) => client.listComments({ params: { datasetId, imageId } }, { signal }),
    select: ({ threads }) => threads,
  });

export const imageHistoryQuery = (datasetId: number, imageId: number) =>
  infiniteQueryOptions({
    queryKey: ['dataset', datasetId, 'history', imageId],
    queryFn: ({ pageParam, signal }) =>
      client.getImageHistory(
        { params: { datasetId, imageId }, query: { after: pageParam, limit: 20 } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const removedObjectsQuery = (datasetId: number, imageId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'history', imageId, 'removed'],
    queryFn: ({ signal }) =>
      client.listRemovedObjects({ params: { datasetId, imageId } }, { signal }),
    select: ({ items }) => items,
  });

export const neighboursQuery = (datasetId: number, imageId: number, { q, sort }: View) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'neighbours', imageId, { q, sort }],
    queryFn: ({ signal }) =>
      client.getNeighbours({ params: { datasetId, imageId }, query: { q, sort } }, { signal }),
  });

export const facetsQuery = (datasetId: number, q: string, of: 'images' | 'objects' = 'images') =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'facets', of, q],
    queryFn: ({ signal }) =>
      client.getFacets({ params: { datasetId }, query: { q, of } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const numberFieldsQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'number-fields', q],
    queryFn: ({ signal }) =>
      client.listNumberFields({ params: { datasetId }, query: { q } }, { signal }),
    placeholderData: keepPreviousData,
  });

/** How many proposals lie in what a query finds: objects that match it, or objects of pictures that do. */
export const proposalsLeftQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'proposals', q],
    queryFn: ({ signal }) =>
      client.listObjects(
        { params: { datasetId }, query: { q: addPart(q, 'state:proposed'), limit: 1 } },
        { signal },
      ),
    select: ({ total }) => total,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const statisticsQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'statistics', q],
    queryFn: ({ signal }) =>
      client.getStatistics({ params: { datasetId }, query: { q } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const workTimeQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'work-time', q],
    queryFn: ({ signal }) =>
      client.getWorkTime({ params: { datasetId }, query: { q } }, { signal }),
    placeholderData: keepPreviousData,
    // It changes without an event: nothing of the dataset does.
    staleTime: 10_000,
  });

/** As many as can be chosen. */
const mostToLabel = 10_000;

export const embeddingsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'embeddings'],
    queryFn: ({ signal }) => client.getEmbeddings({ params: { datasetId } }, { signal }),
    select: ({ embeddings }) => embeddings,
  });

export const objectEmbeddingsQuery = (datasetId: number) =>
  queryOptions({
    ...embeddingsQuery(datasetId),
    select: ({ objectEmbeddings }) => objectEmbeddings,
  });

/** What was chosen to be labelled next, by image, the best first. */
export const nextToLabelQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'next'],
    queryFn: async ({ signal }) => {
      const { items } = await client.listNextToLabel(
        { params: { datasetId }, query: { limit: mostToLabel } },
        { signal },
      );
      return new Map(items.map((image) => [image.imageId, image]));
    },
  });

export const embeddingMapQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'embeddings', 'map', q],
    queryFn: ({ signal }) =>
      client.getEmbeddingMap({ params: { datasetId }, query: { q } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const viewsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'views'],
    queryFn: ({ signal }) => client.listViews({ params: { datasetId } }, { signal }),
    select: ({ views }) => views,
  });

export const versionsQuery = (datasetId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'versions'],
    queryFn: ({ signal }) => client.listVersions({ params: { datasetId } }, { signal }),
    select: ({ versions }) => versions,
  });

/** A version never changes; filters by what has no history are asked of what is there now. */
export const versionExtentQuery = (datasetId: number, name: string, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'versions', name, 'extent', q],
    queryFn: ({ signal }) =>
      client.getVersionExtent({ params: { datasetId, name }, query: { q } }, { signal }),
    retry: false,
  });

export const differenceQuery = (datasetId: number, from: string, to: string) =>
  infiniteQueryOptions({
    queryKey: ['dataset', datasetId, 'difference', from, to],
    queryFn: ({ pageParam, signal }) =>
      client.getDifference(
        { params: { datasetId }, query: { from, to, after: pageParam, limit: 60 } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const revisionsQuery = (datasetId: number) =>
  infiniteQueryOptions({
    queryKey: ['dataset', datasetId, 'revisions'],
    queryFn: ({ pageParam, signal }) =>
      client.listRevisions(
        { params: { datasetId }, query: { after: pageParam, limit: 50 } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** What a revision touched it has touched for good. @param at tells it from one of a dataset that was made once more */
export const touchedQuery = (datasetId: number, { revision, at }: ListedRevision) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'touched', revision, at],
    queryFn: ({ signal }) => client.countTouched({ params: { datasetId, revision } }, { signal }),
    staleTime: 'static',
  });

export const jobsQuery = (limit = 100) =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', limit],
    queryFn: ({ pageParam, signal }) =>
      client.listJobs({ query: { after: pageParam, limit } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['jobs', 'one', jobId],
    queryFn: ({ signal }) => client.getJob({ params: { jobId } }, { signal }),
  });

/** A job that was asked for. Events may have told more of it before the answer came: a short one has ended by then. */
export function noteNewJob(job: Job): void {
  queryClient.setQueryData(jobQuery(job.id).queryKey, (known) => known ?? job);
  void queryClient.invalidateQueries({ queryKey: ['jobs', 'list'] });
}

export const tokensQuery = () =>
  queryOptions({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => client.listTokens({}, { signal }),
    select: ({ tokens }) => tokens,
  });
