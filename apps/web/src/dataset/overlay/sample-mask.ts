// A run-length mask as the screen shows it, without ever holding it at the size of its picture: only the part that is in
// view, at the pixels of the screen. A mask of 4000 × 3000 on a tile costs its runs and what the tile shows of it, and
// zoomed in its edges are those of the picture's pixels.

import type { Rle } from '@migaki/coco';

/** A rectangle of the screen over a picture. Units: pixels of the screen, counted from the picture's corner. */
export interface MaskView {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Pixels of the screen per pixel of the mask. */
  scaleX: number;
  scaleY: number;
}

/**
 * The mask in a view as `height × width` bytes in rows, 1 inside: each pixel is the mask's at the middle of its place.
 * Runs that do not add up end early or late; what they leave open is outside, as is all beyond the picture.
 *
 * @example
 * const view = { left: 0, top: 0, width: 2, height: 2, scaleX: 1, scaleY: 1 };
 * sampleMask({ height: 2, width: 2, counts: Uint32Array.of(2, 2) }, view); // Uint8Array [0, 1, 0, 1]
 */
export function sampleMask(rle: Rle, view: MaskView): Uint8Array<ArrayBuffer> {
  const { width, height } = view;
  const sampled = new Uint8Array(width * height);
  const rowOf = Int32Array.from({ length: height }, (_, y) =>
    Math.floor((view.top + y + 0.5) / view.scaleY),
  );
  let run = 0;
  let runEnd = rle.counts[0] ?? 0;
  let columnBefore = -1;
  for (let x = 0; x < width; x++) {
    const column = Math.floor((view.left + x + 0.5) / view.scaleX);
    if (column < 0 || column >= rle.width) continue;
    if (column === columnBefore) {
      for (let at = x; at < sampled.length; at += width) sampled[at] = sampled[at - 1];
      continue;
    }
    columnBefore = column;
    for (let y = 0; y < height; y++) {
      if (rowOf[y] < 0 || rowOf[y] >= rle.height) continue;
      const position = column * rle.height + rowOf[y];
      while (position >= runEnd && run < rle.counts.length) runEnd += rle.counts[++run] ?? 0;
      if (run % 2 === 1 && run < rle.counts.length) sampled[y * width + x] = 1;
    }
    if (run >= rle.counts.length) break;
  }
  return sampled;
}

/**
 * Pixels inside that have one outside near them: what keeps masks apart where colours are alike. What lies beyond the
 * view counts as inside, for there the mask may go on.
 *
 * @param thickness pixels
 */
export function maskEdges(
  mask: Uint8Array,
  width: number,
  height: number,
  thickness = 1,
): Uint8Array<ArrayBuffer> {
  const edges = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask[at] === 0) continue;
      const isEdge =
        (x >= thickness && mask[at - thickness] === 0) ||
        (x < width - thickness && mask[at + thickness] === 0) ||
        (y >= thickness && mask[at - thickness * width] === 0) ||
        (y < height - thickness && mask[at + thickness * width] === 0);
      if (isEdge) edges[at] = 1;
    }
  }
  return edges;
}
