// From one picture to the next within a query and its order. The neighbours are there, picture and all, before they are
// asked for.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { pictureUrl } from '../../server/client.ts';
import { imageQuery, neighboursQuery, type View } from '../../server/queries.ts';

interface LeafingOptions {
  datasetId: number;
  imageId: number;
  view: View;
  /** @param position of the image within the view */
  onShow: (imageId: number, position: number) => void;
}

/** A key that is held down does not leaf on long after it was let go. */
const mostWaitingSteps = 3;

export function useLeafing({ datasetId, imageId, view, onShow }: LeafingOptions) {
  const queries = useQueryClient();
  const { data: neighbours } = useQuery(neighboursQuery(datasetId, imageId, view));
  const { previous = null, next = null } = neighbours ?? {};

  useEffect(() => {
    for (const id of [next, previous]) {
      if (id === null) continue;
      void queries.prefetchQuery(neighboursQuery(datasetId, id, view));
      queries.fetchQuery(imageQuery(datasetId, id)).then(
        ({ sha256 }) => {
          if (sha256 !== null) new Image().src = pictureUrl(sha256);
        },
        () => {},
      );
    }
  }, [previous, next, datasetId, view, queries]);

  /** Steps that were asked for before it was known where they lead. */
  const waitingSteps = useRef(0);
  const goBy = (step: 1 | -1) => {
    if (neighbours === undefined) {
      const steps = waitingSteps.current + step;
      waitingSteps.current = Math.max(-mostWaitingSteps, Math.min(mostWaitingSteps, steps));
      return;
    }
    const id = step === 1 ? next : previous;
    // One that does not match any more lies between its neighbours: the next one is where it would be.
    if (id !== null) onShow(id, (neighbours.position ?? 0) + step);
    else waitingSteps.current = 0;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what has come to be known goes on
  useEffect(() => {
    const step = Math.sign(waitingSteps.current);
    if (neighbours === undefined || step === 0) return;
    waitingSteps.current -= step;
    goBy(step as 1 | -1);
  }, [neighbours]);
  return { neighbours, previous, next, goBy };
}
