// A view without anything in it says why, and what to do.

import { Button } from '@mantine/core';
import {
  IconFilterOff,
  IconPhotoPlus,
  IconPolygon,
  IconTargetArrow,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { openImport } from '../import/import-dialog-state.ts';
import { datasetQuery, nextToLabelQuery, trashCountQuery } from '../server/queries.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { LinkButton } from '../shell/links.tsx';
import { openDatasetDialog } from './dataset-dialog.ts';
import { termsOf } from './query/query-text.ts';

interface EmptyViewProps {
  datasetId: number;
  /** What there is none of. */
  of?: 'images' | 'objects';
  query: string;
  onClear: () => void;
}

export function EmptyView({ datasetId, of = 'images', query, onClear }: EmptyViewProps) {
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
  return <EmptyDataset datasetId={datasetId} of={of} />;
}

/** Nothing is there, or nothing but pictures without objects, or all that there was is in the trash. */
function EmptyDataset({ datasetId, of }: { datasetId: number; of: 'images' | 'objects' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const params = { datasetId: String(datasetId) };
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const { data: inTrash } = useQuery(trashCountQuery(datasetId));
  if (dataset === undefined || inTrash === undefined) return null;
  if (of === 'objects' && dataset.imageCount > 0) {
    return (
      <EmptyState
        icon={<IconPolygon size={48} stroke={1.2} />}
        title={t('empty.noObjects')}
        advice={t('empty.noObjectsAdvice')}
      >
        <LinkButton to="/datasets/$datasetId/images" params={params}>
          {t('lookOver.toPictures')}
        </LinkButton>
      </EmptyState>
    );
  }
  if (inTrash > 0) {
    return (
      <EmptyState
        icon={<IconTrash size={48} stroke={1.2} />}
        title={t('empty.allInTrash', { count: inTrash, shown: format.count(inTrash) })}
        advice={t('empty.allInTrashAdvice')}
      >
        <LinkButton
          leftSection={<IconTrash size={14} />}
          to="/datasets/$datasetId/trash"
          params={params}
        >
          {t('empty.openTrash')}
        </LinkButton>
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
