// A view without anything in it says why, and what to do.

import { Button } from '@mantine/core';
import { IconFilterOff, IconPhotoPlus, IconTargetArrow, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { openImport } from '../import/import-dialog-state.ts';
import { nextToLabelQuery } from '../server/queries.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { openDatasetDialog } from './dataset-dialog.ts';
import { termsOf } from './query/query-text.ts';

interface EmptyViewProps {
  datasetId: number;
  query: string;
  onClear: () => void;
}

export function EmptyView({ datasetId, query, onClear }: EmptyViewProps) {
  const { t } = useTranslation();
  const { data: chosen } = useQuery(nextToLabelQuery(datasetId));
  if (chosen?.size === 0 && termsOf(query).some(({ field }) => field === 'next')) {
    return (
      <EmptyState
        icon={<IconTargetArrow size={48} stroke={1.2} />}
        title={t('toLabel.empty')}
        advice={t('toLabel.emptyAdvice')}
      >
        <Button
          leftSection={<IconTargetArrow size={14} />}
          onClick={() => openDatasetDialog('next')}
        >
          {t('toLabel.choose')}
        </Button>
      </EmptyState>
    );
  }
  if (query !== '') {
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
