// The pictures before and after this one, within the filter and its order.

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { rememberPlace } from '../dataset/grid/place-memory.ts';
import { addPart } from '../dataset/query/query-text.ts';
import { client, fetchOnce, isTemporary, queryClient } from '../server/client.ts';
import { neighboursQuery, type View } from '../server/queries.ts';
import { comesInTiles } from './picture/large.ts';
import { loadPicture } from './picture/loaded-pictures.ts';
import { keepImage } from './session/image-ahead.ts';
import type { PictureSession } from './session/picture-session.ts';
import { useOpenPicture } from './use-open-picture.ts';

export type Which = 'previous' | 'next' | 'next-doubtful';

export interface Neighbours {
  /** Undefined while it is not known. */
  readonly known:
    | { previous: number | null; next: number | null; position: number | null; total: number }
    | undefined;
  /** @returns whether there is such a picture */
  open: (which: Which) => Promise<boolean>;
}

/** @param isAsked false where something else leads from picture to picture */
export function useNeighbours(
  session: PictureSession,
  view: View,
  { isAsked = true } = {},
): Neighbours {
  const { datasetId, image } = session;
  const openPicture = useOpenPicture(session);
  const { data: known } = useQuery({
    ...neighboursQuery(datasetId, image.id, view),
    enabled: isAsked,
  });

  useEffect(() => {
    if (known === undefined) return;
    if (known.position !== null) rememberPlace(datasetId, 'images', view, known.position);
    for (const way of ['next', 'previous'] as const) {
      const id = known[way];
      if (id !== null) void prefetchOnward(datasetId, id, view, way, way === 'next' ? 2 : 1);
    }
  }, [known, datasetId, view]);

  const open = useCallback(
    (which: Which) => openPicture(() => idOf(which, datasetId, image.id, view)),
    [openPicture, datasetId, image.id, view],
  );
  return { known, open };
}

async function idOf(
  which: Which,
  datasetId: number,
  imageId: number,
  view: View,
): Promise<number | null> {
  if (which !== 'next-doubtful') {
    const query = neighboursQuery(datasetId, imageId, view);
    return fetchOnce(query).then(
      (neighbours) => neighbours[which],
      (error: unknown) => {
        // Without the workbench the way goes on as it was known last.
        const known = isTemporary(error) ? queryClient.getQueryData(query.queryKey) : undefined;
        if (known === undefined) throw error;
        return known[which];
      },
    );
  }
  const { items } = await client.listImages({
    params: { datasetId },
    query: { q: addPart(view.q, 'state:proposed'), sort: '-doubt', overlays: 'no', limit: 2 },
  });
  return items.find(({ id }) => id !== imageId)?.id ?? null;
}

/** So many pictures, beginning with one, and the way from each to the next. */
async function prefetchOnward(
  datasetId: number,
  imageId: number,
  view: View,
  way: 'previous' | 'next',
  count: number,
): Promise<void> {
  prefetchPicture(datasetId, imageId);
  const query = neighboursQuery(datasetId, imageId, view);
  const onward = await fetchOnce(query).catch(() => null);
  const id = onward?.[way] ?? null;
  if (id !== null && count > 1) await prefetchOnward(datasetId, id, view, way, count - 1);
}

/** A picture that will be wanted next is there before it is asked for, also where the workbench is away by then. */
export function prefetchPicture(datasetId: number, imageId: number): void {
  keepImage(datasetId, imageId).then(
    ({ sha256, mediaType, width, height }) => {
      const size = { width: width ?? 0, height: height ?? 0 };
      if (sha256 !== null && !comesInTiles({ mediaType }, size)) {
        loadPicture(sha256).catch(() => {});
      }
    },
    () => {},
  );
}
