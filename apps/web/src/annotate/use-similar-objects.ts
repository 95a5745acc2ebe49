// From an object of the picture to those of the dataset that are alike, and back to it.

import { annotationIdOf, type ObjectId } from '@migaki/annotator';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useFindSimilarObjects } from '../dataset/use-find-similar.ts';
import { rememberWayBack } from '../dataset/way-back.ts';
import type { AnnotateSearch } from './search.ts';
import { whenSaved } from './sequence/when-saved.ts';
import type { PictureSession } from './session/picture-session.ts';

/** Where no model has compared the objects, one is asked for. */
export function useSimilarObjects({
  datasetId,
  store,
}: PictureSession): (id: ObjectId) => Promise<void> {
  const router = useRouter();
  const navigate = useNavigate();
  const find = useFindSimilarObjects(datasetId);
  return async (id) => {
    // What was drawn a moment ago has no name at the server yet.
    await whenSaved(store);
    const annotationId = annotationIdOf(store.get().sync.identities, id);
    if (annotationId === undefined) return;
    // Whoever comes back, by the browser's button too, finds the object as it was left: selected.
    await navigate({
      to: '.',
      search: (old) => ({ ...(old as AnnotateSearch), object: String(annotationId) }),
      replace: true,
    });
    rememberWayBack(annotationId, router.state.location.href);
    find(annotationId);
  };
}
