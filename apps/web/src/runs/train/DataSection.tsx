// What is learned from: a dataset, as it is now or as a version has it, whole or what a filter finds.

import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { DatasetSummary } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { versionsQuery } from '../../server/queries.ts';
import type { TrainSearch } from '../search.ts';

const now = 'now';
const typingMillis = 400;

interface DataSectionProps {
  datasets: readonly DatasetSummary[];
  datasetId: number | null;
  version: string | null;
  query: string;
  queryError: unknown;
  onChange: (changed: Partial<TrainSearch>) => void;
}

export function DataSection(props: DataSectionProps) {
  const { datasets, datasetId, version, query, queryError, onChange } = props;
  const { t } = useTranslation();
  const { sayError } = useWords();
  const format = useFormat();
  const [typed, setTyped] = useState(query);
  const { data: versions = [] } = useQuery({
    ...versionsQuery(datasetId ?? 0),
    enabled: datasetId !== null,
  });
  const ask = useDebouncedCallback(
    (q: string) => onChange({ q: q.trim() || undefined }),
    typingMillis,
  );
  const dataset = datasets.find(({ id }) => id === datasetId);
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
          <TextInput
            label={t('runs.train.filter')}
            description={t('runs.train.filterHelp')}
            placeholder="status:done -tag:blurry"
            className="query-bar"
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              ask(currentTarget.value);
            }}
            error={sayError(queryError)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <Text size="xs" c="dimmed">
            {t('counts.pictures', {
              count: dataset.imageCount,
              shown: format.count(dataset.imageCount),
            })}{' '}
            ·{' '}
            {t('counts.objects', {
              count: dataset.annotationCount,
              shown: format.count(dataset.annotationCount),
            })}
          </Text>
        </>
      )}
    </Stack>
  );
}
