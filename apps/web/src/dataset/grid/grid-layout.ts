// How tiles fill a width: as many columns as fit the wanted width, stretched to leave no gap at the side.

export interface GridLayout {
  columns: number;
  /** CSS pixels. */
  tileWidth: number;
  rowCount: number;
}

export const gap = 8;

/** @example gridLayout(1000, 220, 10) // { columns: 4, tileWidth: 242, rowCount: 3 } */
export function gridLayout(width: number, wantedTileWidth: number, total: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (wantedTileWidth + gap)));
  const tileWidth = Math.max(40, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tileWidth, rowCount: Math.ceil(total / columns) };
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
 * Windows of positions to have at hand: those that are seen, one to each side, and one more ahead of the scrolling.
 *
 * @param direction 1 when scrolling to the end, -1 when to the beginning
 * @returns numbers of windows, the most urgent first
 */
export function windowsFor(
  { first, last }: { first: number; last: number },
  direction: 1 | -1,
  windowSize: number,
  total: number | undefined,
): number[] {
  const lastWindow = total === undefined ? 0 : Math.max(0, Math.ceil(total / windowSize) - 1);
  const from = Math.floor(first / windowSize);
  const to = Math.floor(last / windowSize);
  const seen = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const ahead = direction === 1 ? [to + 1, to + 2, from - 1] : [from - 1, from - 2, to + 1];
  return [...seen, ...ahead].filter((window) => window >= 0 && window <= lastWindow);
}
