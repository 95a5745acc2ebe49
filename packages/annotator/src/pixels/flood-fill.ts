// The magic wand: pixels of nearly the colour of one that was clicked. Contiguous regions are filled stretch by stretch of a
// row (Smith, "Tint fill", 1979); a stretch is marked as soon as it is found, so no colour is looked at twice.

import type { Rle } from '@migaki/coco';
import { clamp, type ImagePoint } from '../geometry/point.ts';
import { type RowEdges, rleFromRows } from '../mask/rle-from-rows.ts';
import { boxBlur } from './box-blur.ts';
import type { PixelBuffer } from './pixel-buffer.ts';

export interface FloodFillOptions {
  /** How far a colour may be from the one that was clicked, 0 to 255 in each channel. */
  readonly threshold: number;
  readonly isContiguous: boolean;
  /** Radius of the box blur before comparing; 0 for none. */
  readonly blurPixels: number;
}

/** @example floodFill(pixels, { x: 20, y: 30 }, { threshold: 24, isContiguous: true, blurPixels: 0 }) */
export function floodFill(
  picture: PixelBuffer,
  seed: ImagePoint,
  { threshold, isContiguous, blurPixels }: FloodFillOptions,
): Rle {
  const pixels = blurPixels > 0 ? boxBlur(picture, blurPixels) : picture;
  const x = clamp(Math.floor(seed.x), 0, pixels.width - 1);
  const y = clamp(Math.floor(seed.y), 0, pixels.height - 1);
  const likeness = likenessTo(pixels, y * pixels.width + x, threshold);
  const rows = isContiguous ? rowsFrom(x, y, pixels, likeness) : allRows(pixels, likeness);
  return rleFromRows(rows, pixels);
}

/** The colours that count as alike: in each channel from its lowest one on as many as `span` more. */
interface Likeness {
  /** A pixel each. */
  readonly words: Uint32Array;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly span: number;
}

function likenessTo({ rgba }: PixelBuffer, seed: number, threshold: number): Likeness {
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const [red, green, blue] = [0, 1, 2].map((channel) => rgba[4 * seed + channel] - threshold);
  return { words, red, green, blue, span: 2 * threshold };
}

/**
 * A pixel is looked at as one number, and each channel compared at both ends at once: beyond 0 numbers wrap around. This and
 * what calls it are no closures: engines would compile those anew for every click.
 */
const isAlike = ({ words, red, green, blue, span }: Likeness, pixel: number): boolean =>
  ((words[pixel] & 255) - red) >>> 0 <= span &&
  (((words[pixel] >>> 8) & 255) - green) >>> 0 <= span &&
  (((words[pixel] >>> 16) & 255) - blue) >>> 0 <= span;

/** The first pixel from one on that is not alike, or `end`. */
function firstUnlike(likeness: Likeness, from: number, end: number): number {
  let pixel = from;
  while (pixel < end && isAlike(likeness, pixel)) pixel++;
  return pixel;
}

/** The edges of each row in all of the picture. */
const allRows = ({ width, height }: PixelBuffer, likeness: Likeness): number[][] =>
  Array.from({ length: height }, (_, y) => edgesOf(likeness, y * width, width));

function edgesOf(likeness: Likeness, first: number, width: number): number[] {
  const edges: number[] = [];
  let wasAlike = false;
  for (let x = 0; x < width; x++) {
    if (isAlike(likeness, first + x) === wasAlike) continue;
    wasAlike = !wasAlike;
    edges.push(x);
  }
  if (wasAlike) edges.push(width);
  return edges;
}

/** Pixels of a row from `start` up to `end` that are alike, as many as there are. */
interface Stretch {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** From which this one was found, above or below it. */
  readonly by: Stretch | null;
}

interface Search {
  readonly width: number;
  readonly height: number;
  readonly likeness: Likeness;
  /** A bit per pixel: a byte would be 12 MB of fresh memory for every click on 12 megapixels. */
  readonly found: Uint32Array;
  readonly stretches: Stretch[];
}

/** The edges of each row in what hangs together with a pixel. */
function rowsFrom(
  seedX: number,
  seedY: number,
  { width, height }: PixelBuffer,
  likeness: Likeness,
): RowEdges[] {
  const stretches: Stretch[] = [];
  const found = new Uint32Array(Math.ceil((width * height) / 32));
  const search: Search = { width, height, likeness, found, stretches };
  findIn(search, seedY, seedX, seedX + 1, null);
  // Those that are found meanwhile have their turn, too.
  for (const stretch of stretches) {
    const { row, start, end, by } = stretch;
    for (const beside of [row - 1, row + 1]) {
      if (beside !== by?.row) {
        findIn(search, beside, start, end, stretch);
        continue;
      }
      // What lies along the stretch from which this one was found is known.
      findIn(search, beside, start, by.start, stretch);
      findIn(search, beside, by.end, end, stretch);
    }
  }
  const rows = Array.from({ length: height }, (): number[] => []);
  for (const { row, start, end } of stretches) rows[row].push(start, end);
  return rows.map((edges) => (edges.length > 2 ? Int32Array.from(edges).sort() : edges));
}

/** Finds every stretch that has a pixel between two columns of a row. */
function findIn(
  { width, height, likeness, found, stretches }: Search,
  row: number,
  from: number,
  to: number,
  by: Stretch | null,
): void {
  if (row < 0 || row >= height) return;
  const first = row * width;
  for (let x = from; x < to; x++) {
    if (!isAlike(likeness, first + x) || isMarked(found, first + x)) continue;
    let start = x;
    while (start > 0 && isAlike(likeness, first + start - 1)) start--;
    x = firstUnlike(likeness, first + x + 1, first + width) - first - 1;
    mark(found, first + start, first + x + 1);
    stretches.push({ row, start, end: x + 1, by });
  }
}

const isMarked = (bits: Uint32Array, at: number): boolean =>
  ((bits[at >>> 5] >>> (at & 31)) & 1) === 1;

/** Sets the bits `from ≤ at < end`, one at least. */
function mark(bits: Uint32Array, from: number, end: number): void {
  const [first, last] = [from >>> 5, (end - 1) >>> 5];
  const [head, tail] = [-1 << (from & 31), -1 >>> (31 - ((end - 1) & 31))];
  if (first === last) {
    bits[first] |= head & tail;
    return;
  }
  bits[first] |= head;
  bits.fill(-1, first + 1, last);
  bits[last] |= tail;
}
