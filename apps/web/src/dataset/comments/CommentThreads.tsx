// The threads of a picture, and the comment that is being written.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import type { CommentThread } from '@migaki/api';
import { IconMapPin, IconMessagePlus, IconMessageReply, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommentForm } from './CommentForm.tsx';
import { Thread } from './Thread.tsx';
import type { CommentDraft, useComments } from './use-comments.ts';
import './comments.css';

/** What is being written: a comment, or why the picture goes back. */
export type OpenDraft = Omit<CommentDraft, 'text'> & { kind: 'say' | 'reject' };

interface CommentThreadsProps {
  threads: readonly CommentThread[];
  actions: ReturnType<typeof useComments>;
  draft: OpenDraft | null;
  activeId: string | null;
  onDraft: (draft: OpenDraft | null) => void;
  onPick: (threadId: string | null) => void;
}

export function CommentThreads(props: CommentThreadsProps) {
  const { threads, actions, draft, activeId, onDraft, onPick } = props;
  const { t } = useTranslation();
  const [areResolvedShown, setResolvedShown] = useState(false);
  const resolvedCount = threads.filter(({ resolved }) => resolved !== null).length;
  const shown = threads
    .map((thread, index) => ({ thread, number: index + 1 }))
    .filter(({ thread }) => areResolvedShown || thread.resolved === null || thread.id === activeId);
  return (
    <section>
      <div className="comments-title">
        <h3>{t('comments.title')}</h3>
        <Tooltip label={`${t('comments.add')} (M)`}>
          <ActionIcon
            size="sm"
            aria-label={t('comments.add')}
            onClick={() => onDraft({ kind: 'say' })}
          >
            <IconMessagePlus size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${t('comments.reject')} (Shift X)`}>
          <ActionIcon
            size="sm"
            aria-label={t('comments.reject')}
            onClick={() => onDraft({ kind: 'reject' })}
          >
            <IconMessageReply size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {draft !== null && <Draft draft={draft} actions={actions} onDraft={onDraft} />}
      {shown.map(({ thread, number }) => (
        <Thread
          key={thread.id}
          thread={thread}
          actions={actions}
          isActive={thread.id === activeId}
          place={
            <button type="button" className="comment-number" onClick={() => onPick(thread.id)}>
              {number}
            </button>
          }
        />
      ))}
      {threads.length === 0 && draft === null && (
        <Text size="xs" c="dimmed">
          {t('comments.none')}
        </Text>
      )}
      {resolvedCount > 0 && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => setResolvedShown(!areResolvedShown)}
        >
          {areResolvedShown
            ? t('comments.hideResolved')
            : t('comments.showResolved', { count: resolvedCount })}
        </Button>
      )}
    </section>
  );
}

function Draft({
  draft,
  actions,
  onDraft,
}: Pick<CommentThreadsProps, 'actions' | 'onDraft'> & { draft: OpenDraft }) {
  const { t } = useTranslation();
  const { kind, ...place } = draft;
  return (
    <div className="comment-draft">
      <Text size="xs" c="dimmed" className="comment-place">
        <IconMapPin size={13} aria-hidden />
        {place.at !== undefined
          ? t('comments.pinnedAt', { x: Math.round(place.at[0]), y: Math.round(place.at[1]) })
          : place.annotationId !== undefined
            ? t('comments.onObject', { id: place.annotationId })
            : t('comments.clickToPin')}
        {(place.at ?? place.annotationId) !== undefined && (
          <ActionIcon size={16} aria-label={t('comments.unpin')} onClick={() => onDraft({ kind })}>
            <IconX size={12} />
          </ActionIcon>
        )}
      </Text>
      <CommentForm
        label={t(kind === 'reject' ? 'comments.reason' : 'comments.placeholder')}
        submitLabel={t(kind === 'reject' ? 'comments.reject' : 'comments.send')}
        isBusy={actions.isPending}
        onSubmit={(text) =>
          kind === 'reject' ? actions.reject({ ...place, text }) : actions.say({ ...place, text })
        }
        onCancel={() => onDraft(null)}
      />
    </div>
  );
}
