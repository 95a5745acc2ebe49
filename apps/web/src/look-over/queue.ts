// The pictures with open proposals, the most doubtful first.

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { addPart } from '../dataset/query/query-text.ts';
import { client } from '../server/client.ts';
import type { Sitting } from './sitting.ts';

/** With proposals, or a control that nobody has drawn yet. */
const toLookOver = '(proposals>0 or control:open)';
/** Besides those that may have to be passed over. */
const listedAtLeast = 20;
/** Of the server. */
const listedAtMost = 1000;

/** @param passedOver how many pictures of the head of the list were seen and left open */
export const queueQuery = (datasetId: number, q: string, passedOver = 0) => {
  const limit = Math.min(listedAtMost, listedAtLeast + passedOver);
  return queryOptions({
    queryKey: ['dataset', datasetId, 'look-over', q, limit],
    queryFn: ({ signal }) =>
      client.listImages(
        {
          params: { datasetId },
          query: { q: addPart(q, toLookOver), sort: '-doubt', overlays: 'no', limit },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
};

/** How many pictures the queue has: without its order, which takes longer to work out. */
export const queueLengthQuery = (datasetId: number, q: string) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'look-over', q, 'length'],
    queryFn: ({ signal }) =>
      client.listImages(
        {
          params: { datasetId },
          query: { q: addPart(q, toLookOver), overlays: 'no', limit: 1 },
        },
        { signal },
      ),
    select: ({ total }) => total,
    placeholderData: keepPreviousData,
  });

export const passedOver = ({ visits }: Sitting): number =>
  visits.filter(({ openCount }) => openCount > 0).length;
