// Keys of a grid whose pictures a model has compared.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { embeddingsQuery, type View } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { nearDuplicatesOf } from './filters/LikenessFilter.tsx';
import { useFindSimilar } from './use-find-similar.ts';

interface LikenessActions {
  datasetId: number;
  query: string;
  imageIdOfFocused: () => number | null;
  onChange: (view: Partial<View>) => void;
}

export function useLikenessActions(options: LikenessActions): void {
  const { datasetId, query, imageIdOfFocused, onChange } = options;
  const { t } = useTranslation();
  const { data: embeddings } = useQuery(embeddingsQuery(datasetId));
  const findSimilar = useFindSimilar(datasetId);
  const group = t('similar.title');
  useActions([
    {
      id: 'similar',
      label: t('similar.find'),
      group,
      keys: ['s'],
      run: () => {
        const imageId = imageIdOfFocused();
        if (imageId !== null) findSimilar(imageId);
      },
    },
    // Without a comparison there is nothing to show.
    ...(embeddings
      ? [
          {
            id: 'duplicates',
            label: t('similar.duplicates'),
            group,
            keys: ['shift+s'],
            run: () => onChange(nearDuplicatesOf(query)),
          },
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
