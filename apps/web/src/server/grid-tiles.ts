// One tile by the id of its image, with what is drawn over it. Those that are asked for within a moment come together.

import type { GridTile } from '@migaki/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** Tiles ask a few each frame. */
const gatherMillis = 25;
const mostPerCall = 50;

interface Asked {
  imageId: number;
  take: (tile: GridTile | undefined) => void;
  fail: (error: unknown) => void;
}

const gathered = new Map<number, Asked[]>();

function ask(datasetId: number, imageId: number): Promise<GridTile | null> {
  return new Promise((resolve, reject) => {
    const asked = gathered.get(datasetId) ?? [];
    asked.push({ imageId, take: (tile) => resolve(tile ?? null), fail: reject });
    if (asked.length >= mostPerCall) send(datasetId);
    else if (asked.length === 1) {
      gathered.set(datasetId, asked);
      setTimeout(send, gatherMillis, datasetId);
    }
  });
}

function send(datasetId: number): void {
  const asked = gathered.get(datasetId);
  gathered.delete(datasetId);
  if (asked === undefined) return;
  const ids = [...new Set(asked.map(({ imageId }) => imageId))].join(',');
  client.getGridTiles({ params: { datasetId }, query: { ids } }).then(
    ({ items }) => {
      const byId = new Map(items.map((item) => [item.id, item]));
      for (const { imageId, take } of asked) take(byId.get(imageId));
    },
    (error: unknown) => {
      for (const { fail } of asked) fail(error);
    },
  );
}

/** What was scrolled past is kept for a while. */
const tileMillis = 120_000;

/** Null for an image that is not there any more. */
export const tileQuery = (datasetId: number, imageId: number) =>
  queryOptions({
    queryKey: ['dataset', datasetId, 'tile', imageId],
    queryFn: () => ask(datasetId, imageId),
    gcTime: tileMillis,
  });
