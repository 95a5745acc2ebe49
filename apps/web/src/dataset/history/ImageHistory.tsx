// Who changed an image, its fields and its objects, and when; any change can be taken back from here.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ImageHistoryEntry } from '@migaki/api';
import { IconArrowBackUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { imageHistoryQuery } from '../../server/queries.ts';
import { ErrorView, notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';
import { undoRevision } from '../bulk/undo.ts';
import { FieldChanges } from './FieldChanges.tsx';

interface ImageHistoryProps {
  datasetId: number;
  imageId: number;
}

export function ImageHistory({ datasetId, imageId }: ImageHistoryProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <section>
      <h3>
        <button
          type="button"
          className="history-title"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={14} aria-hidden />
          {t('history.title')}
        </button>
      </h3>
      {isOpen && <Entries datasetId={datasetId} imageId={imageId} />}
    </section>
  );
}

function Entries({ datasetId, imageId }: ImageHistoryProps) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    imageHistoryQuery(datasetId, imageId),
  );
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  return (
    <div className="history">
      <ul aria-label={t('history.title')}>
        {data?.pages
          .flatMap(({ items }) => items)
          .map((entry) => (
            <Entry key={entry.revision} datasetId={datasetId} entry={entry} />
          ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="subtle"
          size="compact-xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </div>
  );
}

function Entry({ datasetId, entry }: { datasetId: number; entry: ImageHistoryEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { revision, kind, author, at, note, image, fields, objects } = entry;
  const counts = (['added', 'changed', 'removed'] as const).filter((each) => objects[each] > 0);
  const undo = async () => {
    try {
      await undoRevision(datasetId, revision);
      notifyDone(t('bulk.undone'));
    } catch (error) {
      notifyError(error);
    }
  };
  const ask = () =>
    modals.openConfirmModal({
      title: t('history.confirmUndo', { revision }),
      children: <Text size="sm">{t('history.undoExplanation')}</Text>,
      labels: { confirm: t('undo'), cancel: t('cancel') },
      onConfirm: undo,
    });
  return (
    <li>
      <Text size="xs" c="dimmed" title={format.time(at)}>
        {author} · {format.ago(at)} · {t('versions.revision', { revision })}
        {kind === 'undo' && ` · ${t('undo')}`}
        {kind === 'restore' && ` · ${t('versions.restore')}`}
      </Text>
      {image !== 'added' && (
        <Tooltip label={t('undo')}>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('history.undo', { revision })}
            onClick={ask}
          >
            <IconArrowBackUp size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <div className="history-what">
        {note !== '' && <Text size="xs">{note}</Text>}
        {image !== null && <span className="field-change">{t(`history.image.${image}`)}</span>}
        <FieldChanges changes={fields} />
        {counts.map((each) => (
          <span key={each} className="field-change">
            <span className="field-change-name">{t(`history.objects.${each}`)}</span>
            {format.count(objects[each])}
          </span>
        ))}
      </div>
    </li>
  );
}
