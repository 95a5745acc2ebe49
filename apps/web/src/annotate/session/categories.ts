// Tells the editor of categories that come, go or change, also of a picture that no page shows: what waits for one that was
// deleted is saved once that is back. How often they are used is none of the editor's business.

import type { Category } from '@migaki/annotator';
import { QueryObserver } from '@tanstack/react-query';
import { queryClient } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import type { EditorStore } from './editor-store.ts';

export interface CategoryNews {
  /** Asks for them now, and tells the editor whether or not it knows them already. */
  askAgain(): void;
  stop(): void;
}

export function followCategories(datasetId: number, store: EditorStore): CategoryNews {
  const observer = new QueryObserver(queryClient, datasetQuery(datasetId));
  let isAwaited = false;
  const stop = observer.subscribe(({ data, isSuccess, isFetching }) => {
    // What is known from before does not answer what was asked just now.
    if (!isSuccess || (isAwaited && isFetching)) return;
    const categories = data.categories.map(asKnown);
    const known = store.get().document.categories.map(asKnown);
    if (!isAwaited && JSON.stringify(known) === JSON.stringify(categories)) return;
    isAwaited = false;
    store.dispatch({ type: 'categories', categories });
  });
  return {
    askAgain() {
      isAwaited = true;
      void observer.refetch();
    },
    stop,
  };
}

const asKnown = ({
  id,
  name,
  supercategory,
  color,
  keypoints,
  skeleton,
  flipIndex = null,
}: Category): Category => ({ id, name, supercategory, color, keypoints, skeleton, flipIndex });
