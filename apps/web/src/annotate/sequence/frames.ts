// The pictures after this one, or before it, within the filter and its order.

import type { Size } from '@migaki/annotator';
import type { ImageSummary } from '@migaki/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, queryClient } from '../../server/client.ts';
import { neighboursQuery, type View } from '../../server/queries.ts';

export type Direction = 'following' | 'preceding';

export interface Place {
  readonly datasetId: number;
  readonly imageId: number;
  readonly view: View;
}

export interface Run {
  readonly direction: Direction;
  readonly count: number;
}

/** Further than this nobody looks before doing it. */
export const mostFrames = 500;

/** The nearest first. */
export async function fetchFrames(
  { datasetId, imageId, view }: Place,
  { direction, count }: Run,
): Promise<ImageSummary[]> {
  const step = direction === 'following' ? 1 : -1;
  const first = await positionBeside({ datasetId, imageId, view }, direction);
  if (first === null || count === 0) return [];
  const from = step > 0 ? first : Math.max(0, first - count + 1);
  const limit = step > 0 ? count : first - from + 1;
  const { items } = await client.listImages({
    params: { datasetId },
    query: { q: view.q, sort: view.sort, overlays: 'no', from, limit },
  });
  return step > 0 ? items : items.toReversed();
}

/** A picture that the filter does not show has neighbours all the same. */
async function positionBeside(
  { datasetId, imageId, view }: Place,
  direction: Direction,
): Promise<number | null> {
  const ask = (id: number) => queryClient.fetchQuery(neighboursQuery(datasetId, id, view));
  const here = await ask(imageId);
  const beside = direction === 'following' ? here.next : here.previous;
  if (beside === null) return null;
  if (here.position !== null) return here.position + (direction === 'following' ? 1 : -1);
  return (await ask(beside)).position;
}

export const useFrames = (place: Place, run: Run) =>
  useQuery({
    queryKey: ['dataset', place.datasetId, 'frames', place.imageId, place.view, run],
    queryFn: () => fetchFrames(place, run),
    placeholderData: keepPreviousData,
  });

/** Pictures of which nobody knows the size are taken to be like this one. */
export const sizeOf = ({ width, height }: ImageSummary, usual: Size): Size =>
  width === null || height === null ? usual : { width, height };
