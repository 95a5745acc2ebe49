// One change: what was done to how much, by whom and when, and the way back.

import { Button, Text } from '@mantine/core';
import type { ListedRevision } from '@migaki/api';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { touchedQuery } from '../../server/queries.ts';

const kinds = [
  'category',
  'comment',
  'delete',
  'edit',
  'import',
  'pictures',
  'preannotate',
  'reject',
  'restore',
  'review',
  'status',
] as const;

interface ChangeRowProps {
  datasetId: number;
  change: ListedRevision;
  onUndo: () => void;
}

export function ChangeRow({ datasetId, change, onUndo }: ChangeRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { revision, author, at, note, images, objects, takenBackBy } = change;
  const isTakenBack = takenBackBy !== null;
  // Those of a large change take a second to count: until then it is told how many there are at least.
  const { data: touched } = useQuery({
    ...touchedQuery(datasetId, change),
    enabled: images.isMore || objects.isMore,
  });
  const amounts = [
    { ...images, exact: touched?.imageCount, words: 'counts.pictures' } as const,
    { ...objects, exact: touched?.objectCount, words: 'counts.objects' } as const,
  ].filter(({ count }) => count > 0);
  return (
    <li className="change-row" data-taken-back={isTakenBack || undefined}>
      <div className="change-words">
        <Text size="sm">
          <span className="change-what">{what(change, t)}</span>
          {amounts.map(({ words, count, isMore, exact = count }) => (
            <span key={words} className="change-amount">
              {t(words, {
                count: exact,
                shown: `${format.count(exact)}${isMore && touched === undefined ? '+' : ''}`,
              })}
            </span>
          ))}
        </Text>
        {note !== '' && (
          <Text size="xs" className="change-note" title={note}>
            {note}
          </Text>
        )}
        <Text size="xs" c="dimmed" title={format.time(at)}>
          {author} · {format.ago(at)} · {t('versions.revision', { revision })}
          {isTakenBack && ` · ${t('changes.takenBack', { revision: takenBackBy })}`}
        </Text>
      </div>
      {!isTakenBack && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconArrowBackUp size={13} />}
          aria-label={t('history.undo', { revision })}
          onClick={onUndo}
        >
          {t('changes.takeBack')}
        </Button>
      )}
    </li>
  );
}

function what({ kind, transfer, undone, isUndoneInPart }: ListedRevision, t: TFunction): string {
  if (undone !== null) {
    return t(isUndoneInPart ? 'changes.undoneInPart' : 'changes.undone', { revision: undone });
  }
  if (transfer !== null) {
    const { how, way, name } = transfer;
    return t(`changes.transfers.${how}.${way}`, { name });
  }
  const known = kinds.find((each) => each === kind);
  return known === undefined ? kind : t(`changes.kinds.${known}`);
}
