// The pictures before and after this one, within the filter and its order.

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { rememberPlace } from '../dataset/grid/place-memory.ts';
import { addPart } from '../dataset/query/query-text.ts';
import { client, isTemporary, queryClient } from '../server/client.ts';
import { neighboursQuery, type View } from '../server/queries.ts';
import { comesInTiles } from './picture/large.ts';
import { loadPicture } from './picture/loaded-pictures.ts';
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
    for (const id of [known.next, known.previous]) {
      if (id === null) continue;
      void queryClient.prefetchQuery(neighboursQuery(datasetId, id, view));
      prefetchPicture(datasetId, id);
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
    return queryClient.fetchQuery({ ...query, retry: false }).then(
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

/** A picture that will be wanted next is there before it is asked for. */
export function prefetchPicture(datasetId: number, imageId: number): void {
  const summary = {
    queryKey: ['dataset', datasetId, 'summary', imageId],
    queryFn: () =>
      client.listImages({
        params: { datasetId },
        query: { q: `id:${imageId}`, overlays: 'no', limit: 1 },
      }),
  };
  queryClient.fetchQuery(summary).then(
    ({ items: [next] }) => {
      if (next?.sha256 == null) return;
      const size = { width: next.width ?? 0, height: next.height ?? 0 };
      if (!comesInTiles({ mediaType: null }, size)) loadPicture(next.sha256).catch(() => {});
    },
    () => {},
  );
}
