// A view without anything in it says why, and what to do.

import { Button } from '@mantine/core';
import { IconFilterOff, IconPhotoPlus, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openImport } from '../import/import-dialog-state.ts';
import { EmptyState } from '../shell/EmptyState.tsx';

interface EmptyViewProps {
  datasetId: number;
  hasQuery: boolean;
  onClear: () => void;
}

export function EmptyView({ datasetId, hasQuery, onClear }: EmptyViewProps) {
  const { t } = useTranslation();
  if (hasQuery) {
    return (
      <EmptyState
        icon={<IconFilterOff size={40} stroke={1.2} />}
        title={t('empty.noMatch')}
        advice={t('empty.noMatchAdvice')}
      >
        <Button variant="light" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconPhotoPlus size={48} stroke={1.2} />}
      title={t('empty.title')}
      advice={t('empty.advice')}
    >
      <Button leftSection={<IconUpload size={14} />} onClick={() => openImport({ datasetId })}>
        {t('dataset.import')}
      </Button>
    </EmptyState>
  );
}
