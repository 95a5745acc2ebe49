// One thread: what was said, by whom and when, and what can be done with it.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import type { Comment, CommentThread } from '@migaki/api';
import { IconCheck, IconPencil, IconRotate, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useUser } from '../../session/use-user.ts';
import { CommentForm } from './CommentForm.tsx';
import type { useComments } from './use-comments.ts';

interface ThreadProps {
  thread: CommentThread;
  number: number;
  actions: ReturnType<typeof useComments>;
  isActive: boolean;
  onPick: () => void;
}

export function Thread({ thread, number, actions, isActive, onPick }: ThreadProps) {
  const { t } = useTranslation();
  const [isReplying, setReplying] = useState(false);
  const isResolved = thread.resolved !== null;
  const settle = t(isResolved ? 'comments.reopen' : 'comments.resolve');
  return (
    <article
      className="comment-thread"
      data-active={isActive || undefined}
      data-resolved={isResolved || undefined}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <div className="comment-thread-title">
        <button type="button" className="comment-number" onClick={onPick}>
          {number}
        </button>
        {thread.annotationId !== null && (
          <Text size="xs" c="dimmed">
            {t('comments.onObject', { id: thread.annotationId })}
          </Text>
        )}
        {thread.resolved !== null && (
          <Text size="xs" c="dimmed">
            {t('comments.resolvedBy', { name: thread.resolved.by })}
          </Text>
        )}
        <Tooltip label={settle}>
          <ActionIcon
            size="sm"
            aria-label={settle}
            onClick={() => void actions.resolve(thread.id, !isResolved).catch(() => {})}
          >
            {isResolved ? <IconRotate size={14} /> : <IconCheck size={15} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {[thread, ...thread.replies].map((comment) => (
        <Said key={comment.id} comment={comment} actions={actions} />
      ))}
      {isReplying ? (
        <CommentForm
          label={t('comments.reply')}
          submitLabel={t('comments.send')}
          isBusy={actions.isPending}
          onSubmit={(text) => actions.say({ text, replyTo: thread.id })}
          onCancel={() => setReplying(false)}
        />
      ) : (
        <Button variant="subtle" size="compact-xs" onClick={() => setReplying(true)}>
          {t('comments.reply')}
        </Button>
      )}
    </article>
  );
}

function Said({ comment, actions }: { comment: Comment; actions: ThreadProps['actions'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useUser();
  const [isEditing, setEditing] = useState(false);
  const { id, author, text, writtenAt, editedAt } = comment;
  if (isEditing) {
    return (
      <CommentForm
        label={t('comments.edit')}
        submitLabel={t('save')}
        isBusy={actions.isPending}
        start={text}
        onSubmit={(changed) => actions.edit(id, changed)}
        onCancel={() => setEditing(false)}
      />
    );
  }
  return (
    <div className="comment">
      <div className="comment-who">
        <Text size="xs" fw={600}>
          {author}
        </Text>
        <Text size="xs" c="dimmed" title={format.time(writtenAt)}>
          {format.ago(writtenAt)}
          {editedAt !== null && ` · ${t('comments.edited')}`}
        </Text>
        {author === user && (
          <span className="comment-own">
            <ActionIcon size={18} aria-label={t('comments.edit')} onClick={() => setEditing(true)}>
              <IconPencil size={13} />
            </ActionIcon>
            <ActionIcon
              size={18}
              aria-label={t('comments.delete')}
              onClick={() => void actions.remove(id).catch(() => {})}
            >
              <IconTrash size={13} />
            </ActionIcon>
          </span>
        )}
      </div>
      <Text size="sm" className="comment-text">
        {text}
      </Text>
    </div>
  );
}
