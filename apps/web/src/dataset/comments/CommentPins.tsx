// Numbers at the places of a picture that somebody has something to say about.

import { useTranslation } from 'react-i18next';
import type { Placement } from '../overlay/geometry.ts';
import type { Pin } from './pins.ts';
import './comments.css';

interface CommentPinsProps {
  pins: readonly Pin[];
  /** Of the comment that is being written. */
  draftAt: readonly [x: number, y: number] | undefined;
  activeId: string | null;
  /** How the picture lies under them. */
  placement: Placement;
  onPick: (threadId: string) => void;
}

export function CommentPins({ pins, draftAt, activeId, placement, onPick }: CommentPinsProps) {
  const { t } = useTranslation();
  const placed = ([x, y]: readonly [number, number]) => ({
    left: placement.x + x * placement.scale,
    top: placement.y + y * placement.scale,
  });
  return (
    <>
      {pins.map(({ thread, number, at }) => (
        <button
          type="button"
          key={thread.id}
          className="comment-pin"
          style={placed(at)}
          data-active={thread.id === activeId || undefined}
          data-resolved={thread.resolved !== null || undefined}
          title={`${thread.author}: ${thread.text}`}
          aria-label={t('comments.number', { number })}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => onPick(thread.id)}
        >
          <span>{number}</span>
        </button>
      ))}
      {draftAt !== undefined && (
        <span className="comment-pin" data-draft style={placed(draftAt)} aria-hidden>
          <span>+</span>
        </span>
      )}
    </>
  );
}
