// The keys of the verbs: the same in the grid and over one picture.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import type { Verb } from './verbs.ts';

interface VerbActions {
  datasetId: number;
  group: string;
  layer: 'page' | 'cover';
  act: (verb: Verb) => void;
  /** Shows the list of categories. */
  pick: () => void;
}

/** As many categories as there are digits. */
export const categoryKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** As the annotator has them, where it has them. */
const verbKeys = {
  accept: ['a'],
  reject: ['x', 'shift+a'],
  review: ['k'],
  delete: ['Delete'],
} as const satisfies Partial<Record<Verb['do'], readonly string[]>>;

export function useVerbActions({ datasetId, group, layer, act, pick }: VerbActions): void {
  const { t } = useTranslation();
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const numbered = (dataset?.categories ?? []).slice(0, categoryKeys.length);
  useActions(
    [
      ...(Object.keys(verbKeys) as (keyof typeof verbKeys)[]).map((name) => ({
        id: `act-${name}`,
        label: t(`acting.verbs.${name}`),
        group,
        keys: verbKeys[name],
        run: () => act({ do: name }),
      })),
      { id: 'act-pick', label: t('acting.verbs.pick'), group, keys: ['r'], run: pick },
      ...numbered.map(({ id: categoryId, name }, index) => ({
        id: `act-category-${categoryId}`,
        label: t('acting.verbs.categorize', { name }),
        group,
        keys: [categoryKeys[index]],
        run: () => act({ do: 'categorize', categoryId }),
      })),
    ],
    layer,
  );
}
