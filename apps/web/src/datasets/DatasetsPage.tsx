// All datasets. Anything dropped here becomes a new dataset.

import { Button, Group, Loader, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { DatasetSummary } from '@migaki/api';
import { IconDatabasePlus, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openImport } from '../import/import-dialog-state.ts';
import { PageDropzone } from '../import/PageDropzone.tsx';
import { datasetsQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { DatasetCard } from './DatasetCard.tsx';
import { DatasetForm } from './DatasetForm.tsx';
import { FirstDataset } from './FirstDataset.tsx';
import { useImportedDatasets } from './use-imported-datasets.ts';
import './datasets.css';

const datasetOrders = {
  changed: (a: DatasetSummary, b: DatasetSummary) => b.changedAt.localeCompare(a.changedAt),
  name: (a: DatasetSummary, b: DatasetSummary) =>
    a.name.localeCompare(b.name, undefined, { numeric: true }),
  pictures: (a: DatasetSummary, b: DatasetSummary) => b.imageCount - a.imageCount,
};
type DatasetOrder = keyof typeof datasetOrders;

export function DatasetsPage() {
  const { t } = useTranslation();
  const { data: datasets, error, refetch } = useQuery(datasetsQuery());
  const imported = useImportedDatasets();
  const [isCreating, setCreating] = useState(false);
  const [wanted, setWanted] = useState('');
  const searchInput = useRef<HTMLInputElement>(null);
  const group = t('datasets.title');
  const [order, setOrder] = useLocalStorage<DatasetOrder>({
    key: 'migaki-dataset-order',
    defaultValue: 'changed',
    getInitialValueInEffect: false,
  });
  useActions([
    { id: 'import', label: t('datasets.import'), group, keys: ['i'], run: () => openImport() },
    { id: 'create', label: t('datasets.create'), group, keys: ['n'], run: () => setCreating(true) },
    {
      id: 'find-dataset',
      label: t('datasets.search'),
      group,
      keys: ['/'],
      run: () => searchInput.current?.focus(),
    },
  ]);

  const looked = wanted.trim().toLocaleLowerCase();
  const shown = (datasets ?? [])
    .filter(({ name, description }) =>
      `${name} ${description}`.toLocaleLowerCase().includes(looked),
    )
    .sort(datasetOrders[order] ?? datasetOrders.changed);
  return (
    <div className="page">
      <PageDropzone />
      {error !== null && <ErrorView error={error} onRetry={refetch} />}
      {datasets === undefined && error === null && <Loader m="auto" mt={120} />}
      {datasets?.length === 0 && <FirstDataset onCreate={() => setCreating(true)} />}
      {datasets !== undefined && datasets.length > 0 && (
        <>
          <Group justify="space-between" mb="md">
            <Title order={1} size="h3">
              {t('datasets.title')}
            </Title>
            <Group gap="xs">
              <TextInput
                ref={searchInput}
                size="xs"
                w={200}
                placeholder={t('datasets.search')}
                aria-label={t('datasets.search')}
                leftSection={<IconSearch size={14} />}
                value={wanted}
                onChange={({ currentTarget }) => setWanted(currentTarget.value)}
              />
              <Select
                size="xs"
                w={150}
                aria-label={t('toolbar.sort')}
                data={Object.keys(datasetOrders).map((value) => ({
                  value,
                  label: t(`datasets.orders.${value as DatasetOrder}`),
                }))}
                value={order}
                onChange={(value) => setOrder((value ?? 'changed') as DatasetOrder)}
                allowDeselect={false}
              />
              <Button
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => setCreating(true)}
              >
                {t('datasets.create')}
              </Button>
              <Button leftSection={<IconDatabasePlus size={14} />} onClick={() => openImport()}>
                {t('datasets.import')}
              </Button>
            </Group>
          </Group>
          <div className="dataset-cards">
            {shown.map((dataset) => (
              <DatasetCard
                key={dataset.id}
                dataset={dataset}
                isImporting={imported.has(dataset.id)}
              />
            ))}
          </div>
          {shown.length === 0 && (
            <Stack align="center" gap="xs" className="empty-view">
              <Text fw={600}>{t('datasets.noneFound')}</Text>
              <Button variant="light" onClick={() => setWanted('')}>
                {t('import.clear')}
              </Button>
            </Stack>
          )}
        </>
      )}
      <DatasetForm isOpen={isCreating} onClose={() => setCreating(false)} />
    </div>
  );
}
