// The run lengths of a region that is known row by row. They go down the columns, so what counts is where a column turns
// from outside to inside or back: the work grows with the outline, not with what it encloses.

import type { Rle } from '@migaki/coco';
import type { Size } from '../geometry/point.ts';

/** Columns at which a row begins and ceases to be inside, in turn and rising. */
export type RowEdges = ArrayLike<number>;

/**
 * @param rows of the picture from the top; those that are missing have nothing inside
 * @example rleFromRows([[], [1, 3]], { width: 4, height: 2 }).counts; // [3, 1, 1, 1, 2]
 */
export function rleFromRows(rows: readonly RowEdges[], { width, height }: Size): Rle {
  /** Of column x the turns from element `firsts[x]` on. */
  const firsts = new Uint32Array(width + 1);
  forEachTurn(rows, height, (x) => firsts[x + 1]++);
  for (let x = 0; x < width; x++) firsts[x + 1] += firsts[x];
  const turns = new Uint32Array(firsts[width]);
  const next = firsts.slice();
  forEachTurn(rows, height, (x, y) => {
    turns[next[x]++] = y;
  });
  const counts = new Uint32Array(turns.length + 1);
  let runCount = 0;
  let runStart = 0;
  for (let x = 0; x < width; x++) {
    for (let at = firsts[x]; at < firsts[x + 1]; at++) {
      const position = x * height + turns[at];
      if (position === width * height) break;
      if (position === runStart && position > 0) {
        // Inside at the foot of a column and at the head of the next: the run goes on.
        runStart -= counts[--runCount];
        continue;
      }
      counts[runCount++] = position - runStart;
      runStart = position;
    }
  }
  counts[runCount++] = width * height - runStart;
  return { width, height, counts: counts.slice(0, runCount) };
}

const nothing: RowEdges = [];

/** Visits where one row is inside and the one above is not, or the other way round; row `height` is below the picture. */
function forEachTurn(
  rows: readonly RowEdges[],
  height: number,
  visit: (x: number, y: number) => void,
): void {
  for (let y = 0; y <= height; y++) {
    const above = rows[y - 1] ?? nothing;
    const here = (y < height && rows[y]) || nothing;
    // Merged, the edges of both are those of what is in one of them alone.
    let [a, h] = [0, 0];
    const takeEdge = (): number =>
      h === here.length || (a < above.length && above[a] <= here[h]) ? above[a++] : here[h++];
    while (a < above.length || h < here.length) {
      const start = takeEdge();
      const end = takeEdge();
      for (let x = start; x < end; x++) visit(x, y);
    }
  }
}
