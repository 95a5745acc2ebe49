// Where on the picture something was said.

import { Popover, UnstyledButton } from '@mantine/core';
import { screenFromImage } from '@migaki/annotator';
import { IconMapPinFilled, IconMapPinPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../session/EditorContext.tsx';
import { usePinned } from './pinning.ts';
import { Thread } from './Thread.tsx';
import { useThreads } from './use-threads.ts';
import './comments.css';

export function CommentPins() {
  const { t } = useTranslation();
  const threads = useThreads();
  const view = useEditor((state) => state.view);
  const canvas = useEditor((state) => state.canvas);
  const { at: pinned } = usePinned();
  const placeOf = (x: number, y: number) => {
    const at = screenFromImage(view, { x, y });
    return { left: at.x, top: at.y };
  };
  const isSeen = ({ left, top }: { left: number; top: number }) =>
    left >= 0 && top >= 0 && left <= canvas.width && top <= canvas.height;
  return (
    <div className="annotate-pins">
      {threads.map((thread) => {
        if (thread.at === null || thread.resolved !== null) return null;
        const place = placeOf(...thread.at);
        if (!isSeen(place)) return null;
        return (
          <Popover key={thread.id} width={280} position="right-start" shadow="md" withArrow>
            <Popover.Target>
              <UnstyledButton
                className="annotate-pin"
                style={place}
                aria-label={t('annotate.comments.at', { text: thread.text })}
              >
                <IconMapPinFilled size={24} aria-hidden />
              </UnstyledButton>
            </Popover.Target>
            <Popover.Dropdown>
              <Thread thread={thread} />
            </Popover.Dropdown>
          </Popover>
        );
      })}
      {pinned !== null && (
        <span className="annotate-pin" data-new style={placeOf(pinned.x, pinned.y)}>
          <IconMapPinPlus size={24} aria-hidden />
        </span>
      )}
    </div>
  );
}
