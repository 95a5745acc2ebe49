// The picture of a tile. The size that imports make is there at once; a sharper one takes its place when it has come,
// so that large tiles and fine screens never wait for a picture that is made on demand.

import { createContext, memo, useContext, useEffect, useState } from 'react';
import { listPictureSize, pictureUrl, sizeFor } from '../../server/client.ts';
import type { Placement } from '../overlay/geometry.ts';

/** Whether a position of the grid is in view now. Pictures beyond it are fetched after those that people wait for. */
export const InViewContext = createContext<(position: number) => boolean>(() => true);

interface TilePictureProps {
  /** In the grid. */
  position: number;
  sha256: string;
  /** On the tile, CSS pixels. */
  placement: Placement;
}

/** Tiles that are scrolled past ask for nothing sharper. */
const calmMillis = 200;
/** More than this no smaller copy has: then it is the picture itself. Device pixels. */
const largestCopy = 2048;

export const TilePicture = memo(function TilePicture(props: TilePictureProps) {
  const { position, sha256, placement } = props;
  const isInView = useContext(InViewContext);
  const [isUrgent] = useState(() => isInView(position));
  const [sharpUrl, setSharpUrl] = useState<string | null>(null);
  const pixels = Math.max(placement.width, placement.height) * (window.devicePixelRatio || 1);
  const size = pixels > largestCopy ? undefined : sizeFor(pixels);
  const wantsSharper = size === undefined || size > listPictureSize;
  const wantedUrl = wantsSharper ? pictureUrl(sha256, size) : null;
  useEffect(() => {
    if (wantedUrl === null) return;
    const image = new Image();
    const timer = setTimeout(() => {
      image.src = wantedUrl;
      image.decode().then(
        () => setSharpUrl(wantedUrl),
        () => {},
      );
    }, calmMillis);
    return () => {
      clearTimeout(timer);
      giveUp(image);
    };
  }, [wantedUrl]);
  return (
    <img
      ref={(image) => () => giveUp(image)}
      fetchPriority={isUrgent ? 'high' : 'low'}
      src={sharpUrl ?? pictureUrl(sha256, listPictureSize)}
      alt=""
      draggable={false}
      style={{
        left: placement.x,
        top: placement.y,
        width: placement.width,
        height: placement.height,
      }}
    />
  );
});

/** What is on its way blocks what is wanted now: browsers load on for elements that are gone. */
function giveUp(image: HTMLImageElement | null): void {
  if (image?.complete === false) image.removeAttribute('src');
}
