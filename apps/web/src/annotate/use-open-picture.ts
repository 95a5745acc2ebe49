// Leads from the picture that is open to another one, whichever that is.

import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { heldKeys } from './keys/held-keys.ts';
import type { AnnotateSearch } from './search.ts';
import type { PictureSession } from './session/picture-session.ts';

/** @returns whether there is such a picture, or what `otherwise` says where there is none */
export type OpenPicture = (
  idOf: () => Promise<number | null>,
  otherwise?: () => boolean,
) => Promise<boolean>;

/** In the same view, instead of the picture that is open. */
export function useGoToPicture(datasetId: number): (imageId: number) => Promise<void> {
  const navigate = useNavigate();
  return useCallback(
    (imageId) =>
      navigate({
        to: '/datasets/$datasetId/annotate/$imageId',
        params: { datasetId: String(datasetId), imageId: String(imageId) },
        search: (old) => ({ ...(old as AnnotateSearch), object: undefined }),
        replace: true,
      }),
    [navigate, datasetId],
  );
}

export function useOpenPicture({ datasetId, store }: PictureSession): OpenPicture {
  const goTo = useGoToPicture(datasetId);
  const isOpening = useRef(false);
  return useCallback(
    async (idOf, otherwise = () => false) => {
      // Two steps at once would both lead to the same picture.
      if (isOpening.current) return true;
      isOpening.current = true;
      heldKeys.begin();
      let isLeft = false;
      try {
        const id = await idOf();
        if (id === null) return otherwise();
        isLeft = true;
        await goTo(id);
        return true;
      } finally {
        isOpening.current = false;
        if (!isLeft) heldKeys.release((chord) => store.dispatch({ type: 'key', chord }));
      }
    },
    [goTo, store],
  );
}
