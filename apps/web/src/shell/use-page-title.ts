// The title of the window: what is shown, then the dataset, then the product; tabs and bookmarks are told apart by it.

import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../server/queries.ts';

export function usePageTitle(): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { datasetId } = useParams({ strict: false });
  const { data: dataset } = useQuery({
    ...datasetQuery(Number(datasetId)),
    enabled: datasetId !== undefined,
  });
  const pages: Record<string, string> = {
    '': t('datasets.title'),
    jobs: t('jobs.title'),
    trash: t('trash.title'),
    settings: t('settings.title'),
  };
  const last = pathname.split('/').at(-1) ?? '';
  const parts =
    datasetId === undefined
      ? [pages[last]]
      : [t(`dataset.tabs.${last as 'images'}`, { defaultValue: '' }), dataset?.name];
  const title = [...parts, 'Migaki'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
