// What is said of a whole picture and so cannot be drawn in a place of it: its labels and its caption; and, where it is looked
// for, why what is proposed on it is doubtful.

import type { Doubt, Overlay } from '@migaki/api';
import { IconHelpCircle } from '@tabler/icons-react';
import { useDoubtWords } from '../doubt-words.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { isOfWholePicture } from '../overlay/geometry.ts';

interface TileWordsProps {
  overlays: readonly Overlay[];
  /** Undefined where pictures are not seen by doubt. */
  doubts: readonly Doubt[] | undefined;
  style: OverlayStyle;
}

/** More have no room, and the strongest come first. */
const shownDoubts = 2;

export function TileWords({ overlays, doubts = [], style }: TileWordsProps) {
  const { short, sentence } = useDoubtWords(style.categories);
  const said = overlays.filter(isOfWholePicture);
  // What was doubted has been decided on.
  const isOpen = overlays.some(({ state }) => state === 'proposed');
  const shown = isOpen ? doubts.slice(0, shownDoubts) : [];
  if (said.length + shown.length === 0) return null;
  return (
    <div className="tile-words">
      {shown.length > 0 && (
        <span className="tile-doubts" title={doubts.map(sentence).join('\n')}>
          {shown.map((doubt) => (
            <span key={doubt.reason} className="tile-word">
              <IconHelpCircle size={12} aria-hidden />
              {short(doubt)}
            </span>
          ))}
        </span>
      )}
      {said.map((overlay) => {
        const { id, caption, categoryId, state } = overlay;
        const category = categoryId === null ? undefined : style.categories.get(categoryId);
        return (
          <span key={id} className="tile-word" data-state={state} title={caption ?? category?.name}>
            {caption === null && (
              <span className="swatch" style={{ background: style.colorOf(overlay) }} />
            )}
            {caption ?? category?.name ?? categoryId}
          </span>
        );
      })}
    </div>
  );
}
