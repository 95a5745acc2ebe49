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
  const share = 1 / (2 * radius + 1);
  // One row with its first and last pixel repeated on both sides, so that no index has to be checked.
  const padded = new Uint8Array(4 * (width + 2 * radius + 1));
  for (let y = 0; y < height; y++) {
    const row = 4 * y * width;
    padded.set(rgba.subarray(row, row + 4 * width), 4 * radius);
    for (let x = 0; x < radius; x++) padded.set(rgba.subarray(row, row + 4), 4 * x);
    for (let x = width + radius; x < width + 2 * radius + 1; x++) {
      padded.set(rgba.subarray(row + 4 * width - 4, row + 4 * width), 4 * x);
    }
    const ahead = 4 * (2 * radius + 1);
    let [red, green, blue] = [0, 0, 0];
    for (let at = 0; at < ahead; at += 4) {
      red += padded[at];
      green += padded[at + 1];
      blue += padded[at + 2];
    }
    for (let at = 0; at < 4 * width; at += 4) {
      blurred[row + at] = red * share + 0.5;
      blurred[row + at + 1] = green * share + 0.5;
      blurred[row + at + 2] = blue * share + 0.5;
      red += padded[at + ahead] - padded[at];
      green += padded[at + ahead + 1] - padded[at + 1];
      blue += padded[at + ahead + 2] - padded[at + 2];
    }
  }
  return blurred;
}

function blurColumns(rgba: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const blurred = new Uint8Array(rgba.length);
  const share = 1 / (2 * radius + 1);
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
      blurred[row + i] = sums[i] * share + 0.5;
      sums[i] += rgba[incoming + i] - rgba[outgoing + i];
    }
    for (let i = 3; i < stride; i += 4) blurred[row + i] = 255;
  }
  return blurred;
}
