// One object, cut out of its picture with a little of what is around it.

import { IconBan, IconEyeCheck, IconSparkles, IconTrash } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectItem } from '../../server/queries.ts';
import { changedAnnotation } from '../acting/changes.ts';
import { crop } from '../overlay/geometry.ts';
import { footerHeight, Tile, type TileProps } from './Tile.tsx';
import { TileOverlay } from './TileOverlay.tsx';
import { TilePicture } from './TilePicture.tsx';

export const ObjectTile = memo(function ObjectTile(props: TileProps<ObjectItem>) {
  const { item, width, height, style, isOverlayShown, change } = props;
  const { t } = useTranslation();
  const object = useMemo(() => {
    if (item === undefined) return undefined;
    const annotation = changedAnnotation(item.annotation, change);
    if (annotation === item.annotation) return item;
    return annotation === null ? { ...item, isDeleted: true } : { ...item, annotation };
  }, [item, change]);
  const pictureHeight = height - footerHeight;
  const placement = useMemo(() => {
    if (object === undefined) return null;
    const { annotation, image } = object;
    const picture = { width: image.width ?? 1, height: image.height ?? 1 };
    const bbox = annotation.bbox ?? ([0, 0, picture.width, picture.height] as const);
    return crop(picture, bbox, { width, height: pictureHeight });
  }, [object, width, pictureHeight]);
  const bare = useMemo(() => ({ ...style, isLabelled: () => false }), [style]);
  const overlays = useMemo(() => (object === undefined ? [] : [object.annotation]), [object]);
  if (object === undefined || placement === null) {
    return <Tile {...props} label={undefined} picture={null} footer={null} />;
  }
  const { annotation, image, isDeleted } = object;
  const { state } = annotation;
  const verdict = isDeleted ? 'deleted' : state === 'rejected' ? 'rejected' : undefined;
  const category =
    annotation.categoryId === null ? undefined : style.categories.get(annotation.categoryId);
  return (
    <Tile
      {...props}
      isCropped
      verdict={verdict}
      isUndecided={state === 'proposed' && !isDeleted}
      label={`${category?.name ?? annotation.caption ?? ''} #${annotation.id}`}
      picture={
        <>
          {image.sha256 !== null && (
            <TilePicture
              key={image.sha256}
              position={props.position}
              sha256={image.sha256}
              placement={placement}
            />
          )}
          {isOverlayShown && (
            <TileOverlay
              tileWidth={width}
              tileHeight={pictureHeight}
              placement={placement}
              overlays={overlays}
              style={bare}
            />
          )}
        </>
      }
      footer={
        <>
          <span className="swatch" style={{ background: style.colorOf(annotation) }} />
          <span className="tile-name" title={`${image.fileName} #${annotation.id}`}>
            {annotation.caption ?? category?.name ?? '–'}
          </span>
          {annotation.score !== null && (
            <span className="tile-count">{annotation.score.toFixed(2)}</span>
          )}
          {isDeleted ? (
            <IconTrash size={13} aria-label={t('grid.deleted')} />
          ) : state === 'rejected' ? (
            <IconBan size={13} aria-label={t('states.rejected')} />
          ) : state === 'proposed' ? (
            <span className="tile-count tile-proposals">
              <IconSparkles size={12} aria-label={t('states.proposed')} />
            </span>
          ) : (
            annotation.reviewed !== null && (
              <span className="tile-count tile-reviewed">
                <IconEyeCheck size={13} aria-label={t('grid.reviewed')} />
              </span>
            )
          )}
        </>
      }
    />
  );
});
