// Everything that is said of the picture, and a place to say more: of all of it, or pinned to a place.

import { ActionIcon, Badge, Button, Group, Switch, Textarea, Tooltip } from '@mantine/core';
import { IconMapPin, IconSend, IconThumbDown, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelState } from '../panel/use-panel.ts';
import { useWantedFocus } from '../panel/use-wanted-focus.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { pinning, usePinned } from './pinning.ts';
import { Thread } from './Thread.tsx';
import { useThreads } from './use-threads.ts';

export function Comments({ panel }: { panel: PanelState }) {
  const { t } = useTranslation();
  const threads = useThreads();
  const [areResolvedShown, setResolvedShown] = useState(false);
  const open = threads.filter(({ resolved }) => resolved === null);
  const resolved = threads.filter((thread) => thread.resolved !== null);
  return (
    <div className="annotate-comments">
      <h3>
        {t('annotate.comments.title')}
        {open.length > 0 && (
          <Badge size="xs" color="orange" ml={6}>
            {open.length}
          </Badge>
        )}
      </h3>
      {open.map((thread) => (
        <Thread key={thread.id} thread={thread} />
      ))}
      <NewComment panel={panel} />
      {resolved.length > 0 && (
        <Switch
          size="xs"
          label={t('annotate.comments.showResolved', { count: resolved.length })}
          checked={areResolvedShown}
          onChange={({ currentTarget }) => setResolvedShown(currentTarget.checked)}
        />
      )}
      {areResolvedShown && resolved.map((thread) => <Thread key={thread.id} thread={thread} />)}
    </div>
  );
}

function NewComment({ panel }: { panel: PanelState }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const pinned = usePinned();
  const status = useEditor(({ document }) => document.picture.status);
  const selected = useEditor(({ selection }) => (selection.length === 1 ? selection[0] : null));
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  useWantedFocus(panel.wanted, 'comment', input);
  const send = (type: 'comment' | 'reject-picture') => {
    if (text.trim() === '') return;
    dispatch({
      type: 'remark',
      remark: {
        type,
        commentId: crypto.randomUUID(),
        text: text.trim(),
        at: pinned.at === null ? null : [pinned.at.x, pinned.at.y],
        objectId: pinned.at === null ? null : selected,
      },
    });
    setText('');
    pinning.clear();
  };
  return (
    <div className="annotate-new-comment">
      <Textarea
        ref={input}
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        maxLength={10_000}
        aria-label={t('annotate.comments.new')}
        placeholder={t('annotate.comments.new')}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send('comment');
        }}
      />
      <Group gap={4} justify="space-between" wrap="nowrap">
        {pinned.at === null ? (
          <Tooltip label={t('annotate.comments.pinHelp')}>
            <Button
              size="compact-xs"
              variant={pinned.isAsked ? 'filled' : 'default'}
              leftSection={<IconMapPin size={13} />}
              onClick={pinning.ask}
            >
              {t(pinned.isAsked ? 'annotate.comments.pinNow' : 'annotate.comments.pin')}
            </Button>
          </Tooltip>
        ) : (
          <Badge
            size="sm"
            color="orange"
            leftSection={<IconMapPin size={11} />}
            rightSection={
              <ActionIcon
                size={14}
                color="dark"
                aria-label={t('annotate.comments.unpin')}
                onClick={pinning.clear}
              >
                <IconX size={11} />
              </ActionIcon>
            }
          >
            {`${Math.round(pinned.at.x)}, ${Math.round(pinned.at.y)}`}
          </Badge>
        )}
        <Group gap={4} wrap="nowrap">
          {status !== 'new' && status !== 'in_progress' && (
            <Tooltip label={t('annotate.comments.rejectHelp')}>
              <Button
                size="compact-xs"
                color="red"
                variant="light"
                disabled={text.trim() === ''}
                leftSection={<IconThumbDown size={13} />}
                onClick={() => send('reject-picture')}
              >
                {t('annotate.comments.reject')}
              </Button>
            </Tooltip>
          )}
          <Button
            size="compact-xs"
            disabled={text.trim() === ''}
            leftSection={<IconSend size={13} />}
            onClick={() => send('comment')}
          >
            {t('annotate.comments.send')}
          </Button>
        </Group>
      </Group>
    </div>
  );
}
