// A thread about the open picture: what is done with it is saved as everything else in the annotator, and waits with it.

import { ActionIcon, Tooltip } from '@mantine/core';
import type { Remark } from '@migaki/annotator';
import type { CommentThread } from '@migaki/api';
import { IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Thread as DatasetThread, type ThreadActions } from '../../dataset/comments/Thread.tsx';
import { useDispatch } from '../session/EditorContext.tsx';

export function Thread({ thread }: { thread: CommentThread }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { at, annotationId } = thread;
  const remark = async (said: Remark) => dispatch({ type: 'remark', remark: said });
  const actions: ThreadActions = {
    isPending: false,
    reply: (text, replyTo) =>
      remark({ type: 'reply', commentId: crypto.randomUUID(), text, replyTo }),
    edit: (commentId, text) => remark({ type: 'edit-comment', commentId, text }),
    resolve: (commentId, isResolved) => remark({ type: 'resolve-comment', commentId, isResolved }),
    remove: (commentId) => remark({ type: 'delete-comment', commentId }),
  };
  const goThere = () => {
    if (annotationId !== null) dispatch({ type: 'select', ids: [annotationId] });
    if (at !== null) dispatch({ type: 'look-at', centre: { x: at[0], y: at[1] } });
    else if (annotationId !== null) dispatch({ type: 'command', name: 'view.zoom-to-object' });
  };
  const place = (at !== null || annotationId !== null) && (
    <Tooltip label={t('annotate.comments.goThere')}>
      <ActionIcon size="sm" aria-label={t('annotate.comments.goThere')} onClick={goThere}>
        <IconMapPin size={14} />
      </ActionIcon>
    </Tooltip>
  );
  return <DatasetThread thread={thread} actions={actions} place={place} />;
}
