// One thread: what was said, by whom and when, and what can be done with it.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import type { Comment, CommentThread } from '@migaki/api';
import { IconCheck, IconPencil, IconRotate, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useUser } from '../../session/use-user.ts';
import { CommentForm } from './CommentForm.tsx';
import './comments.css';

/** What is done with threads. What fails is told by whoever does it. */
export interface ThreadActions {
  /** Whether something is on its way. */
  isPending: boolean;
  reply(text: string, threadId: string): Promise<unknown>;
  edit(commentId: string, text: string): Promise<unknown>;
  resolve(threadId: string, isResolved: boolean): Promise<unknown>;
  remove(commentId: string): Promise<unknown>;
}

interface ThreadProps {
  thread: CommentThread;
  actions: ThreadActions;
  /** What leads to its place. */
  place: ReactNode;
  isActive?: boolean;
}

export function Thread({ thread, actions, place, isActive = false }: ThreadProps) {
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
        {place}
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
          onSubmit={(text) => actions.reply(text, thread.id)}
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

function Said({ comment, actions }: { comment: Comment; actions: ThreadActions }) {
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
