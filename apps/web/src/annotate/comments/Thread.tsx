// One thing that somebody said, what others answered, and whether it is settled.

import { ActionIcon, Badge, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import type { Comment, CommentThread } from '@migaki/api';
import { IconCheck, IconMapPin, IconPencil, IconRotate, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useDispatch } from '../session/EditorContext.tsx';

export function Thread({ thread }: { thread: CommentThread }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { id, at, annotationId, resolved, replies } = thread;
  const [text, setText] = useState('');
  const goThere = () => {
    if (annotationId !== null) dispatch({ type: 'select', ids: [annotationId] });
    if (at !== null) dispatch({ type: 'look-at', centre: { x: at[0], y: at[1] } });
    else if (annotationId !== null) dispatch({ type: 'command', name: 'view.zoom-to-object' });
  };
  return (
    <article className="annotate-thread" data-resolved={resolved !== null || undefined}>
      <Said
        comment={thread}
        actions={
          <>
            {(at !== null || annotationId !== null) && (
              <Tooltip label={t('annotate.comments.goThere')}>
                <ActionIcon size="xs" aria-label={t('annotate.comments.goThere')} onClick={goThere}>
                  <IconMapPin size={13} />
                </ActionIcon>
              </Tooltip>
            )}
            <Tooltip label={t(`annotate.comments.${resolved === null ? 'resolve' : 'reopen'}`)}>
              <ActionIcon
                size="xs"
                aria-label={t(`annotate.comments.${resolved === null ? 'resolve' : 'reopen'}`)}
                onClick={() =>
                  dispatch({
                    type: 'remark',
                    remark: {
                      type: 'resolve-comment',
                      commentId: id,
                      isResolved: resolved === null,
                    },
                  })
                }
              >
                {resolved === null ? <IconCheck size={13} /> : <IconRotate size={13} />}
              </ActionIcon>
            </Tooltip>
          </>
        }
      />
      {resolved !== null && (
        <Badge size="xs" color="teal" variant="light">
          {t('annotate.comments.resolvedBy', { name: resolved.by })}
        </Badge>
      )}
      {replies.map((reply) => (
        <div key={reply.id} className="annotate-reply">
          <Said comment={reply} />
        </div>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          dispatch({
            type: 'remark',
            remark: {
              type: 'reply',
              commentId: crypto.randomUUID(),
              text: text.trim(),
              replyTo: id,
            },
          });
          setText('');
        }}
      >
        <TextInput
          size="xs"
          variant="unstyled"
          value={text}
          aria-label={t('annotate.comments.reply')}
          placeholder={t('annotate.comments.reply')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </form>
    </article>
  );
}

function Said({ comment, actions }: { comment: Comment; actions?: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const dispatch = useDispatch();
  const [isEditing, setEditing] = useState(false);
  const { id, text, author, writtenAt, editedAt } = comment;
  return (
    <div>
      <div className="annotate-said-by">
        <Text size="xs" fw={600}>
          {author}
        </Text>
        <Text size="xs" c="dimmed" title={format.time(writtenAt)}>
          {format.ago(writtenAt)}
          {editedAt !== null && ` · ${t('annotate.comments.edited')}`}
        </Text>
        <span className="annotate-said-actions">
          <ActionIcon
            size="xs"
            aria-label={t('annotate.comments.edit')}
            onClick={() => setEditing(!isEditing)}
          >
            <IconPencil size={12} />
          </ActionIcon>
          <ActionIcon
            size="xs"
            aria-label={t('annotate.comments.delete')}
            onClick={() =>
              dispatch({ type: 'remark', remark: { type: 'delete-comment', commentId: id } })
            }
          >
            <IconTrash size={12} />
          </ActionIcon>
          {actions}
        </span>
      </div>
      {isEditing ? (
        <Textarea
          size="xs"
          autosize
          autoFocus
          defaultValue={text}
          aria-label={t('annotate.comments.edit')}
          onBlur={({ currentTarget }) => {
            setEditing(false);
            const changed = currentTarget.value.trim();
            if (changed === '' || changed === text) return;
            dispatch({
              type: 'remark',
              remark: { type: 'edit-comment', commentId: id, text: changed },
            });
          }}
        />
      ) : (
        <Text size="sm" className="annotate-said selectable">
          {text}
        </Text>
      )}
    </div>
  );
}
