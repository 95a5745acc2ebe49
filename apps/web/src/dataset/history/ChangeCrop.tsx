// A cut-out of the picture with an object before and after a change, the one before as a ghost.

import type { Annotation, Image } from '@migaki/api';
import { useMemo } from 'react';
import { pictureUrl, sizeFor } from '../../server/client.ts';
import type { DrawnObject, OverlayStyle } from '../overlay/draw-overlays.ts';
import { boxAround, crop } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import './history.css';

interface ChangeCropProps {
  image: Image;
  style: OverlayStyle;
  before: Annotation | null;
  after: Annotation | null;
}

/** CSS pixels. */
const size = { width: 84, height: 63 };

export function ChangeCrop({ image, style, before, after }: ChangeCropProps) {
  const picture = { width: image.width ?? 1, height: image.height ?? 1 };
  const box = boxAround([before, after].flatMap((each) => (each?.bbox ? [each.bbox] : [])));
  const placement = crop(picture, box ?? [0, 0, picture.width, picture.height], size);
  const overlays = useMemo(
    () =>
      [before === null ? [] : { ...before, id: -before.id }, after ?? []].flat() as DrawnObject[],
    [before, after],
  );
  const ghosted = useMemo(
    () => ({ ...style, isLabelled: () => false, isGhost: ({ id }: DrawnObject) => id < 0 }),
    [style],
  );
  const pixels = Math.max(placement.width, placement.height) * (window.devicePixelRatio || 1);
  return (
    <div className="change-crop" style={size}>
      {image.sha256 !== null && (
        <img
          src={pictureUrl(image.sha256, sizeFor(pixels))}
          alt=""
          loading="lazy"
          style={{
            left: placement.x,
            top: placement.y,
            width: placement.width,
            height: placement.height,
          }}
        />
      )}
      <OverlayCanvas
        tileWidth={size.width}
        tileHeight={size.height}
        placement={placement}
        overlays={overlays}
        style={ghosted}
      />
    </div>
  );
}
