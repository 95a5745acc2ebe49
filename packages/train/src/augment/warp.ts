// Lays a picture into the input of a network: every pixel of the target takes what lies there in the source, and its
// colours are changed on the way.

import type { Planes, Raster } from '../pictures/raster.ts';
import { type Affine, inverseOf } from './affine.ts';
import type { ColourMap } from './colour.ts';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Draws `source` into `target` where it covers it, within `clip`. Between pixels it is bilinear; pixels have their middles
 * at halves.
 *
 * @param toTarget from pixels of the source to pixels of the target
 */
export function warp(
  source: Raster,
  target: Planes,
  toTarget: Affine,
  colours: ColourMap,
  clip: Rectangle = { left: 0, top: 0, right: target.width, bottom: target.height },
): void {
  const [a, b, c, d, e, f] = inverseOf(toTarget);
  const { width, height, data } = source;
  const plane = target.width * target.height;
  const out = target.data;
  const [rr, rg, rb, r0, gr, gg, gb, g0, br, bg, bb, b0] = colours;
  const [lastX, lastY] = [width - 1, height - 1];
  const stride = 3 * width;
  for (let y = clip.top; y < clip.bottom; y++) {
    let at = y * target.width + clip.left;
    // Where the middle of the first pixel lies, in pixels whose middles are whole numbers.
    let sx = a * (clip.left + 0.5) + b * (y + 0.5) + c - 0.5;
    let sy = d * (clip.left + 0.5) + e * (y + 0.5) + f - 0.5;
    for (let x = clip.left; x < clip.right; x++, at++, sx += a, sy += d) {
      if (sx < -0.5 || sy < -0.5 || sx > lastX + 0.5 || sy > lastY + 0.5) continue;
      const cx = sx < 0 ? 0 : sx > lastX ? lastX : sx;
      const cy = sy < 0 ? 0 : sy > lastY ? lastY : sy;
      const x0 = cx | 0;
      const y0 = cy | 0;
      const fx = cx - x0;
      const fy = cy - y0;
      const p00 = y0 * stride + 3 * x0;
      const p01 = x0 < lastX ? p00 + 3 : p00;
      const p10 = y0 < lastY ? p00 + stride : p00;
      const p11 = p10 + p01 - p00;
      const w11 = fx * fy;
      const w10 = fy - w11;
      const w01 = fx - w11;
      const w00 = 1 - fx - w10;
      const red = data[p00] * w00 + data[p01] * w01 + data[p10] * w10 + data[p11] * w11;
      const green =
        data[p00 + 1] * w00 + data[p01 + 1] * w01 + data[p10 + 1] * w10 + data[p11 + 1] * w11;
      const blue =
        data[p00 + 2] * w00 + data[p01 + 2] * w01 + data[p10 + 2] * w10 + data[p11 + 2] * w11;
      const newRed = rr * red + rg * green + rb * blue + r0;
      const newGreen = gr * red + gg * green + gb * blue + g0;
      const newBlue = br * red + bg * green + bb * blue + b0;
      out[at] = newRed <= 0 ? 0 : newRed >= 255 ? 255 : newRed + 0.5;
      out[at + plane] = newGreen <= 0 ? 0 : newGreen >= 255 ? 255 : newGreen + 0.5;
      out[at + 2 * plane] = newBlue <= 0 ? 0 : newBlue >= 255 ? 255 : newBlue + 0.5;
    }
  }
}
