// What is said of a whole picture and so cannot be drawn in a place of it: its labels and its caption.

import type { Overlay } from '@migaki/api';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { isOfWholePicture } from '../overlay/geometry.ts';

interface TileWordsProps {
  overlays: readonly Overlay[];
  style: OverlayStyle;
}

export function TileWords({ overlays, style }: TileWordsProps) {
  const said = overlays.filter(isOfWholePicture);
  if (said.length === 0) return null;
  return (
    <div className="tile-words">
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
