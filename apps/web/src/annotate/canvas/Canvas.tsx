// The canvas in the page: its size, its picture, its pointers.

import { Text } from '@mantine/core';
import { imageFromScreen, objectIdOf } from '@migaki/annotator';
import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommentPins } from '../comments/CommentPins.tsx';
import { pinning } from '../comments/pinning.ts';
import { spaceBar } from '../keys/space-bar.ts';
import { openPictureImage } from '../picture/open-picture-image.ts';
import type { PictureState } from '../picture/picture-image.ts';
import { useSession } from '../session/EditorContext.tsx';
import { type CanvasView, createCanvasView } from './canvas-view.ts';
import { hoverFromList } from './list-hover.ts';
import { Minimap } from './Minimap.tsx';
import { listenToPointers } from './pointer-input.ts';
import { StatusLine } from './StatusLine.tsx';

export function Canvas({ startAt }: { startAt: number | null }) {
  const { t } = useTranslation();
  const session = useSession();
  const host = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<PictureState | 'missing'>('coming');
  const isStarted = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a session is of one picture; it begins once
  useEffect(() => {
    const { store, image } = session;
    const element = host.current!;
    const view = createCanvasView(element, store);
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0)
        store.dispatch({ type: 'resize-canvas', canvas: { width, height } });
    };
    const wasLeft = isStarted.current || session.isRestored;
    measure();
    if (!wasLeft) store.dispatch({ type: 'command', name: 'view.fit' });
    if (!isStarted.current && startAt !== null) {
      const id = objectIdOf(store.get().sync.identities, startAt);
      store.dispatch({ type: 'select', ids: [id] });
      if (store.get().selection.length > 0) {
        store.dispatch({ type: 'command', name: 'view.zoom-to-object' });
      }
    }
    isStarted.current = true;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const endLoading = loadPicture(session, view, setPicture);
    const endSpace = spaceBar.listen((isHeld) => view.setPanning(isHeld));
    const endHover = hoverFromList.listen(view.setHovered);
    const endPointers = listenToPointers(element, store, {
      onHover: view.setPointer,
      isSpaceHeld: spaceBar.isHeld,
      onSpaceUsed: spaceBar.use,
      onContextMenu: () => store.dispatch({ type: 'command', name: 'drawing.finish' }),
      takes: (at) => {
        if (!pinning.isAsked()) return false;
        pinning.put(imageFromScreen(store.get().view, at));
        return true;
      },
    });
    element.focus({ preventScroll: true });
    if (image.sha256 === null) setPicture('missing');
    return () => {
      endPointers();
      endHover();
      endSpace();
      endLoading();
      observer.disconnect();
      view.stop();
    };
  }, [session]);

  return (
    <div className="annotate-canvas">
      <div
        ref={host}
        className="annotate-layers"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is drawn on is reached by key
        tabIndex={0}
        aria-label={t('annotate.canvas')}
        aria-description={t('annotate.canvasHelp')}
      />
      {(picture === 'missing' || picture === 'failed') && (
        <div className="annotate-no-picture">
          <IconPhotoOff size={40} stroke={1.2} aria-hidden />
          <Text size="sm">
            {t(picture === 'missing' ? 'annotate.missing' : 'annotate.pictureFailed')}
          </Text>
        </div>
      )}
      <CommentPins />
      <Minimap />
      <StatusLine />
    </div>
  );
}

type Session = ReturnType<typeof useSession>;

/** @returns what ends it */
function loadPicture(
  { store, image }: Session,
  view: CanvasView,
  tell: (state: PictureState) => void,
): () => void {
  let isTold = false;
  const picture = openPictureImage(image, store.get().document.picture, () => {
    view.pictureChanged();
    if (picture === null) return;
    tell(picture.state);
    if (picture.size === null || isTold) return;
    isTold = true;
    store.dispatch({ type: 'pixels', size: picture.size });
  });
  view.setPicture(picture);
  return () => picture?.stop();
}
