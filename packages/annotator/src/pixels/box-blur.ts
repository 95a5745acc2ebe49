// The mean of the square around each pixel, by running sums: the time does not depend on the radius.

import type { PixelBuffer } from './pixel-buffer.ts';

/** The last radius that each picture was blurred with: people click many times before they change it. */
const kept = new WeakMap<PixelBuffer, { radius: number; blurred: PixelBuffer }>();

/** @param radius pixels; at the border the nearest pixel stands for those beyond. Alpha is left out: 255 everywhere. */
export function boxBlur(pixels: PixelBuffer, radius: number): PixelBuffer {
  const known = kept.get(pixels);
  if (known?.radius === radius) return known.blurred;
  const { width, height, rgba } = pixels;
  const rows = blurRows(rgba, width, height, radius);
  const blurred = { width, height, rgba: blurColumns(rows, width, height, radius) };
  kept.set(pixels, { radius, blurred });
  return blurred;
}

function blurRows(
  rgba: PixelBuffer['rgba'],
  width: number,
  height: number,
  radius: number,
): Uint8Array {
  const blurred = new Uint8Array(rgba.length);
  const count = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = 4 * y * width;
    const last = row + 4 * (width - 1);
    for (let channel = 0; channel < 3; channel++) {
      const at = (x: number) => rgba[Math.min(last, Math.max(row, row + 4 * x)) + channel];
      let sum = 0;
      for (let x = -radius; x <= radius; x++) sum += at(x);
      for (let x = 0; x < width; x++) {
        blurred[row + 4 * x + channel] = sum / count + 0.5;
        sum += at(x + radius + 1) - at(x - radius);
      }
    }
  }
  return blurred;
}

function blurColumns(rgba: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const blurred = new Uint8Array(rgba.length);
  const count = 2 * radius + 1;
  const stride = 4 * width;
  // All columns go down together, row by row, as memory lies.
  const sums = new Int32Array(stride);
  const rowAt = (y: number) => stride * Math.min(height - 1, Math.max(0, y));
  for (let y = -radius; y <= radius; y++) {
    const row = rowAt(y);
    for (let i = 0; i < stride; i++) sums[i] += rgba[row + i];
  }
  for (let y = 0; y < height; y++) {
    const incoming = rowAt(y + radius + 1);
    const outgoing = rowAt(y - radius);
    const row = y * stride;
    for (let i = 0; i < stride; i++) {
      blurred[row + i] = sums[i] / count + 0.5;
      sums[i] += rgba[incoming + i] - rgba[outgoing + i];
    }
    for (let i = 3; i < stride; i += 4) blurred[row + i] = 255;
  }
  return blurred;
}
