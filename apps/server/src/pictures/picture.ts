// Pictures through libvips (the library `sharp`): what they are, and smaller ones made of them.

import { phrase } from '@migaki/coco';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type Exif, readExif } from './exif.ts';
import { PictureError } from './picture-error.ts';
import { createTurns } from './turns.ts';

/** 20,000 × 20,000 and a little; what is larger would take gigabytes to decode. */
export const maxPixels = 450_000_000;

export interface PictureInfo extends Exif {
  /** Pixels as shown, that is after the EXIF orientation. */
  width: number;
  height: number;
  mediaType: string;
}

/** What sharp calls a format, and what HTTP calls it. What is not here is not accepted as a picture. */
const mediaTypes: Record<string, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  heif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
};

/** libvips has one place for all that goes wrong, whichever picture it is about: what one says is read while no other is at work. */
const { beside, alone } = createTurns();

/** For decoding. What is not whole is an error then. @param failOn what else is one, see `damageOf` */
export function open(source: string | Uint8Array, failOn: 'error' | 'warning' = 'error'): Sharp {
  // `page: 0` takes the first frame of a GIF and the first page of a TIFF.
  return sharp(source, {
    limitInputPixels: maxPixels,
    failOn,
    page: 0,
    sequentialRead: true,
  });
}

export const aPicture = phrase`a picture (JPEG, PNG, WebP, AVIF, TIFF or GIF)`;

/**
 * Looks at a picture's header only.
 *
 * @param source a path or the bytes
 * @throws PictureError `not-a-picture`, `too-many-pixels`
 */
export async function inspectPicture(source: string | Uint8Array): Promise<PictureInfo> {
  let metadata: Metadata;
  try {
    // Without a limit here: the header of a huge picture is small, and its size is what the message should tell.
    metadata = await beside(() =>
      sharp(source, { limitInputPixels: false, failOn: 'error' }).metadata(),
    );
  } catch (cause) {
    throw new PictureError(
      'not-a-picture',
      { expected: aPicture, found: phrase`something else` },
      { cause },
    );
  }
  const mediaType = mediaTypes[metadata.format];
  const { width, height } = metadata.autoOrient;
  if (mediaType === undefined || !(width > 0) || !(height > 0)) {
    throw new PictureError('not-a-picture', { expected: aPicture, found: metadata.format });
  }
  if (width * height > maxPixels) {
    throw new PictureError('too-many-pixels', {
      expected: phrase`at most ${maxPixels} pixels`,
      found: `${width} × ${height}`,
    });
  }
  return { width, height, mediaType, ...readExif(metadata.exif) };
}

/**
 * A WebP copy whose longer side is at most `longerSide` pixels; upright, in sRGB, 8 bits, whatever came.
 *
 * @param onDamage hears what is wrong with a picture that can be shown all the same
 * @throws PictureError `damaged-picture`
 */
export async function shrinkPicture(
  source: string | Uint8Array,
  longerSide: number,
  onDamage?: (reason: string) => void,
): Promise<Buffer> {
  const shrink = (failOn: 'error' | 'warning') =>
    open(source, failOn)
      .autoOrient()
      .resize({ width: longerSide, height: longerSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 80, effort: 1 })
      .toBuffer();
  try {
    return await beside(() => shrink('warning'));
  } catch {
    // What went wrong, and with which picture, is asked alone.
  }
  return alone(async () => {
    try {
      return await shrink('warning').catch(async (warning) => {
        const bytes = await shrink('error');
        const damage = damageOf(warning);
        if (damage !== null) onDamage?.(damage);
        return bytes;
      });
    } catch (cause) {
      throw damaged(cause);
    }
  });
}

/**
 * What libjpeg says of bytes that it could not make sense of: from there on the picture is grey or shifted. Bytes between the parts of a
 * file, unknown markers and the like, which cameras leave, harm nothing; null for those. Damage that by chance is a valid code says
 * nothing at all.
 */
function damageOf(warning: unknown): string | null {
  const [line] = String((warning as Error).message).split('\n');
  const [, said] = /^VipsJpeg: Corrupt JPEG data: (?!\d+ extraneous bytes)(.*)/.exec(line) ?? [];
  return said ?? null;
}

/**
 * Writes all tiles of a picture into one zip file, level by level as Deep Zoom has them; upright, in sRGB, 8 bits.
 *
 * @param path of the file to be
 * @throws PictureError `damaged-picture`
 */
export async function writeTiles(
  source: string | Uint8Array,
  path: string,
  tileSide: number,
): Promise<void> {
  try {
    const { hasAlpha } = await beside(() => open(source).metadata());
    const picture = open(source).autoOrient().toColourspace('srgb');
    const tiles = hasAlpha
      ? picture.webp({ quality: 90, effort: 1 })
      : picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' });
    await beside(() =>
      tiles
        .tile({ size: tileSide, overlap: 0, depth: 'onetile', layout: 'dz', container: 'zip' })
        .toFile(path),
    );
  } catch (cause) {
    // What the disk lacks is no fault of the picture; libvips has just words for it.
    const isDiskFull = /no space|disk full/i.test(String(cause));
    throw isDiskFull
      ? Object.assign(new Error('disk full', { cause }), { code: 'ENOSPC' })
      : damaged(cause);
  }
}

/** Of what libvips said while it decoded. */
export function damaged(cause: unknown): PictureError {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  // So sharp says where libvips says nothing.
  const isUnsaid = reason === '' || /^unknown error/i.test(reason);
  return new PictureError(
    'damaged-picture',
    {
      expected: phrase`a whole picture`,
      found: isUnsaid ? phrase`a damaged one` : phrase`a damaged one (${reason})`,
    },
    { cause },
  );
}
