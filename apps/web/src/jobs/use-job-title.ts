// What a job is about, in the reader's language. The server's own title is English; it stands where the dataset is gone.

import type { Job } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetsQuery } from '../server/queries.ts';

/** @example useJobTitle()(job) // 'bccd をインポート' */
export function useJobTitle(): (job: Job) => string {
  const { t } = useTranslation();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  return ({ kind, title, datasetId }) => {
    const dataset = datasets.find(({ id }) => id === datasetId)?.name;
    if (dataset === undefined) return title;
    if (kind === 'import') return t('jobs.titles.import', { dataset });
    const format = / as ([\w-]+)$/.exec(title)?.[1];
    return kind === 'export' && format !== undefined
      ? t('jobs.titles.export', {
          dataset,
          format: t(`formats.${format as 'coco'}.name`, { defaultValue: format }),
        })
      : title;
  };
}
