// What a network's first convolution begins with: edges and spots of all directions instead of random numbers.
//
// Neighbouring pixels are alike, so what random filters answer is mostly how bright and of which colour a place is, and shapes
// drown in it. Cosines of two dimensions (those of JPEG) are nearly uncorrelated over pictures, and all but one of them are
// blind to brightness; with a normalisation after them, they whiten a patch (as do Krizhevsky 2009 and Jordan 2024,
// arXiv:2404.00498, with eigenvectors of a training set's patches; cosines need no training set). Each comes with its
// negative, so that a rectifier loses neither side.

import type { Tensor } from '@migaki/graph';
import { filled } from './layers.ts';

/** Of the square of pixels that one position of the convolution sees. */
export const patchSide = 6;
/** What space-to-depth takes together: the convolution sees `patchSide / blockSide` blocks either way. */
const blockSide = 2;

/** Brightness, then the two differences of colours. */
const colours = [
  [1, 1, 1],
  [1, -1, 0],
  [1, 1, -2],
] as const;

interface Wave {
  readonly colour: (typeof colours)[number];
  /** Half periods along the patch, to the right and down. */
  readonly right: number;
  readonly down: number;
}

/**
 * Filters [count,12,3,3] of length 1 for pictures of three colours whose blocks of 2 × 2 pixels were taken together (ONNX's
 * SpaceToDepth). The slowest waves come first; colours, which change less than brightness, count as twice as fast.
 *
 * @example
 * layers.convNorm('stem', blocks, 48, { kernel: 3, stride: 2, filters: cosineFilters(48) });
 */
export function cosineFilters(count: number): Tensor {
  const waves = colours.flatMap((colour) =>
    Array.from({ length: patchSide ** 2 }, (_, i): Wave => {
      return { colour, right: i % patchSide, down: Math.floor(i / patchSide) };
    }),
  );
  const chosen = waves.toSorted((a, b) => speed(a) - speed(b)).slice(0, Math.ceil(count / 2));
  const filters = chosen.flatMap((wave) => {
    const filter = filterOf(wave);
    return [filter, filter.map((value) => -value)];
  });
  const kernel = patchSide / blockSide;
  const values = filters.slice(0, count).flat();
  return filled([count, values.length / count / kernel ** 2, kernel, kernel], (i) => values[i]);
}

const speed = ({ colour, right, down }: Wave): number =>
  colour === colours[0] ? Math.hypot(right, down) : 2 * Math.hypot(right, down) + 1;

/** In the order of [12,3,3]: a pixel's place in its block, its colour, its block. */
function filterOf({ colour, right, down }: Wave): number[] {
  const blocks = patchSide / blockSide;
  const filter: number[] = [];
  for (let place = 0; place < blockSide ** 2; place++) {
    for (const share of colour) {
      for (let block = 0; block < blocks ** 2; block++) {
        const x = (block % blocks) * blockSide + (place % blockSide);
        const y = Math.floor(block / blocks) * blockSide + Math.floor(place / blockSide);
        filter.push(share * half(x, right) * half(y, down));
      }
    }
  }
  const length = Math.hypot(...filter);
  return filter.map((value) => value / length);
}

const half = (pixel: number, periods: number): number =>
  Math.cos((Math.PI * periods * (pixel + 0.5)) / patchSide);
