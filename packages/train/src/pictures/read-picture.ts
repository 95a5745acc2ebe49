// Pictures of files as pixels: turned as their EXIF says, in sRGB, without transparency.

import sharp from 'sharp';
import type { Raster } from './raster.ts';

/**
 * The pixels of a picture, shrunk to `width` × `height` where these are given. Shrinking averages what it leaves out.
 *
 * @param file a path, or the file's bytes
 */
export async function readPicture(
  file: string | Uint8Array,
  size?: { width: number; height: number },
): Promise<Raster> {
  let picture = sharp(file, { autoOrient: true, failOn: 'error' })
    .toColourspace('srgb')
    .removeAlpha();
  if (size !== undefined) {
    picture = picture.resize(size.width, size.height, { fit: 'fill', kernel: 'linear' });
  }
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: rgbOf(data, info.channels) };
}

function rgbOf(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) {
    for (let c = 0; c < 3; c++) rgb[to + c] = data[from + (channels === 1 ? 0 : c)];
  }
  return rgb;
}
