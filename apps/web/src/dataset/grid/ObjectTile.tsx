// One object, cut out of its picture with a little of what is around it.

import { Checkbox } from '@mantine/core';
import type { Annotation, ImageSummary } from '@migaki/api';
import { type MouseEvent, memo, useMemo } from 'react';
import { pictureUrl, sizeFor } from '../../server/client.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { crop } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import { footerHeight } from './ImageTile.tsx';

interface ObjectTileProps {
  /** Undefined while it is on its way. */
  object: { annotation: Annotation; image: ImageSummary } | undefined;
  position: number;
  total: number;
  width: number;
  height: number;
  isSelected: boolean;
  isFocused: boolean;
  style: OverlayStyle;
  isOverlayShown: boolean;
  onClick: (position: number, event: MouseEvent) => void;
  onCheck: (position: number) => void;
  onOpen: (position: number) => void;
}

export const ObjectTile = memo(function ObjectTile(props: ObjectTileProps) {
  const { object, position, total, width, height, isSelected, isFocused, style } = props;
  const { isOverlayShown, onClick, onCheck, onOpen } = props;
  const pictureHeight = height - footerHeight;
  const placement = useMemo(() => {
    if (object === undefined) return null;
    const { annotation, image } = object;
    const picture = { width: image.width ?? 1, height: image.height ?? 1 };
    const bbox = annotation.bbox ?? ([0, 0, picture.width, picture.height] as const);
    return crop(picture, bbox, { width, height: pictureHeight });
  }, [object, width, pictureHeight]);
  const bare = useMemo(() => ({ ...style, isLabelled: () => false }), [style]);
  const category =
    object?.annotation.categoryId == null
      ? undefined
      : style.categories.get(object.annotation.categoryId);
  const pixels =
    placement === null
      ? 0
      : Math.max(placement.width, placement.height) * (window.devicePixelRatio || 1);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its tiles
    <div
      role="option"
      className="tile"
      aria-selected={isSelected}
      aria-posinset={position + 1}
      aria-setsize={total}
      aria-label={`${category?.name ?? ''} #${object?.annotation.id ?? ''}`}
      data-position={position}
      tabIndex={isFocused ? 0 : -1}
      style={{ width, height }}
      onClick={(event) => onClick(position, event)}
      onDoubleClick={() => onOpen(position)}
    >
      <div className="tile-picture" style={{ height: pictureHeight }}>
        {object?.image.sha256 != null && placement !== null && (
          <img
            src={pictureUrl(object.image.sha256, pixels > 2048 ? undefined : sizeFor(pixels))}
            alt=""
            draggable={false}
            decoding="async"
            style={{
              left: placement.x,
              top: placement.y,
              width: placement.width,
              height: placement.height,
            }}
          />
        )}
        {object !== undefined && placement !== null && isOverlayShown && (
          <OverlayCanvas
            tileWidth={width}
            tileHeight={pictureHeight}
            placement={placement}
            overlays={[object.annotation]}
            style={bare}
          />
        )}
      </div>
      {object !== undefined && (
        <>
          <div className="tile-footer" title={`${object.image.fileName} #${object.annotation.id}`}>
            <span className="swatch" style={{ background: style.colorOf(object.annotation) }} />
            <span className="tile-name">{category?.name ?? '–'}</span>
            {object.annotation.score !== null && (
              <span className="tile-count">{object.annotation.score.toFixed(2)}</span>
            )}
          </div>
          <Checkbox
            className="tile-check"
            size="xs"
            checked={isSelected}
            tabIndex={-1}
            aria-hidden
            onChange={() => onCheck(position)}
            onClick={(event) => event.stopPropagation()}
            onDoubleClick={(event) => event.stopPropagation()}
          />
        </>
      )}
    </div>
  );
});
