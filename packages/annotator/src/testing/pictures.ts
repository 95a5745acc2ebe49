// Small pictures whose contents are known, for the tools that look at pixels.

import type { PixelBuffer } from '../pixels/pixel-buffer.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A picture by a colour for each pixel, with some noise that is the same in every run. */
export function pictureOf(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
  noise = 0,
): PixelBuffer {
  const rgba = new Uint8Array(4 * width * height);
  let state = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      const shift = ((state >>> 16) / 32_768 - 0.5) * 2 * noise;
      const at = 4 * (y * width + x);
      colourAt(x, y).forEach((value, channel) => {
        rgba[at + channel] = Math.min(255, Math.max(0, Math.round(value + shift)));
      });
      rgba[at + 3] = 255;
    }
  }
  return { width, height, rgba };
}

/** A light disc on a dark ground. */
export const discPicture = (
  width: number,
  height: number,
  centreX: number,
  centreY: number,
  radius: number,
  noise = 0,
): PixelBuffer =>
  pictureOf(
    width,
    height,
    (x, y) =>
      Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) < radius ? [200, 150, 90] : [60, 60, 80],
    noise,
  );
