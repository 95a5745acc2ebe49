// What is learned from: a dataset, as it is now or as a version has it.

import { Select, Stack, Text } from '@mantine/core';
import type { DatasetSummary, Facets } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { versionsQuery } from '../../server/queries.ts';
import type { TrainSearch } from '../search.ts';
import { FilterField } from './FilterField.tsx';

const now = 'now';

interface DataSectionProps {
  datasets: readonly DatasetSummary[];
  datasetId: number | null;
  version: string | null;
  query: string;
  queryError: string | null;
  /** Of the pictures that match. */
  facets: Facets | undefined;
  onChange: (changed: Partial<TrainSearch>) => void;
}

export function DataSection(props: DataSectionProps) {
  const { datasets, datasetId, version, query, queryError, facets, onChange } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { data: versions = [] } = useQuery({
    ...versionsQuery(datasetId ?? 0),
    enabled: datasetId !== null,
  });
  const dataset = datasets.find(({ id }) => id === datasetId);
  const counted =
    query === '' || version !== null
      ? dataset && { images: dataset.imageCount, objects: dataset.annotationCount }
      : facets && { images: facets.imageCount, objects: facets.objectCount };
  return (
    <Stack gap="md">
      <Select
        searchable
        label={t('runs.columns.dataset')}
        placeholder={t('runs.train.chooseDataset')}
        data={datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={datasetId === null ? null : String(datasetId)}
        onChange={(value) =>
          onChange({ dataset: value ?? undefined, version: undefined, q: undefined })
        }
        allowDeselect={false}
      />
      {dataset !== undefined && (
        <>
          <Select
            label={t('export.version')}
            data={[
              { value: now, label: t('versions.now') },
              ...versions.map(({ name }) => ({ value: name, label: name })),
            ]}
            value={version ?? now}
            onChange={(value) =>
              onChange({ version: value === now || value === null ? undefined : value })
            }
            allowDeselect={false}
          />
          <FilterField
            datasetId={dataset.id}
            query={query}
            error={queryError}
            isOfVersion={version !== null}
            onChange={(q) => onChange({ q })}
          />
          {counted !== undefined && (
            <Text size="xs" c="dimmed">
              {t('counts.pictures', { count: counted.images, shown: format.count(counted.images) })}{' '}
              ·{' '}
              {t('counts.objects', {
                count: counted.objects,
                shown: format.count(counted.objects),
              })}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
