// Which pictures come whole and which in tiles.

import type { Size } from '@migaki/annotator';
import type { Image } from '@migaki/api';

/** What a browser holds and draws with ease. */
const mostPixels = 25_000_000;
const longestSide = 8192;

/** Kinds of pictures that every browser shows. */
const shown = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']);

export const comesInTiles = (
  { mediaType }: Pick<Image, 'mediaType'>,
  { width, height }: Size,
): boolean =>
  width * height > mostPixels ||
  Math.max(width, height) > longestSide ||
  (mediaType !== null && !shown.has(mediaType));

export const tileUrl = (sha256: string, level: number, column: number, row: number): string =>
  `/api/pictures/${sha256}/tiles/${level}/${column}/${row}`;
