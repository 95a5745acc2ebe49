// A picture that can be zoomed at the cursor and dragged about, with its objects drawn at screen resolution.

import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { Image } from '@migaki/api';
import { IconPhotoOff } from '@tabler/icons-react';
import {
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { pictureUrl } from '../../server/client.ts';
import type { DrawnObject, OverlayStyle } from '../overlay/draw-overlays.ts';
import { contain, type Placement } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import { useStageGestures } from './use-stage-gestures.ts';
import { zoomedAt } from './zoom.ts';

export interface StageHandle {
  fit: () => void;
  zoom: (factor: number) => void;
}

/** What is needed of an image to show it. */
export type StagedImage = Pick<Image, 'fileName' | 'sha256' | 'width' | 'height'> & {
  annotations: readonly DrawnObject[];
};

interface PictureStageProps {
  ref: Ref<StageHandle>;
  image: StagedImage;
  style: OverlayStyle;
  isOverlayShown: boolean;
  highlightedId: number | null;
  /** A finger leafs: 1 is on to the next. */
  onSwipe: (step: 1 | -1) => void;
  /** A click into the picture. @param at pixels of the picture */
  onPoint: (at: [x: number, y: number]) => void;
  isPointing: boolean;
  /** What lies over the picture, at its places. */
  children?: (placement: Placement) => ReactNode;
}

/** CSS pixels between picture and edge. */
const margin = 16;

export function PictureStage(props: PictureStageProps) {
  const { ref, image, style, isOverlayShown, highlightedId, onSwipe } = props;
  const { t } = useTranslation();
  const { ref: measured, width, height } = useElementSize();
  const [moved, setMoved] = useState<Placement | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const size = useMemo(
    () => ({ width: image.width ?? 4, height: image.height ?? 3 }),
    [image.width, image.height],
  );
  const fitted = useMemo(() => {
    const inner = {
      width: Math.max(1, width - 2 * margin),
      height: Math.max(1, height - 2 * margin),
    };
    const placement = contain(size, inner);
    return { ...placement, x: placement.x + margin, y: placement.y + margin };
  }, [size, width, height]);
  const placement = moved ?? fitted;
  const highlighted = useMemo(() => ({ ...style, highlightedId }), [style, highlightedId]);

  const zoom = (factor: number, x = width / 2, y = height / 2) =>
    setMoved((current) => zoomedAt(current ?? fitted, size, factor, { x, y }));
  useImperativeHandle(ref, () => ({ fit: () => setMoved(null), zoom: (factor) => zoom(factor) }));

  // React listens to the wheel passively: the page would scroll along.
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const bounds = element!.getBoundingClientRect();
      const point = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015));
      setMoved((current) => zoomedAt(current ?? fitted, size, factor, point));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [fitted, size]);

  const gestures = useStageGestures({
    isFitted: moved === null,
    onDrag: (x, y) =>
      setMoved((current) => {
        const from = current ?? fitted;
        return { ...from, x: from.x + x, y: from.y + y };
      }),
    onPinch: (factor, middle) =>
      setMoved((current) => zoomedAt(current ?? fitted, size, factor, middle)),
    onSwipe,
    onTap: ({ x, y }) => {
      const at: [number, number] = [
        (x - placement.x) / placement.scale,
        (y - placement.y) / placement.scale,
      ];
      const isInside = at[0] >= 0 && at[1] >= 0 && at[0] <= size.width && at[1] <= size.height;
      if (isInside) props.onPoint(at);
    },
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, keys do too: + - 0
    <div
      className="stage"
      ref={stage}
      data-pointing={props.isPointing || undefined}
      onDoubleClick={() => setMoved(null)}
      onMouseDown={(event) => {
        // Whoever writes and points goes on writing.
        if (props.isPointing) event.preventDefault();
      }}
      {...gestures}
    >
      <div ref={measured} className="stage-inner">
        {image.sha256 === null ? (
          <div className="tile-missing">
            <IconPhotoOff size={48} stroke={1.2} />
            <Text size="sm">{t('grid.missing')}</Text>
          </div>
        ) : (
          width > 0 && (
            <img
              src={pictureUrl(image.sha256)}
              alt={image.fileName}
              draggable={false}
              data-enlarged={placement.scale > 2 || undefined}
              style={{
                width: placement.width,
                height: placement.height,
                transform: `translate(${placement.x}px, ${placement.y}px)`,
              }}
            />
          )
        )}
        {isOverlayShown && width > 0 && (
          <OverlayCanvas
            tileWidth={width}
            tileHeight={height}
            placement={placement}
            overlays={image.annotations}
            style={highlighted}
          />
        )}
        {width > 0 && props.children?.(placement)}
      </div>
    </div>
  );
}
