// What a revision did to one object, as a small picture of before and after, with the way back for this object alone.

import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type Annotation, ApiError, type ObjectChange } from '@migaki/api';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';
import { undoRevision } from '../bulk/undo.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { bringBack } from './bring-back.ts';
import { ChangeCrop } from './ChangeCrop.tsx';
import type { Pictured } from './pictured.ts';

interface ObjectChangeRowProps extends Pictured {
  revision: number;
  change: ObjectChange;
}

export function ObjectChangeRow(props: ObjectChangeRowProps) {
  const { datasetId, image, style, revision, change } = props;
  const { t } = useTranslation();
  const { say } = useWords();
  const { annotationId: id, before, after } = change;
  const undo = async () => {
    try {
      await undoRevision(datasetId, revision, [id]);
      notifyDone(t('history.undoneObject', { id }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') offer(error);
      else notifyError(error);
    }
  };
  const offer = ({ details, message }: ApiError) =>
    modals.openConfirmModal({
      title: t('history.undoObject', { id }),
      children: (
        <>
          <Text size="sm">{t('history.inTheWay')}</Text>
          <Text size="xs" c="dimmed" mt="xs">
            {say(details.found ?? message)}
          </Text>
        </>
      ),
      labels: { confirm: t('history.bringBack', { id }), cancel: t('cancel') },
      onConfirm: () =>
        bringBack(datasetId, id, before, {
          isThere: image.annotations.some((each) => each.id === id),
        }).then(() => notifyDone(t('history.broughtBack', { id })), notifyError),
    });
  return (
    <div className="object-change" data-change={change.change}>
      <ChangeCrop image={image} style={style} before={before} after={after} />
      <div className="object-change-words">
        <Text size="xs">
          #{id} {t(`versions.objects.${change.change}`)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {wordsOf(before, after, style, t)}
        </Text>
      </div>
      <Tooltip label={t('history.undoObject', { id })}>
        <ActionIcon size="sm" aria-label={t('history.undoObject', { id })} onClick={undo}>
          <IconArrowBackUp size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** What cannot be seen in the picture: `RBC → WBC`, `Proposed → Accepted`. */
function wordsOf(
  before: Annotation | null,
  after: Annotation | null,
  style: OverlayStyle,
  t: TFunction,
): string {
  const nameOf = ({ categoryId, caption }: Annotation) =>
    caption ?? (categoryId === null ? '–' : (style.categories.get(categoryId)?.name ?? categoryId));
  const only = after ?? before;
  if (only === null) return '';
  if (before === null || after === null) return String(nameOf(only));
  const arrow = (old: unknown, now: unknown) => (old === now ? [] : [`${old} → ${now}`]);
  const changes = [
    ...arrow(nameOf(before), nameOf(after)),
    ...arrow(t(`states.${before.state}`), t(`states.${after.state}`)),
  ];
  return changes.length === 0 ? String(nameOf(after)) : changes.join(', ');
}
