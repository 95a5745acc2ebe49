// A run-length mask at the size of a tile, without ever holding it at the size of its picture: a mask of
// 4000 × 3000 pixels on a tile of 200 × 150 costs its runs and 30,000 bytes.

import type { Rle } from '@migaki/coco';

/**
 * The mask as `height × width` bytes in rows, 1 inside: each pixel is the mask's at the middle of its place.
 * Runs that do not add up end early or late; what they leave open is outside.
 *
 * @example
 * sampleMask({ height: 2, width: 2, counts: Uint32Array.of(2, 2) }, 2, 2); // Uint8Array [0, 1, 0, 1]
 */
export function sampleMask(rle: Rle, width: number, height: number): Uint8Array<ArrayBuffer> {
  const sampled = new Uint8Array(width * height);
  if (rle.height === 0 || rle.width === 0) return sampled;
  const rowOf = Array.from({ length: height }, (_, y) =>
    Math.floor(((y + 0.5) * rle.height) / height),
  );
  let run = 0;
  let runEnd = rle.counts[0] ?? 0;
  for (let x = 0; x < width; x++) {
    const columnStart = Math.floor(((x + 0.5) * rle.width) / width) * rle.height;
    // A tile larger than its picture samples the same column again.
    while (run > 0 && runEnd - rle.counts[run] > columnStart) runEnd -= rle.counts[run--];
    for (let y = 0; y < height; y++) {
      const position = columnStart + rowOf[y];
      while (position >= runEnd && run < rle.counts.length) runEnd += rle.counts[++run] ?? 0;
      if (run % 2 === 1 && run < rle.counts.length) sampled[y * width + x] = 1;
    }
    if (run >= rle.counts.length) break;
  }
  return sampled;
}

/** Pixels inside that touch one outside or the edge: what keeps masks apart where colours are alike. */
export function maskEdges(
  mask: Uint8Array,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const edges = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask[at] === 0) continue;
      const isInner =
        x > 0 &&
        x < width - 1 &&
        y > 0 &&
        y < height - 1 &&
        mask[at - 1] === 1 &&
        mask[at + 1] === 1 &&
        mask[at - width] === 1 &&
        mask[at + width] === 1;
      if (!isInner) edges[at] = 1;
    }
  }
  return edges;
}
