// A mask while it is being edited: tiles of bytes that successive states share. Inside a tile pixels run down the
// columns, as COCO's run lengths do, so both turn into each other by filling and scanning whole stretches.

import type { Rle } from '@migaki/coco';
import type { Size } from '../geometry/point.ts';
import { grownRuns } from './grown-runs.ts';
import { forEachStretch } from './stretches.ts';

/** Pixels; a power of two. */
export const tileSide = 256;
const shift = 8;
const tilePixels = tileSide * tileSide;

/** Tile (column, row) is element `column × rows + row`; null for one without a pixel inside. Bytes are 0 or 1. */
export interface TiledMask extends Size {
  readonly rows: number;
  readonly tiles: readonly (Uint8Array | null)[];
}

export function emptyTiles({ width, height }: Size): TiledMask {
  const rows = Math.ceil(height / tileSide);
  const tiles = new Array<null>(rows * Math.ceil(width / tileSide)).fill(null);
  return { width, height, rows, tiles };
}

/** Sets pixels `top ≤ y < bottom` of column x; what is outside the picture is left out. */
export type FillColumn = (x: number, top: number, bottom: number) => void;

/**
 * A mask in which `draw` has filled stretches of columns with 1, or with 0. Only the tiles that it touches are copied.
 *
 * @example const dot = withColumns(emptyTiles(picture), 1, (fill) => fill(10, 20, 21));
 */
export function withColumns(
  mask: TiledMask,
  value: 0 | 1,
  draw: (fill: FillColumn) => void,
): TiledMask {
  const { width, height, rows } = mask;
  const tiles = [...mask.tiles];
  const isOwn = new Set<number>();
  draw((x, top, bottom) => {
    if (x < 0 || x >= width) return;
    const end = Math.min(bottom, height);
    for (let y = Math.max(0, top); y < end; ) {
      const tileEnd = Math.min(end, ((y >> shift) + 1) << shift);
      const index = (x >> shift) * rows + (y >> shift);
      let tile = tiles[index];
      if (!isOwn.has(index) && !(tile === null && value === 0)) {
        tile = tile === null ? new Uint8Array(tilePixels) : tile.slice();
        tiles[index] = tile;
        isOwn.add(index);
      }
      const start = ((x & (tileSide - 1)) << shift) + (y & (tileSide - 1));
      tile?.fill(value, start, start + tileEnd - y);
      y = tileEnd;
    }
  });
  return { ...mask, tiles };
}

/** @example tilesFromRle(rleFromBbox([1, 1, 5, 5], 480, 640)) */
export const tilesFromRle = (rle: Rle): TiledMask =>
  withColumns(emptyTiles(rle), 1, (fill) => forEachStretch(rle, fill));

/** The run lengths of the whole picture. Time grows with the tiles that have something in them. */
export function rleFromTiles({ width, height, rows, tiles }: TiledMask): Rle {
  let counts = new Uint32Array(64);
  let runCount = 0;
  let runStart = 0;
  let value = 0;
  const end = (position: number) => {
    if (runCount === counts.length) counts = grownRuns(counts);
    counts[runCount++] = position - runStart;
    runStart = position;
    value ^= 1;
  };
  for (let x = 0; x < width; x++) {
    const columnTiles = (x >> shift) * rows;
    for (let row = 0; row < rows; row++) {
      const tile = tiles[columnTiles + row];
      const top = row << shift;
      const position = x * height + top;
      if (tile === null) {
        if (value === 1) end(position);
        continue;
      }
      const start = (x & (tileSide - 1)) << shift;
      const stop = start + Math.min(tileSide, height - top);
      for (let at = start; at < stop; at++) if (tile[at] !== value) end(position + at - start);
    }
  }
  end(width * height);
  return { height, width, counts: counts.slice(0, runCount) };
}

export function tilesContain(
  { width, height, rows, tiles }: TiledMask,
  x: number,
  y: number,
): boolean {
  if (!(x >= 0 && y >= 0 && x < width && y < height)) return false;
  const tile = tiles[(x >> shift) * rows + (y >> shift)];
  return tile !== null && tile[((x & (tileSide - 1)) << shift) + (y & (tileSide - 1))] === 1;
}
