// Masks at another place and in another size.

import { type Rle, rleBbox } from '@migaki/coco';
import type { ImagePoint, Size } from '../geometry/point.ts';
import { isEmptyRle } from './mask-of.ts';
import { forEachStretch } from './stretches.ts';
import { emptyTiles, rleFromTiles, tilesContain, tilesFromRle, withColumns } from './tiled-mask.ts';

/**
 * A mask moved by whole pixels, as long as all of it stays in the picture: only the first and the last run differ then. A
 * run that goes on from one column to the next makes the mask as high as the picture, so that it can only move sideways.
 */
export function shiftedRle(rle: Rle, dx: number, dy: number): Rle {
  if (isEmptyRle(rle)) return rle;
  const offset = dx * rle.height + dy;
  const endsInside = rle.counts.length % 2 === 0;
  const counts = [...rle.counts, ...(endsInside ? [0] : [])];
  counts[0] += offset;
  counts[counts.length - 1] -= offset;
  if (counts.at(-1) === 0) counts.pop();
  return { ...rle, counts: Uint32Array.from(counts) };
}

/** The mask of a part of a picture as one of the whole picture. @param left, top where the part lies, whole pixels */
export function placedRle(rle: Rle, left: number, top: number, picture: Size): Rle {
  if (left === 0 && top === 0 && rle.width === picture.width && rle.height === picture.height) {
    return rle;
  }
  const { width, height } = picture;
  const counts: number[] = [];
  let end = 0;
  forEachStretch(rle, (x, from, to) => {
    const start = (left + x) * height + top + from;
    const length = to - from;
    // A stretch that goes on where the last one ended is one run with it.
    if (counts.length > 0 && start === end) counts[counts.length - 1] += length;
    else counts.push(start - end, length);
    end = start + length;
  });
  counts.push(width * height - end);
  if (counts.at(-1) === 0) counts.pop();
  return { width, height, counts: Uint32Array.from(counts) };
}

/** A mask under an upright stretch: each pixel where the result may be is asked where its centre came from. */
export function stretchedRle(rle: Rle, map: (point: ImagePoint) => ImagePoint): Rle {
  if (isEmptyRle(rle)) return rle;
  const source = tilesFromRle(rle);
  const [left, top, width, height] = rleBbox(rle);
  const start = map({ x: left, y: top });
  const end = map({ x: left + width, y: top + height });
  const [scaleX, scaleY] = [(end.x - start.x) / width, (end.y - start.y) / height];
  const bottom = Math.min(rle.height, Math.ceil(end.y));
  const isInside = (x: number, y: number) =>
    tilesContain(
      source,
      left + Math.floor((x + 0.5 - start.x) / scaleX),
      top + Math.floor((y + 0.5 - start.y) / scaleY),
    );
  const tiles = withColumns(emptyTiles(rle), 1, (fill) => {
    for (let x = Math.max(0, Math.floor(start.x)); x < Math.min(rle.width, end.x); x++) {
      for (let y = Math.max(0, Math.floor(start.y)); y < bottom; y++) {
        if (!isInside(x, y)) continue;
        const first = y;
        while (y < bottom && isInside(x, y)) y++;
        fill(x, first, y);
      }
    }
  });
  return rleFromTiles(tiles);
}
