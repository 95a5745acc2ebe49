// One picture of the grid with its objects, and what one must know of it at a glance.

import { ActionIcon, Checkbox } from '@mantine/core';
import type { GridTile } from '@migaki/api';
import { IconArrowsMaximize, IconPhotoOff, IconShape, IconTag } from '@tabler/icons-react';
import { type MouseEvent, memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { pictureUrl, sizeFor } from '../../server/client.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { contain } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import { StatusIcon } from '../StatusIcon.tsx';

export const footerHeight = 26;

interface ImageTileProps {
  /** Undefined while it is on its way. */
  image: GridTile | undefined;
  position: number;
  total: number;
  width: number;
  height: number;
  isSelected: boolean;
  isFocused: boolean;
  /** Null to show the bare picture. */
  style: OverlayStyle | null;
  onClick: (position: number, event: MouseEvent) => void;
  onCheck: (position: number) => void;
  onOpen: (position: number) => void;
}

export const ImageTile = memo(function ImageTile({
  image,
  position,
  total,
  width,
  height,
  isSelected,
  isFocused,
  style,
  onClick,
  onCheck,
  onOpen,
}: ImageTileProps) {
  const { t } = useTranslation();
  const pictureHeight = height - footerHeight;
  const pictureWidth = image?.width ?? 4;
  const pixelHeight = image?.height ?? 3;
  const placement = useMemo(
    () => contain({ width: pictureWidth, height: pixelHeight }, { width, height: pictureHeight }),
    [pictureWidth, pixelHeight, width, pictureHeight],
  );
  const pixels = Math.max(placement.width, placement.height) * (window.devicePixelRatio || 1);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its tiles
    <div
      role="option"
      className="tile"
      aria-selected={isSelected}
      aria-posinset={position + 1}
      aria-setsize={total}
      aria-label={image?.fileName}
      data-position={position}
      tabIndex={isFocused ? 0 : -1}
      style={{ width, height }}
      onClick={(event) => onClick(position, event)}
      onDoubleClick={() => onOpen(position)}
    >
      <div className="tile-picture" style={{ height: pictureHeight }}>
        {image?.sha256 != null && (
          <img
            src={pictureUrl(image.sha256, sizeFor(pixels))}
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
        {image?.sha256 === null && (
          <div className="tile-missing">
            <IconPhotoOff size={24} stroke={1.4} />
            {t('grid.missing')}
          </div>
        )}
        {image !== undefined && style !== null && image.overlays.length > 0 && (
          <OverlayCanvas
            tileWidth={width}
            tileHeight={pictureHeight}
            placement={placement}
            overlays={image.overlays}
            style={style}
          />
        )}
      </div>
      {image !== undefined && (
        <>
          <div className="tile-footer">
            <StatusIcon status={image.status} />
            <span className="tile-name" title={image.fileName}>
              {image.fileName.replace(/^.*\//, '')}
            </span>
            {image.tags.length > 0 && (
              <span className="tile-count" title={image.tags.join(', ')}>
                <IconTag size={12} />
                {image.tags.length}
              </span>
            )}
            <span className="tile-count" title={t('grid.objects', { count: image.objectCount })}>
              <IconShape size={12} />
              {image.objectCount}
            </span>
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
          <ActionIcon
            className="tile-open"
            size="sm"
            variant="default"
            tabIndex={-1}
            aria-label={t('grid.open')}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(position);
            }}
          >
            <IconArrowsMaximize size={14} />
          </ActionIcon>
        </>
      )}
    </div>
  );
});
