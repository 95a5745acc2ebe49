import { Text } from '@mantine/core';
import type { PinnedDataset } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../shell/links.tsx';

/** A dataset as it was, which leads to what became of it since. */
export function PinnedLink({ dataset }: { dataset: PinnedDataset }) {
  const { t } = useTranslation();
  const { datasetId, name, version, query } = dataset;
  const words = [name, version, query].filter(Boolean).join(' · ');
  if (datasetId === null) {
    return (
      <Text span inherit c="dimmed" title={t('runs.datasetGone')}>
        {words}
      </Text>
    );
  }
  return (
    <LinkAnchor
      inherit
      to="/datasets/$datasetId/versions"
      params={{ datasetId: String(datasetId) }}
      search={{ from: version }}
      title={t('runs.sinceThen')}
    >
      {words}
    </LinkAnchor>
  );
}
