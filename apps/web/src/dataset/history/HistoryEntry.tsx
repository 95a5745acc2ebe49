// One revision, as far as it concerns an image: who, when, what, and the way back.

import { ActionIcon, Text, Tooltip } from '@mantine/core';
import type { ImageHistoryEntry } from '@migaki/api';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FieldChanges } from './FieldChanges.tsx';
import { ObjectChangeRow } from './ObjectChangeRow.tsx';
import type { Pictured } from './pictured.ts';
import { useAskUndo } from './use-ask-undo.tsx';

export function HistoryEntry(props: Pictured & { entry: ImageHistoryEntry }) {
  const { datasetId, entry } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { revision, kind, author, at, note, image, fields, objects, changes } = entry;
  const { reviewedCount, comments } = entry;
  const counts = (['added', 'changed', 'removed'] as const).filter((each) => objects[each] > 0);
  const left = objects.added + objects.changed + objects.removed - changes.length;
  const askUndo = useAskUndo(datasetId);
  return (
    <li>
      <Text size="xs" c="dimmed" title={format.time(at)}>
        {author} · {format.ago(at)} · {t('versions.revision', { revision })}
        {kind === 'undo' && ` · ${t('undo')}`}
        {kind === 'restore' && ` · ${t('versions.restore')}`}
        {kind === 'reject' && ` · ${t('comments.reject')}`}
      </Text>
      {image !== 'added' && (
        <Tooltip label={t('undo')}>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('history.undo', { revision })}
            onClick={() => askUndo(revision)}
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
        {reviewedCount > 0 && (
          <span className="field-change">
            {t('history.reviewed', { count: reviewedCount, shown: format.count(reviewedCount) })}
          </span>
        )}
        {comments.map(({ commentId, change, text }) => (
          <span key={commentId} className="field-change">
            <span className="field-change-name">{t(`history.comments.${change}`)}</span>
            <span className="history-comment">{text}</span>
          </span>
        ))}
      </div>
      {/* Of a picture that came or went, all objects did. */}
      {image === null && changes.length > 0 && (
        <div className="history-objects">
          {changes.map((change) => (
            <ObjectChangeRow
              key={change.annotationId}
              {...props}
              revision={revision}
              change={change}
            />
          ))}
          {left > 0 && (
            <Text size="xs" c="dimmed">
              {t('history.moreObjects', { count: left, shown: format.count(left) })}
            </Text>
          )}
        </div>
      )}
    </li>
  );
}
