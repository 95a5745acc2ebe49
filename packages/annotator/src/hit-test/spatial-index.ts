// Which objects are near a point or in a box, among ten thousand: a pyramid of grids. An object lies in the finest grid
// whose cells are as large as its box, so in four cells at most. Persistent like the document: an edit copies one grid's
// list of cells and those few cells.

import type { ObjectId } from '../document/object-map.ts';
import { type Box, boxesMeet } from '../geometry/box.ts';
import { clamp, type Size } from '../geometry/point.ts';

/** The finest grid has 64 × 64 cells. */
const levelCount = 7;

interface Entry {
  readonly id: ObjectId;
  readonly box: Box;
}

export interface SpatialIndex {
  /** Longer side of the picture, pixels: what the one cell of level 0 covers. */
  readonly side: number;
  /** Level l has 4^l cells, row by row. */
  readonly levels: readonly (readonly (readonly Entry[])[])[];
}

const emptyCell: readonly Entry[] = [];

const emptyIndex = ({ width, height }: Size): SpatialIndex => ({
  side: Math.max(width, height, 1),
  levels: Array.from({ length: levelCount }, (_, level) =>
    new Array<readonly Entry[]>(4 ** level).fill(emptyCell),
  ),
});

/** Built at once, without a copy for each object. */
export function indexOf(picture: Size, entries: Iterable<readonly [ObjectId, Box]>): SpatialIndex {
  const index = emptyIndex(picture);
  const levels = index.levels.map((cells) => cells.map((): Entry[] => []));
  for (const [id, box] of entries) {
    const { level, cells } = cellsOf(index.side, box);
    for (const cell of cells) levels[level][cell].push({ id, box });
  }
  return { side: index.side, levels };
}

/** @param box null for what is nowhere: before for new objects, after for deleted ones */
export function moveInIndex(
  index: SpatialIndex,
  id: ObjectId,
  before: Box | null,
  after: Box | null,
): SpatialIndex {
  const taken = before === null ? index : edited(index, before, (cell) => without(cell, id));
  return after === null ? taken : edited(taken, after, (cell) => [...cell, { id, box: after }]);
}

const without = (cell: readonly Entry[], id: ObjectId): readonly Entry[] =>
  cell.filter((entry) => entry.id !== id);

function edited(
  { side, levels }: SpatialIndex,
  box: Box,
  edit: (cell: readonly Entry[]) => readonly Entry[],
): SpatialIndex {
  const { level, cells } = cellsOf(side, box);
  const grid = levels[level].slice();
  for (const cell of cells) grid[cell] = edit(grid[cell]);
  return { side, levels: levels.with(level, grid) };
}

/** Ids of objects whose boxes meet a box, each once, in no order. */
export function idsNear({ side, levels }: SpatialIndex, box: Box): ObjectId[] {
  const ids = new Set<ObjectId>();
  for (let level = 0; level < levelCount; level++) {
    const cells = levels[level];
    forCells(side, level, box, (cell) => {
      for (const entry of cells[cell]) if (boxesMeet(entry.box, box)) ids.add(entry.id);
    });
  }
  return [...ids];
}

function cellsOf(side: number, box: Box): { level: number; cells: number[] } {
  const longest = Math.max(box[2], box[3]);
  let level = 0;
  while (level + 1 < levelCount && longest <= side / 2 ** (level + 1)) level++;
  const cells: number[] = [];
  forCells(side, level, box, (cell) => cells.push(cell));
  return { level, cells };
}

/** Cells at the border also hold what lies beyond it: imports may. */
function forCells(
  side: number,
  level: number,
  [x, y, width, height]: Box,
  visit: (cell: number) => void,
): void {
  const count = 2 ** level;
  const at = (pixels: number) => clamp(Math.floor((pixels / side) * count), 0, count - 1);
  const right = at(x + width);
  const bottom = at(y + height);
  for (let row = at(y); row <= bottom; row++) {
    for (let column = at(x); column <= right; column++) visit(row * count + column);
  }
}
