// A cut-out of a picture with one object on it, or with none: what the label says, or what the model says.

import type { ImageSummary } from '@migaki/api';
import { useMemo } from 'react';
import { TilePicture } from '../grid/TilePicture.tsx';
import type { DrawnObject, OverlayStyle } from '../overlay/draw-overlays.ts';
import { contain, crop, filling, type Size } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';

interface MistakePaneProps {
  image: ImageSummary;
  /** Pixels of the picture; null for all of it. */
  around: [number, number, number, number] | null;
  object: DrawnObject | null;
  style: OverlayStyle;
  /** CSS pixels. */
  size: Size;
  /** In the list. */
  position: number;
  isShown: boolean;
  caption: string;
}

/** How much wider than the objects the view is. */
const surroundings = 1.9;

export function MistakePane(props: MistakePaneProps) {
  const { image, around, object, style, size, position, isShown, caption } = props;
  const { width, height } = size;
  const placement = useMemo(() => {
    const picture = { width: image.width ?? 1, height: image.height ?? 1 };
    const tile = { width, height };
    return around === null
      ? contain(picture, tile)
      : filling(crop(picture, around, tile, surroundings), tile);
  }, [image, around, width, height]);
  const overlays = useMemo(() => (object === null ? [] : [object]), [object]);
  return (
    <figure className="mistake-pane" style={{ width }}>
      <div className="mistake-picture" style={{ width, height }}>
        {isShown && image.sha256 !== null && (
          <TilePicture position={position} sha256={image.sha256} placement={placement} />
        )}
        {isShown && (
          <OverlayCanvas
            tileWidth={width}
            tileHeight={height}
            placement={placement}
            overlays={overlays}
            style={style}
          />
        )}
      </div>
      <figcaption title={caption}>
        <span
          className="swatch"
          style={{ background: object === null ? 'transparent' : style.colorOf(object) }}
        />
        <span className="mistake-caption">{caption}</span>
      </figcaption>
    </figure>
  );
}
