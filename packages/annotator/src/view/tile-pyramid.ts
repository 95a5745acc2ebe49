// Pictures too large for one texture are drawn from tiles: level 0 is the picture itself, each further level half as
// large as the one before, until one tile holds it all (as in Deep Zoom and zoomable TIFF).

import type { Size } from '../geometry/point.ts';
import { type View, visibleBox } from './view.ts';

export interface Pyramid {
  readonly picture: Size;
  readonly tileSide: number;
  readonly levelCount: number;
}

export interface PyramidTile {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** @example pyramidOf({ width: 20_000, height: 20_000 }, 512).levelCount; // 7: the last is 313 × 313 pixels */
export function pyramidOf(picture: Size, tileSide = 512): Pyramid {
  const longest = Math.max(picture.width, picture.height, 1);
  const levelCount = 1 + Math.max(0, Math.ceil(Math.log2(longest / tileSide)));
  return { picture, tileSide, levelCount };
}

/** Pixels of a level; the last column and row of an odd size are kept. */
export const levelSize = ({ picture }: Pyramid, level: number): Size => ({
  width: Math.ceil(picture.width / 2 ** level),
  height: Math.ceil(picture.height / 2 ** level),
});

/** The coarsest level that is still as fine as the screen. @param pixelRatio device pixels per CSS pixel */
export function levelFor({ levelCount }: Pyramid, { scale }: View, pixelRatio = 1): number {
  const level = Math.floor(Math.log2(1 / (scale * pixelRatio)));
  return Math.min(levelCount - 1, Math.max(0, level));
}

/** What of a level can be seen, the middle of the canvas first, as that is where people look. */
export function visibleTiles(
  pyramid: Pyramid,
  view: View,
  canvas: Size,
  level: number,
): PyramidTile[] {
  const box = visibleBox(view, pyramid.picture, canvas);
  if (box === null) return [];
  const side = pyramid.tileSide * 2 ** level;
  const [x, y, width, height] = box;
  const lastColumn = Math.ceil((x + width) / side) - 1;
  const lastRow = Math.ceil((y + height) / side) - 1;
  const tiles: PyramidTile[] = [];
  for (let row = Math.floor(y / side); row <= lastRow; row++) {
    for (let column = Math.floor(x / side); column <= lastColumn; column++) {
      tiles.push({ level, column, row });
    }
  }
  const away = ({ column, row }: PyramidTile) =>
    Math.hypot((column + 0.5) * side - x - width / 2, (row + 0.5) * side - y - height / 2);
  return tiles.sort((a, b) => away(a) - away(b));
}

/** The part of the picture that a tile shows, `[x, y, width, height]` in its pixels. */
export function tileBox(
  { picture, tileSide }: Pyramid,
  { level, column, row }: PyramidTile,
): [number, number, number, number] {
  const side = tileSide * 2 ** level;
  const x = column * side;
  const y = row * side;
  return [x, y, Math.min(side, picture.width - x), Math.min(side, picture.height - y)];
}

/** The tile one level coarser that shows the same, to draw while the finer one is on its way. */
export const parentTile = ({ level, column, row }: PyramidTile): PyramidTile => ({
  level: level + 1,
  column: column >> 1,
  row: row >> 1,
});
