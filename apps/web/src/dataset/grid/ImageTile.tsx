// One picture of the grid with its objects, and what one must know of it at a glance.

import type { GridTile } from '@migaki/api';
import {
  IconEyeCheck,
  IconMessage2,
  IconPhotoOff,
  IconSparkles,
  IconTag,
} from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { changedImage } from '../acting/changes.ts';
import { FileName } from '../FileName.tsx';
import { TileReason } from '../next/TileReason.tsx';
import { contain } from '../overlay/geometry.ts';
import { StatusIcon } from '../StatusIcon.tsx';
import { footerHeight, Tile, type TileProps } from './Tile.tsx';
import { ImageOverlay } from './TileOverlay.tsx';
import { TilePicture } from './TilePicture.tsx';

/** A tile below has room for the number in a name, but for nothing more. CSS pixels. */
const roomyWidth = 140;

export const ImageTile = memo(function ImageTile(props: TileProps<GridTile>) {
  const { item, width, height, style, isOverlayShown, change } = props;
  const { t } = useTranslation();
  const image = item && changedImage(item, change);
  const pictureHeight = height - footerHeight;
  const pictureWidth = image?.width ?? 4;
  const pixelHeight = image?.height ?? 3;
  const placement = useMemo(
    () => contain({ width: pictureWidth, height: pixelHeight }, { width, height: pictureHeight }),
    [pictureWidth, pixelHeight, width, pictureHeight],
  );
  if (image === undefined)
    return <Tile {...props} label={undefined} picture={null} footer={null} />;
  return (
    <Tile
      {...props}
      label={image.fileName}
      isUndecided={image.proposalCount > 0}
      picture={
        <>
          {image.sha256 === null ? (
            <MissingPicture />
          ) : (
            <TilePicture
              key={image.sha256}
              position={props.position}
              sha256={image.sha256}
              placement={placement}
            />
          )}
          <TileReason imageId={image.id} />
          {isOverlayShown && image.objectCount > 0 && (
            <ImageOverlay
              imageId={image.id}
              change={change}
              tileWidth={width}
              tileHeight={pictureHeight}
              placement={placement}
              style={style}
            />
          )}
        </>
      }
      footer={
        <>
          <StatusIcon status={image.status} />
          <span className="tile-name">
            <FileName fileName={image.fileName} hasExtension={width >= roomyWidth} />
          </span>
          {image.tags.length > 0 && (
            <span className="tile-count" title={image.tags.join(', ')}>
              <IconTag size={12} />
              {image.tags.length}
            </span>
          )}
          {image.openCommentCount > 0 && (
            <span className="tile-count" title={t('grid.openComments')}>
              <IconMessage2 size={12} aria-label={t('grid.openComments')} />
              {image.openCommentCount}
            </span>
          )}
          {image.proposalCount > 0 && (
            <span className="tile-count tile-proposals" title={t('grid.proposals')}>
              <IconSparkles size={12} aria-label={t('grid.proposals')} />
              {image.proposalCount}
            </span>
          )}
          {image.isReviewed && (
            <span className="tile-count tile-reviewed" title={t('grid.reviewed')}>
              <IconEyeCheck size={13} aria-label={t('grid.reviewed')} />
            </span>
          )}
          <span className="tile-count tile-objects">{image.objectCount}</span>
        </>
      }
    />
  );
});

function MissingPicture() {
  const { t } = useTranslation();
  return (
    <div className="tile-missing">
      <IconPhotoOff size={24} stroke={1.4} />
      {t('grid.missing')}
    </div>
  );
}
