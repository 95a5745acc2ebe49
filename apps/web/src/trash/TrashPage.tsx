// Datasets that were deleted: back again, or gone for good.

import { Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { DatasetSummary } from '@migaki/api';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Cover } from '../datasets/DatasetCard.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { client, queryClient } from '../server/client.ts';
import { datasetsQuery } from '../server/queries.ts';
import { ErrorView, notifyError } from '../shell/ErrorView.tsx';
import { notifyDone } from '../shell/notify.tsx';
import '../datasets/datasets.css';

export function TrashPage() {
  const { t } = useTranslation();
  const { data: datasets, error, refetch } = useQuery(datasetsQuery('only'));
  return (
    <div className="page page-narrow">
      <Title order={1} size="h3" mb="md">
        {t('trash.title')}
      </Title>
      {error !== null && <ErrorView error={error} onRetry={refetch} />}
      {datasets === undefined && error === null && <Loader />}
      {datasets?.length === 0 && (
        <Stack align="center" gap="xs" className="empty-view">
          <IconTrash size={40} stroke={1.2} />
          <Text fw={600}>{t('trash.empty')}</Text>
          <Text size="sm" c="dimmed">
            {t('trash.datasetsAdvice')}
          </Text>
        </Stack>
      )}
      <Stack gap="xs">
        {datasets?.map((dataset) => (
          <DeletedDataset key={dataset.id} dataset={dataset} />
        ))}
      </Stack>
    </div>
  );
}

function DeletedDataset({ dataset }: { dataset: DatasetSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const params = { datasetId: dataset.id };
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['datasets'] });
  const restore = useMutation({
    mutationFn: () => client.restoreDataset({ params }),
    onSuccess: () => {
      notifyDone(t('trash.restored', { name: dataset.name }));
      return refresh();
    },
    onError: notifyError,
  });
  const remove = useMutation({
    mutationFn: () => client.deleteDataset({ params, query: { forever: 'true' } }),
    onSuccess: refresh,
    onError: notifyError,
  });
  const ask = () =>
    modals.openConfirmModal({
      title: t('trash.confirmForever', { name: dataset.name }),
      children: <Text size="sm">{t('trash.foreverExplanation')}</Text>,
      labels: { confirm: t('trash.forever'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  return (
    <Paper withBorder p="xs">
      <Group wrap="nowrap" justify="space-between">
        <Group wrap="nowrap" miw={0}>
          <div className="small-cover">
            <Cover shas={dataset.covers} />
          </div>
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {dataset.name}
            </Text>
            <Text size="xs" c="dimmed">
              {t('counts.pictures', {
                count: dataset.imageCount,
                shown: format.count(dataset.imageCount),
              })}
              {dataset.deletedAt !== null &&
                ` · ${t('trash.deleted', { ago: format.ago(dataset.deletedAt) })}`}
            </Text>
          </div>
        </Group>
        <Group wrap="nowrap" gap="xs">
          <Button
            variant="light"
            leftSection={<IconRestore size={14} />}
            loading={restore.isPending}
            onClick={() => restore.mutate()}
          >
            {t('trash.restore')}
          </Button>
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={ask}>
            {t('trash.forever')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
