// The whole picture in a corner, with the part that is in view: a click or a drag goes there.

import { fitView, visibleBox } from '@migaki/annotator';
import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { listPictureSize, pictureUrl } from '../../server/client.ts';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';

/** Longer side, CSS pixels. */
const longest = 150;

export function Minimap() {
  const { t } = useTranslation();
  const { image } = useSession();
  const dispatch = useDispatch();
  const map = useRef<HTMLDivElement>(null);
  const isShown = useEditor(({ settings }) => settings.look.isMinimapShown);
  const picture = useEditor(({ document }) => document.picture);
  const view = useEditor((state) => state.view);
  const canvas = useEditor((state) => state.canvas);
  const isWhole = view.scale <= fitView(picture, canvas).scale * 1.001;
  if (!isShown || isWhole || image.sha256 === null) return null;
  const scale = longest / Math.max(picture.width, picture.height);
  const seen = visibleBox(view, picture, canvas);
  const goTo = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = map.current!.getBoundingClientRect();
    const centre = { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
    dispatch({ type: 'look-at', centre });
  };
  return (
    <div
      ref={map}
      className="annotate-minimap"
      aria-hidden
      title={t('annotate.look.minimap')}
      style={{ width: picture.width * scale, height: picture.height * scale }}
      onPointerDown={goTo}
      onPointerMove={goTo}
    >
      <img src={pictureUrl(image.sha256, listPictureSize)} alt="" draggable={false} />
      {seen !== null && (
        <div
          className="annotate-minimap-view"
          style={{
            left: seen[0] * scale,
            top: seen[1] * scale,
            width: seen[2] * scale,
            height: seen[3] * scale,
          }}
        />
      )}
    </div>
  );
}
