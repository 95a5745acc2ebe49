// The pictures before and after this one, within the filter and its order.

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { rememberPlace } from '../dataset/grid/place-memory.ts';
import { addPart } from '../dataset/query/query-text.ts';
import { client, queryClient } from '../server/client.ts';
import { neighboursQuery, type View } from '../server/queries.ts';
import { heldKeys } from './keys/held-keys.ts';
import { comesInTiles } from './picture/large.ts';
import { loadPicture } from './picture/loaded-pictures.ts';
import type { AnnotateSearch } from './search.ts';
import type { PictureSession } from './session/picture-session.ts';

export type Which = 'previous' | 'next' | 'next-doubtful';

export interface Neighbours {
  /** Undefined while it is not known. */
  readonly known:
    | { previous: number | null; next: number | null; position: number | null; total: number }
    | undefined;
  /** @returns whether there is such a picture */
  open: (which: Which) => Promise<boolean>;
}

export function useNeighbours({ datasetId, image, store }: PictureSession, view: View): Neighbours {
  const navigate = useNavigate();
  const { data: known } = useQuery(neighboursQuery(datasetId, image.id, view));
  const isOpening = useRef(false);

  useEffect(() => {
    if (known === undefined) return;
    if (known.position !== null) rememberPlace(datasetId, 'images', view, known.position);
    for (const id of [known.next, known.previous]) if (id !== null) prefetch(datasetId, id, view);
  }, [known, datasetId, view]);

  const open = useCallback(
    async (which: Which): Promise<boolean> => {
      // Two steps at once would both lead to the same picture.
      if (isOpening.current) return true;
      isOpening.current = true;
      heldKeys.begin();
      let isLeft = false;
      try {
        const id = await idOf(which, datasetId, image.id, view);
        if (id === null) return false;
        isLeft = true;
        await navigate({
          to: '/datasets/$datasetId/annotate/$imageId',
          params: { datasetId: String(datasetId), imageId: String(id) },
          search: (old) => ({ ...(old as AnnotateSearch), object: undefined }),
          replace: true,
        });
        return true;
      } finally {
        isOpening.current = false;
        if (!isLeft) heldKeys.release((chord) => store.dispatch({ type: 'key', chord }));
      }
    },
    [navigate, datasetId, image.id, store, view],
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
    return (await queryClient.fetchQuery(neighboursQuery(datasetId, imageId, view)))[which];
  }
  const { items } = await client.listImages({
    params: { datasetId },
    query: { q: addPart(view.q, 'state:proposed'), sort: '-doubt', overlays: 'no', limit: 2 },
  });
  return items.find(({ id }) => id !== imageId)?.id ?? null;
}

/** A picture that will be wanted next is there before it is asked for. */
function prefetch(datasetId: number, imageId: number, view: View): void {
  void queryClient.prefetchQuery(neighboursQuery(datasetId, imageId, view));
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
