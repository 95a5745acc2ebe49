// A view without anything in it says why, and what to do.

import { Button, Stack, Text, Title } from '@mantine/core';
import { IconFilterOff, IconPhotoPlus, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openImport } from '../import/import-dialog-state.ts';

interface EmptyViewProps {
  datasetId: number;
  hasQuery: boolean;
  onClear: () => void;
}

export function EmptyView({ datasetId, hasQuery, onClear }: EmptyViewProps) {
  const { t } = useTranslation();
  if (hasQuery) {
    return (
      <Stack align="center" gap="xs" className="empty-view">
        <IconFilterOff size={40} stroke={1.2} />
        <Title order={2} size="h4">
          {t('empty.noMatch')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('empty.noMatchAdvice')}
        </Text>
        <Button variant="light" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack align="center" gap="xs" className="empty-view">
      <IconPhotoPlus size={48} stroke={1.2} />
      <Title order={2} size="h4">
        {t('empty.title')}
      </Title>
      <Text size="sm" c="dimmed" maw={460} ta="center">
        {t('empty.advice')}
      </Text>
      <Button leftSection={<IconUpload size={14} />} onClick={() => openImport({ datasetId })}>
        {t('dataset.import')}
      </Button>
    </Stack>
  );
}
