// From a coarse mask over the input of a network to the pixels of the picture, as run lengths.

import type { Rle } from '@migaki/coco';
import type { Size } from '../augment/layout.ts';

export interface CoarseMask {
  /** How sure the model is, from 0 to 255, row by row. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the mask. */
  readonly stepX: number;
  readonly stepY: number;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

const half = 127.5;

/**
 * The pixels inside of `box` of which the model is more sure than not; between the mask's own pixels it is bilinear.
 * Only the box is looked at, so a small object in a large picture costs little.
 */
export function pasteMask(mask: CoarseMask, box: Box, picture: Size): Rle {
  const left = Math.max(0, Math.floor(box[0]));
  const top = Math.max(0, Math.floor(box[1]));
  const right = Math.min(picture.width, Math.ceil(box[2]));
  const bottom = Math.min(picture.height, Math.ceil(box[3]));
  const rows = Array.from({ length: Math.max(0, bottom - top) }, (_, i) =>
    placeOf(top + i, mask.stepY, mask.height),
  );
  const counts: number[] = [];
  let isInside = false;
  let runStart = 0;
  const turn = (at: number) => {
    counts.push(at - runStart);
    runStart = at;
    isInside = !isInside;
  };
  for (let x = left; x < right; x++) {
    const column = placeOf(x, mask.stepX, mask.width);
    const start = x * picture.height;
    for (const [i, row] of rows.entries()) {
      if (sureness(mask, column, row) > half !== isInside) turn(start + top + i);
    }
    if (isInside && bottom < picture.height) turn(start + bottom);
  }
  counts.push(picture.width * picture.height - runStart);
  return { height: picture.height, width: picture.width, counts: Uint32Array.from(counts) };
}

interface Between {
  readonly first: number;
  readonly second: number;
  /** How much of the second. */
  readonly share: number;
}

/** Where the middle of a pixel of the picture lies among the pixels of the mask. */
function placeOf(pixel: number, step: number, size: number): Between {
  const at = Math.min(size - 1, Math.max(0, (pixel + 0.5) / step - 0.5));
  const first = Math.floor(at);
  return { first, second: Math.min(size - 1, first + 1), share: at - first };
}

function sureness({ data, width }: CoarseMask, column: Between, row: Between): number {
  const along = (y: number) => {
    const start = y * width;
    const a = data[start + column.first];
    return a + (data[start + column.second] - a) * column.share;
  };
  const upper = along(row.first);
  return upper + (along(row.second) - upper) * row.share;
}
