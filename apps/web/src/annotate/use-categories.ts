import type { Category } from '@migaki/annotator';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { datasetQuery } from '../server/queries.ts';
import type { PictureSession } from './session/picture-session.ts';

/** Tells the editor of categories that come, go or change; how often they are used is none of its business. */
export function useCategories({ datasetId, store }: PictureSession): void {
  const { data } = useQuery(datasetQuery(datasetId));
  useEffect(() => {
    if (data === undefined) return;
    const categories = data.categories.map(asKnown);
    const known = store.get().document.categories.map(asKnown);
    if (JSON.stringify(known) !== JSON.stringify(categories))
      store.dispatch({ type: 'categories', categories });
  }, [data, store]);
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
