// The title of the window: what is shown, then what it belongs to, then the product; tabs and bookmarks are told apart by it.

import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenName } from './use-open-name.ts';

export function usePageTitle(): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { datasetId } = useParams({ strict: false });
  const openName = useOpenName();
  const pages: Record<string, string> = {
    '': t('datasets.title'),
    runs: t('runs.title'),
    new: t('runs.train.title'),
    compare: t('runs.compare.title'),
    models: t('models.title'),
    jobs: t('jobs.title'),
    trash: t('trash.title'),
    settings: t('settings.title'),
  };
  const last = pathname.split('/').at(-1) ?? '';
  const page =
    datasetId === undefined
      ? pages[last]
      : t(`dataset.tabs.${last as 'images'}`, { defaultValue: '' });
  const title = [page, openName, 'Migaki'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
