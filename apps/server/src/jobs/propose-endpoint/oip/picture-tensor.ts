// A picture as the numbers that a model takes, and the way back from its coordinates to the picture's.

import { type Normalisation, normalisations } from '@migaki/train/normalisations';
import { damaged, open } from '../../../pictures/picture.ts';
import type { RasterInput } from './model-metadata.ts';

/** How a picture of other sides becomes one of the model's: its sides stretched, or whole with grey beside it. */
export const fits = ['stretch', 'letterbox'] as const;
export type Fit = (typeof fits)[number];

export interface RasterOptions {
  fit: Fit;
  normalisation: Normalisation;
}

/** Where the picture lies in what the model sees. Pixels of that: `x = offsetX + scaleX × pictureX`. */
export interface Placement {
  scaleX: number;
  scaleY: number;
  offsetX: number;
  offsetY: number;
  /** Of all that the model sees. */
  width: number;
  height: number;
}

export interface PictureTensor {
  shape: number[];
  values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  placement: Placement;
}

/** Of a model that takes any size. */
const longestSide = 2048;
/** What networks that were trained with it have beside their pictures. */
const grey = 114;

/**
 * Upright, RGB or grey; bytes as they are, floating-point numbers as the model wants them.
 *
 * @throws PictureError `damaged-picture`
 */
export async function pictureTensor(
  bytes: Buffer,
  input: RasterInput,
  { fit, normalisation }: RasterOptions,
): Promise<PictureTensor> {
  const { pixels, placement } = await drawn(bytes, input, fit);
  const { channelCount, isChannelsFirst, isBatched, datatype } = input;
  const { width, height } = placement;
  const sides = isChannelsFirst ? [channelCount, height, width] : [height, width, channelCount];
  const { mean, deviation } = normalisations[normalisation];
  const isFloat = datatype === 'FP32';
  const pixelCount = width * height;
  const values = isFloat ? new Float32Array(pixels.length) : new Uint8Array(pixels.length);
  for (let from = 0; from < pixels.length; from++) {
    const channel = from % channelCount;
    const pixel = (from - channel) / channelCount;
    const to = isChannelsFirst ? channel * pixelCount + pixel : from;
    values[to] = isFloat ? (pixels[from] - mean[channel]) / deviation[channel] : pixels[from];
  }
  return { shape: isBatched ? [1, ...sides] : sides, values, placement };
}

async function drawn(
  bytes: Buffer,
  { width, height, channelCount }: RasterInput,
  fit: Fit,
): Promise<{ pixels: Buffer; placement: Placement }> {
  try {
    const own = (await open(bytes).metadata()).autoOrient;
    const wanted = sizeFor(own, width, height);
    const scale = Math.min(wanted.width / own.width, wanted.height / own.height);
    const inner =
      fit === 'stretch'
        ? wanted
        : {
            width: Math.max(1, Math.round(own.width * scale)),
            height: Math.max(1, Math.round(own.height * scale)),
          };
    const left = Math.floor((wanted.width - inner.width) / 2);
    const top = Math.floor((wanted.height - inner.height) / 2);
    const picture = open(bytes)
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace(channelCount === 1 ? 'b-w' : 'srgb')
      .resize({ ...inner, fit: 'fill' })
      .extend({
        left,
        top,
        right: wanted.width - inner.width - left,
        bottom: wanted.height - inner.height - top,
        background: { r: grey, g: grey, b: grey },
      });
    return {
      pixels: await picture.raw({ depth: 'uchar' }).toBuffer(),
      placement: {
        scaleX: inner.width / own.width,
        scaleY: inner.height / own.height,
        offsetX: left,
        offsetY: top,
        ...wanted,
      },
    };
  } catch (cause) {
    throw damaged(cause);
  }
}

/** A side of any size follows the other; where both are, the picture has its own, within a limit. */
function sizeFor(
  own: { width: number; height: number },
  width: number | null,
  height: number | null,
): { width: number; height: number } {
  const scale =
    width !== null
      ? width / own.width
      : height !== null
        ? height / own.height
        : Math.min(1, longestSide / Math.max(own.width, own.height));
  return {
    width: width ?? Math.max(1, Math.round(own.width * scale)),
    height: height ?? Math.max(1, Math.round(own.height * scale)),
  };
}
