// How tiles fill a width: as many columns as fit the wanted width, stretched to leave no gap at the side. And what lies
// where: which tile at a point, which tiles in a rectangle, where the focus goes.

export interface GridLayout {
  columns: number;
  /** CSS pixels. */
  tileWidth: number;
  rowCount: number;
}

export const gap = 8;
/** Above the first row and below the last one, where the bar of the selection lies over the grid. */
export const edges = { top: 4, bottom: 72 };

/** On less than this tiles shrink along, so that a phone shows more than one column. CSS pixels. */
const roomyWidth = 480;
const leastWidth = 40;

/** @example gridLayout(1000, 220, 10) // { columns: 4, tileWidth: 242, rowCount: 3 } */
export function gridLayout(width: number, tileWidthOnDesk: number, total: number): GridLayout {
  const wantedTileWidth = Math.max(leastWidth, tileWidthOnDesk * Math.min(1, width / roomyWidth));
  const columns = Math.max(1, Math.floor((width + gap) / (wantedTileWidth + gap)));
  const tileWidth = Math.max(leastWidth, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tileWidth, rowCount: Math.ceil(total / columns) };
}

/** The geometry of a grid in pixels of its content; a pitch is a tile and the gap after it. */
export interface Lattice {
  columns: number;
  total: number;
  pitchX: number;
  pitchY: number;
}

/** Rows and columns, counted from 0, both ends included. */
export interface Cells {
  rows: readonly [from: number, to: number];
  columns: readonly [from: number, to: number];
}

export interface Point {
  x: number;
  y: number;
}

/** The tile at a point, or the last one before it; null where there are no tiles. */
export function positionAt({ x, y }: Point, lattice: Lattice): number | null {
  if (lattice.total === 0) return null;
  const column = Math.max(0, Math.min(lattice.columns - 1, Math.floor(x / lattice.pitchX)));
  const row = Math.max(0, Math.floor((y - edges.top) / lattice.pitchY));
  return Math.min(lattice.total - 1, row * lattice.columns + column);
}

/** The tiles that a rectangle touches; null where it lies in a gap or beyond the last tile. */
export function cellsBetween(a: Point, b: Point, lattice: Lattice): Cells | null {
  const along = (from: number, to: number, pitch: number, count: number) => {
    const first = Math.max(0, Math.floor((Math.min(from, to) + gap) / pitch));
    const last = Math.min(count - 1, Math.floor(Math.max(from, to) / pitch));
    return [first, last] as const;
  };
  const rowCount = Math.ceil(lattice.total / lattice.columns);
  const rows = along(a.y - edges.top, b.y - edges.top, lattice.pitchY, rowCount);
  const columns = along(a.x, b.x, lattice.pitchX, lattice.columns);
  const isEmpty = rows[0] > rows[1] || columns[0] > columns[1];
  return isEmpty || rows[0] * lattice.columns + columns[0] >= lattice.total
    ? null
    : { rows, columns };
}

export function isWithin({ rows, columns }: Cells, position: number, columnCount: number): boolean {
  const row = Math.floor(position / columnCount);
  const column = position % columnCount;
  return row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
}

/** Where the focus goes with an arrow key; null for other keys. Never out of the grid. */
export function movedFocus(
  key: string,
  position: number,
  { columns, total, rowsPerPage }: { columns: number; total: number; rowsPerPage: number },
): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * rowsPerPage,
    PageDown: columns * rowsPerPage,
    Home: -position,
    End: total - 1 - position,
  };
  if (!Object.hasOwn(steps, key) || total === 0) return null;
  const moved = position + steps[key];
  const staysInColumn = key === 'ArrowUp' || key === 'ArrowDown';
  if (staysInColumn && moved < 0) return position;
  return Math.max(0, Math.min(total - 1, moved));
}

/**
 * Windows of positions to have at hand: those that are seen, two ahead of the scrolling, one behind.
 *
 * @param direction 1 when scrolling to the end, -1 when to the beginning
 * @returns numbers of windows, the most urgent first
 */
export function windowsFor(
  { first, last }: { first: number; last: number },
  direction: 1 | -1,
  windowSize: number,
  total: number | undefined,
): { seen: number[]; ahead: number[] } {
  const lastWindow = total === undefined ? 0 : Math.max(0, Math.ceil(total / windowSize) - 1);
  const from = Math.floor(first / windowSize);
  const to = Math.floor(last / windowSize);
  const seen = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const ahead = direction === 1 ? [to + 1, to + 2, from - 1] : [from - 1, from - 2, to + 1];
  const isThere = (window: number) => window >= 0 && window <= lastWindow;
  return { seen: seen.filter(isThere), ahead: ahead.filter(isThere) };
}
