import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { AnnotateSearch } from '../annotate/search.ts';
import type { View } from '../server/queries.ts';
import { withoutDefaults } from './search.ts';

interface Target {
  imageId: number;
  /** Selected, and zoomed to. */
  annotationId?: number;
}

/**
 * Opens the annotator at a picture; its arrows go on within the view.
 *
 * @param back the tab to which its way back leads; that of the images without it
 */
export function useOpenAnnotator(
  datasetId: number,
  view: View,
  back?: AnnotateSearch['back'],
): (target: Target) => Promise<void> {
  const navigate = useNavigate();
  return useCallback(
    ({ imageId, annotationId }) =>
      navigate({
        to: '/datasets/$datasetId/annotate/$imageId',
        params: { datasetId: String(datasetId), imageId: String(imageId) },
        search: {
          ...withoutDefaults(view),
          object: annotationId === undefined ? undefined : String(annotationId),
          back,
        },
      }),
    [navigate, datasetId, view, back],
  );
}
