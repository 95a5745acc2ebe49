import type { Size } from '@migaki/annotator';
import type { Image } from '@migaki/api';
import { comesInTiles } from './large.ts';
import type { PictureImage } from './picture-image.ts';
import { tiledPicture } from './tiled-picture.ts';
import { wholePicture } from './whole-picture.ts';

/**
 * Begins to load a picture, whole or in tiles.
 *
 * @param onChange told when more can be drawn, or the state is another one
 * @returns null for an image whose picture is missing
 */
export function openPictureImage(
  { sha256, mediaType }: Pick<Image, 'sha256' | 'mediaType'>,
  picture: Size,
  onChange: () => void,
): PictureImage | null {
  if (sha256 === null) return null;
  return comesInTiles({ mediaType }, picture)
    ? tiledPicture(sha256, picture, onChange)
    : wholePicture(sha256, picture, onChange);
}
