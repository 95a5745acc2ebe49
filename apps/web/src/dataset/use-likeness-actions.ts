// Keys of a grid whose pictures, or objects, a model has compared.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { embeddingsQuery, objectEmbeddingsQuery, type View } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { nearDuplicatesOf } from './filters/LikenessFilter.tsx';
import { useFindSimilar, useFindSimilarObjects } from './use-find-similar.ts';

interface LikenessActions {
  datasetId: number;
  /** What the grid shows. */
  of: 'images' | 'objects';
  query: string;
  /** Of the image or object in focus. */
  focusedId: () => number | null;
  onChange: (view: Partial<View>) => void;
}

export function useLikenessActions(options: LikenessActions): void {
  const { datasetId, of, query, focusedId, onChange } = options;
  const { t } = useTranslation();
  const { data: ofImages } = useQuery(embeddingsQuery(datasetId));
  const { data: ofObjects } = useQuery(objectEmbeddingsQuery(datasetId));
  const find = { images: useFindSimilar(datasetId), objects: useFindSimilarObjects(datasetId) }[of];
  const group = t('similar.title');
  const compared = of === 'images' ? ofImages : ofObjects;
  useActions([
    {
      id: 'similar',
      label: t(of === 'images' ? 'similar.find' : 'similar.findObjects'),
      group,
      keys: ['s'],
      run: () => {
        const id = focusedId();
        if (id !== null) find(id);
      },
    },
    // Without a comparison there is nothing to show.
    ...(ofImages && of === 'images'
      ? [
          {
            id: 'duplicates',
            label: t('similar.duplicates'),
            group,
            keys: ['shift+s'],
            run: () => onChange(nearDuplicatesOf(query)),
          },
        ]
      : []),
    ...(compared
      ? [
          {
            id: 'outliers',
            label: t('sorts.-outlier'),
            group,
            keys: ['shift+u'],
            run: () => onChange({ sort: '-outlier' }),
          },
        ]
      : []),
  ]);
}
